import type { ImportedSnippets } from '../../preload/contract/snippets.ts';

const snippets = (count: number): string => `${count} snippet${count === 1 ? '' : 's'}`;

/** What an import came to, as a sentence. */
export function importWords({ addedCount, knownCount, unreadableCount }: ImportedSnippets): string {
  return [
    addedCount === 0 ? 'Nothing was added.' : `Added ${snippets(addedCount)}.`,
    knownCount > 0 && `${snippets(knownCount)} ${knownCount === 1 ? 'was' : 'were'} there already.`,
    unreadableCount > 0 && `${unreadableCount} could not be read.`,
  ]
    .filter((part) => part !== false)
    .join(' ');
}

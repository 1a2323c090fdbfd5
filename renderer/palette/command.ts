import type { Icon } from '../components/icon.ts';

/** Something that the palette can do or show. */
export interface Command {
  /** Unique in the palette. */
  readonly id: string;
  readonly label: string;
  /** What there is to say beside it: the address of an instance, or where a page is. */
  readonly detail: string | null;
  readonly icon: Icon;
  /** Why it cannot be done now. It is shown, so that the reason can be read. */
  readonly disabledReason?: string | null;
  readonly run: () => void;
}

/** Commands under one heading. */
export interface CommandGroup {
  readonly heading: string;
  readonly commands: readonly Command[];
}

/** The words of a query, in small letters. */
export function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** How well a text fits words that it has all of: at the start of it, at the start of a word, or inside. */
function rank(text: string, words: readonly string[]): number {
  return words.reduce((sum, word) => {
    const at = text.indexOf(word);
    if (at === 0) return sum;
    return sum + (/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 2 : 1);
  }, 0);
}

/** Those commands that have every word of the query somewhere in what is shown of them, the best first. */
export function matchingCommands(commands: readonly Command[], words: readonly string[]): readonly Command[] {
  return commands
    .flatMap((command) => {
      const text = `${command.label} ${command.detail ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word)) ? [{ command, rank: rank(text, words) }] : [];
    })
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ command }) => command);
}

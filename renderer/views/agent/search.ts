import type {
  ConversationNotes,
  ConversationSummary,
  TranscriptEntry,
} from '../../../preload/contract/agent.ts';
import { visibleText } from './output.ts';
import { shownTitle } from './transcript.ts';

const wordsOf = (query: string): readonly string[] =>
  query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');

/** The conversations whose titles have every word of a search, in the order that they have. */
export function searchTitles(
  conversations: readonly ConversationSummary[],
  notes: ConversationNotes,
  query: string,
): readonly ConversationSummary[] {
  const words = wordsOf(query);
  return conversations.filter((conversation) => {
    const title = shownTitle(conversation, notes).toLowerCase();
    return words.every((word) => title.includes(word));
  });
}

/** What an escape sequence begins with. */
const beginsSequence = ['\u001B', '\u009B'];

/** Entries as they are searched; long outputs are made ready once. */
const prepared = new WeakMap<TranscriptEntry, string>();

function searchedText(entry: TranscriptEntry): string {
  const known = prepared.get(entry);
  if (known !== undefined) return known;
  const text = entry.kind === 'tool' ? `${entry.title}\n${entry.output ?? ''}` : entry.text;
  // What cannot be seen matters to no search; a sequence in the middle of a word does.
  const made = (
    beginsSequence.some((begin) => text.includes(begin)) ? visibleText(text) : text
  ).toLowerCase();
  prepared.set(entry, made);
  return made;
}

/** The places of the entries that have a text, whatever its case; null for a search of nothing. */
export function searchEntries(
  entries: readonly TranscriptEntry[],
  query: string,
): ReadonlySet<number> | null {
  const text = query.trim().toLowerCase();
  if (text === '') return null;
  return new Set(
    [...entries.keys()].filter((index) => {
      const entry = entries[index];
      return entry !== undefined && searchedText(entry).includes(text);
    }),
  );
}

import type { ConversationNotes, ConversationSummary } from '../../../preload/contract/agent.ts';
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

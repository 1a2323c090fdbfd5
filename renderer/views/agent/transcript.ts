import {
  isEditTool,
  noteOf,
  type AgentTurn,
  type ConversationNotes,
  type ConversationSummary,
  type TranscriptEntry,
} from '../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../preload/contract/brands.ts';
import { visibleText } from '../../../preload/contract/visible-text.ts';

/** A tool call of a transcript. */
export type ToolEntry = Extract<TranscriptEntry, { readonly kind: 'tool' }>;

/** The tool changes a file, whose path is its title. */
export function isEdit({ tool }: ToolEntry): boolean {
  return isEditTool(tool);
}

/** The tool runs a command, which is its title. */
export function isShell({ tool }: ToolEntry): boolean {
  return /^(?:shell|bash|sh|command|exec)/i.test(tool);
}

/** An entry with its place in the transcript, by which it is known from poll to poll. */
export interface Placed<Entry extends TranscriptEntry = TranscriptEntry> {
  readonly index: number;
  readonly entry: Entry;
}

/** What the user asked, and all that came of it until they asked again. */
export interface Exchange {
  /** Null where the transcript begins with something else. */
  readonly question: Placed | null;
  readonly replies: readonly Placed[];
}

/** Groups the entries of a transcript by the questions in it. */
export function exchangesOf(entries: readonly TranscriptEntry[]): readonly Exchange[] {
  const exchanges: { question: Placed | null; replies: Placed[] }[] = [];
  for (const [index, entry] of entries.entries()) {
    const last = exchanges.at(-1);
    if (entry.kind === 'user') exchanges.push({ question: { index, entry }, replies: [] });
    else if (last === undefined) exchanges.push({ question: null, replies: [{ index, entry }] });
    else last.replies.push({ index, entry });
  }
  return exchanges;
}

/** The exchanges with something that a search found, each with its place; all of them while nothing is searched. */
export function foundIn(
  exchanges: readonly Exchange[],
  found: ReadonlySet<number> | null,
): readonly { readonly exchange: Exchange; readonly position: number }[] {
  return exchanges
    .map((exchange, position) => ({ exchange, position }))
    .filter(
      ({ exchange: { question, replies } }) =>
        found === null || [question, ...replies].some((each) => each !== null && found.has(each.index)),
    );
}

/**
 * The message of a turn that is not yet in its transcript: shown at once, before a poll brings it. Null where it is there,
 * and where the app was restarted and does not know it.
 */
export function pendingMessage(turn: AgentTurn, entries: readonly TranscriptEntry[]): string | null {
  if (turn.phase !== 'working' || turn.message === '') return null;
  const last = entries.findLast(({ kind }) => kind === 'user');
  return last?.kind === 'user' && last.text.trim() === turn.message.trim() ? null : turn.message;
}

/** Conversations by their last change, the newest first; those without a time stay where the API put them. */
export function newestFirst(conversations: readonly ConversationSummary[]): readonly ConversationSummary[] {
  return conversations.toSorted((one, other) =>
    one.updatedAtMs === null || other.updatedAtMs === null ? 0 : other.updatedAtMs - one.updatedAtMs,
  );
}

/** The title of a conversation as it may be shown: the user's own, or Evorxa's. */
export function shownTitle(
  { id, title }: Pick<ConversationSummary, 'id' | 'title'>,
  notes: ConversationNotes,
): string {
  return visibleText(noteOf(notes, id).title ?? title).trim() || 'Untitled';
}

/** Whether a turn belongs to a conversation; null is one that has no id yet. */
export function isTurnOf(turn: AgentTurn, id: ConversationId | null): boolean {
  if (turn.phase === 'idle') return false;
  // A message that began no conversation is told of wherever the user is.
  return turn.conversationId === id || (turn.phase === 'failed' && turn.conversationId === null);
}

/** What a screen reader hears of a new entry; null for what the user wrote. */
export function announcement(entry: TranscriptEntry): string | null {
  switch (entry.kind) {
    case 'user':
      return null;
    case 'assistant':
      return `The agent: ${entry.text}`;
    case 'tool':
      return entry.running ? `The agent runs ${entry.title}` : `The agent ran ${entry.title}`;
  }
}

/**
 * Takes the entries of one poll after the other, and gives them with each that reads as the one before at its place as that
 * very object: what did not change is not drawn again.
 */
export function entryKeeper(): (now: readonly TranscriptEntry[]) => readonly TranscriptEntry[] {
  let before: readonly TranscriptEntry[] = [];
  return (now) => {
    const kept = now.map((entry, index) => {
      const known = before[index];
      return known !== undefined && isSame(known, entry) ? known : entry;
    });
    before = kept;
    return kept;
  };
}

function isSame(one: object, other: object): boolean {
  const fields = Object.entries(one);
  if (fields.length !== Object.keys(other).length) return false;
  return fields.every(([name, value]: [string, unknown]) => {
    const its: unknown = Reflect.get(other, name);
    if (typeof value !== 'object' || value === null) return value === its;
    return typeof its === 'object' && its !== null && isSame(value, its);
  });
}

/** Replies that are in the page, or are not, together. */
const chunkReplies = 10;
/** A transcript with no more entries is in the page as a whole. */
const wholeEntries = 40;

/** Cuts the replies of an exchange into pieces that are drawn apart; one piece where the transcript is short. */
export function chunksOf(replies: readonly Placed[], entryCount: number): readonly (readonly Placed[])[] {
  if (entryCount <= wholeEntries) return [replies];
  return Array.from({ length: Math.ceil(replies.length / chunkReplies) }, (_, index) =>
    replies.slice(index * chunkReplies, (index + 1) * chunkReplies),
  );
}

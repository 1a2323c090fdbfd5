import type { ConversationSummary, TranscriptEntry } from '../../preload/contract/agent.ts';
import type { ConversationId } from '../../preload/contract/brands.ts';
import { wait } from '../api/index.ts';
import type { WallClock } from '../clock/index.ts';
import { hashOf, type SentTurn } from './sent-turns.ts';
import type { TurnRequests } from './turn-requests.ts';

/** After this long the API has given up on a turn, whether or not anybody waits for it. */
export const longestTurnMs = 15 * 60_000;
/** How often a turn without a request is looked at. */
const lookEveryMs = 3_000;
/** A message that stands nowhere for this long did not arrive, as far as the app can know. */
const arrivesWithinMs = 9_000;
/** An answer behind which nothing came for this long was the last one. */
const restsForMs = 20_000;
/** The server's clock may be behind by as much. */
const clockSkewMs = 5 * 60_000;
/** Where the conversations from before are not known, these are looked into, the newest first. */
const newestLookedAt = 3;

/** What a transcript has of a turn. `resting`: the agent spoke last, and no command runs. */
export type TurnTrace =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'begun' | 'resting' | 'over';
      readonly toolCalls: number;
      /** Another one as soon as anything came. */
      readonly print: string;
    };

/** Finds a turn in a transcript by its message. `over`: somebody asked again behind it. */
export function traceOf(
  entries: readonly TranscriptEntry[],
  { messageHash, sameBefore, startedAtMs }: SentTurn,
): TurnTrace {
  const same = [...entries.keys()].filter((index) => {
    const entry = entries[index];
    return entry?.kind === 'user' && hashOf(entry.text) === messageHash;
  });
  const index = sameBefore === null ? same.at(-1) : same[sameBefore];
  const question = index === undefined ? undefined : entries[index];
  if (index === undefined || question === undefined) return { kind: 'none' };
  // Without a count an older message with the same words is told by its time.
  const isOlder = question.atMs !== null && question.atMs < startedAtMs - clockSkewMs;
  if (sameBefore === null && isOlder) return { kind: 'none' };
  const rest = entries.slice(index + 1);
  const nextAt = rest.findIndex(({ kind }) => kind === 'user');
  const replies = nextAt === -1 ? rest : rest.slice(0, nextAt);
  const tools = replies.filter((entry) => entry.kind === 'tool');
  const last = replies.at(-1);
  const isResting = last?.kind === 'assistant' && !tools.some(({ running }) => running);
  return {
    kind: nextAt !== -1 ? 'over' : isResting ? 'resting' : 'begun',
    toolCalls: tools.length,
    print: `${replies.length} ${last?.kind === 'assistant' ? last.text.length : ''}`,
  };
}

/** How a turn ended whose request is gone. `absent`: its message stands nowhere; `over`: nobody knows how. */
export type LostTurnEnd =
  | { readonly kind: 'done'; readonly conversationId: ConversationId }
  | { readonly kind: 'absent' | 'over' | 'gone'; readonly conversationId: ConversationId | null }
  | { readonly kind: 'stopped' };

export interface LostTurnOptions {
  readonly requests: Pick<TurnRequests, 'conversations' | 'conversation'>;
  readonly clock: WallClock;
  /** Nobody waits any more. */
  readonly signal: AbortSignal;
  /** Where the turn is and how many tool calls it has made. */
  readonly onSeen: (conversationId: ConversationId, toolCalls: number) => void;
}

/**
 * Follows a turn by its transcript until it ends, or until the API must have given up on it. It is never sent again.
 * Looks that fail end nothing: the network may be away for a while.
 */
export async function followLostTurn(
  { requests, clock, signal, onSeen }: LostTurnOptions,
  sent: SentTurn,
): Promise<LostTurnEnd> {
  let found = sent.conversationId;
  /** What stood there when the agent came to rest, and since when; empty while it has not. */
  let restingPrint = '';
  let restingSinceMs = 0;
  let wasSeen = false;
  const beganAtMs = clock.now();

  for (;;) {
    const look = await lookFor(requests, sent, found, signal);
    if (signal.aborted) return { kind: 'stopped' };
    const nowMs = clock.now();
    const isLate = nowMs - sent.startedAtMs >= longestTurnMs;
    if (look === 'gone') return { kind: 'gone', conversationId: found };
    if (look !== null && look.trace.kind !== 'none' && look.conversationId !== null) {
      const { conversationId, trace } = look;
      wasSeen = true;
      found = conversationId;
      onSeen(conversationId, trace.toolCalls);
      if (trace.kind === 'begun') restingPrint = '';
      else if (restingPrint !== trace.print) {
        restingPrint = trace.print;
        restingSinceMs = nowMs;
      }
      const hasRested = isLate || nowMs - restingSinceMs >= restsForMs;
      if (trace.kind === 'over' || (trace.kind === 'resting' && hasRested))
        return { kind: 'done', conversationId };
    } else if (look !== null && !wasSeen && nowMs - beganAtMs >= arrivesWithinMs) {
      return { kind: 'absent', conversationId: found };
    }
    // One look has to succeed, unless nobody answers for as long as a turn can last.
    if (isLate && (look !== null || nowMs - beganAtMs >= longestTurnMs))
      return { kind: 'over', conversationId: found };
    if (!(await wait(clock, lookEveryMs, signal))) return { kind: 'stopped' };
  }
}

interface Look {
  readonly conversationId: ConversationId | null;
  readonly trace: TurnTrace;
}

/** Looks once; null where nothing could be read. */
async function lookFor(
  requests: LostTurnOptions['requests'],
  sent: SentTurn,
  found: ConversationId | null,
  signal: AbortSignal,
): Promise<Look | 'gone' | null> {
  const { instanceId } = sent;
  if (found !== null) {
    const transcript = await requests.conversation(instanceId, found, signal);
    if (transcript === null || transcript === 'gone') return transcript;
    return { conversationId: found, trace: traceOf(transcript.entries, sent) };
  }
  const listed = await requests.conversations(instanceId, signal);
  if (listed === null) return null;
  for (const { id } of candidates(listed, sent)) {
    const transcript = await requests.conversation(instanceId, id, signal);
    if (transcript === null) return null;
    if (transcript === 'gone') continue;
    const trace = traceOf(transcript.entries, sent);
    if (trace.kind !== 'none') return { conversationId: id, trace };
  }
  return { conversationId: null, trace: { kind: 'none' } };
}

function candidates(
  listed: readonly ConversationSummary[],
  { knownIds }: SentTurn,
): readonly ConversationSummary[] {
  if (knownIds === null) return listed.slice(0, newestLookedAt);
  const known = new Set(knownIds);
  return listed.filter(({ id }) => !known.has(id));
}

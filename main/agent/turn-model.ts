import type { AgentTurn, ConversationSummary, TranscriptEntry } from '../../preload/contract/agent.ts';
import type { Cents, ConversationId, InstanceId } from '../../preload/contract/brands.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { ActionEnd } from '../activity/index.ts';
import type { ApiClient } from '../api/index.ts';
import type { WallClock } from '../clock/index.ts';
import { hashOf, type SentTurn, type SentTurnsOfAccount } from './sent-turns.ts';

/** What the turns of an account are made with. */
export interface AgentTurnsOptions {
  readonly client: Pick<ApiClient, 'request'>;
  readonly clock: WallClock;
  /** What is about to be sent, so that neither a restart nor a lost connection loses it. */
  readonly sent: SentTurnsOfAccount;
  /** What was last read of a transcript; null where nothing was. */
  readonly knownEntries: (
    id: InstanceId,
    conversationId: ConversationId,
  ) => readonly TranscriptEntry[] | null;
  /** A turn became another: show it, and ask for its transcript and the credits. */
  readonly onChange: (id: InstanceId, turn: AgentTurn) => void;
  /** The answer to a message is here: it is shown before the transcript is read again. */
  readonly onAnswer: (id: InstanceId, answer: TurnAnswer) => void;
  readonly onBug: (error: unknown) => void;
  /** Sends a turn's message and records what the turn came to. A turn is known by its instance and its begin (epoch). */
  readonly record: <T>(
    id: InstanceId,
    startedAtMs: number,
    send: () => Promise<Result<T>>,
  ) => Promise<Result<T>>;
  /** Records how a turn ended that was followed without its request. */
  readonly recordEnd: (id: InstanceId, startedAtMs: number, end: ActionEnd) => void;
}

/** What a turn was asked and what its request gave back. */
export interface TurnAnswer {
  readonly conversationId: ConversationId;
  readonly message: string;
  /** The whole conversation, this turn, or the last message alone: the reference leaves it open. */
  readonly entries: readonly TranscriptEntry[];
}

export interface TurnRequest {
  readonly instanceId: InstanceId;
  /** Null: a new conversation. */
  readonly conversationId: ConversationId | null;
  readonly message: string;
}

/** What was known right before a turn was sent. */
export interface BeforeTurn {
  /** Of its conversation; null where they are not known. */
  readonly entries: readonly TranscriptEntry[] | null;
  /** The conversations of the instance; null where they are not known, or not needed. */
  readonly known: readonly ConversationSummary[] | null;
  readonly balanceCents: Cents | null;
  readonly startedAtMs: number;
}

/** What is kept of a turn that is about to be sent, by which it is found again. */
export function sentTurnOf(
  { instanceId, conversationId, message }: TurnRequest,
  { entries, known, balanceCents, startedAtMs }: BeforeTurn,
): SentTurn {
  const messageHash = hashOf(message);
  const same = entries?.filter((entry) => entry.kind === 'user' && hashOf(entry.text) === messageHash);
  return {
    instanceId,
    conversationId,
    messageHash,
    sameBefore: same?.length ?? null,
    knownIds: known && known.map(({ id }) => id),
    balanceCents,
    startedAtMs,
  };
}

/** A turn that the agent may still be at work on. */
export function isOpen(turn: AgentTurn): turn is Extract<AgentTurn, { phase: 'working' | 'not-waiting' }> {
  return turn.phase === 'working' || turn.phase === 'not-waiting';
}

/** The conversation of a turn; null where it is not known. */
export function conversationIdOf(turn: AgentTurn): ConversationId | null {
  return turn.phase === 'idle' ? null : turn.conversationId;
}

/** The newest conversation that was not known before; null where that cannot be told. */
export function newIn(
  conversations: readonly ConversationSummary[],
  known: ReadonlySet<ConversationId> | null,
): ConversationId | null {
  return (known && conversations.find(({ id }) => !known.has(id))?.id) ?? null;
}

/** Null where either side is unknown, and where credits were bought in between. */
export function costOf(before: number | null, after: Cents | null): Cents | null {
  if (before === null || after === null || after > before) return null;
  // The difference of two amounts in cents is one.
  return (before - after) as Cents;
}

/** A turn that came to nothing: `sentence` says what happened, and the message is kept to be sent again. */
export const failedTurn = (
  message: string,
  sentence: string,
  conversationId: ConversationId | null,
  needsCredits = false,
): AgentTurn => ({ phase: 'failed', message, sentence, needsCredits, conversationId });

import type {
  AgentTurn,
  Conversation,
  ConversationSummary,
  TranscriptEntry,
} from '../../preload/contract/agent.ts';
import type { Cents, ConversationId, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient, ApiResult, EndpointInput, EndpointOutput } from '../api/index.ts';
import { inBackground } from '../tasks/index.ts';
import { turnErrorInWords } from './turn-errors.ts';

export interface AgentTurnsOptions {
  readonly client: Pick<ApiClient, 'request'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A turn became another: show it, and ask for its transcript and the credits. */
  readonly onChange: (id: InstanceId, turn: AgentTurn) => void;
  /** The answer to a message is here: it is shown before the transcript is read again. */
  readonly onAnswer: (id: InstanceId, answer: TurnAnswer) => void;
  readonly onBug: (error: unknown) => void;
  /** Sends a turn's message and records what the turn came to. */
  readonly record: <T>(
    id: InstanceId,
    send: () => Promise<Result<T, ApiError>>,
  ) => Promise<Result<T, ApiError>>;
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

/** A turn that is followed, also when nobody waits for its answer any more. */
interface Followed {
  readonly abort: AbortController;
  /** Conversations from before the turn; null until they are known. The new one is the one not among them. */
  known: ReadonlySet<ConversationId> | null;
  turn: AgentTurn;
}

type Working = Extract<AgentTurn, { phase: 'working' }>;

const idle: AgentTurn = { phase: 'idle' };

/** The app's own code threw while a message was sent. */
const notKnown: ApiError = {
  kind: 'unknown-outcome',
  message: 'Something went wrong in the app. It is not known whether the message was sent.',
};

/** After this long the API has given up on a turn, whether or not anybody waits for it. */
const longestTurnMs = 15 * 60_000;

/**
 * The agent's turns of one account, one in flight per instance. A turn is one request that blocks for up to
 * 15 minutes and is never sent twice; what the agent does meanwhile is seen in the transcripts that are polled.
 */
export class AgentTurns {
  readonly #options: AgentTurnsOptions;
  readonly #followed = new Map<InstanceId, Followed>();

  constructor(options: AgentTurnsOptions) {
    this.#options = options;
  }

  /** The turn of an instance, or how its last one ended. */
  turnOf(id: InstanceId): AgentTurn {
    return this.#followed.get(id)?.turn ?? idle;
  }

  /** The agent is at work, as far as the app can know: transcripts are worth a look. */
  isWorking(id: InstanceId): boolean {
    const turn = this.turnOf(id);
    if (turn.phase === 'working') return true;
    return turn.phase === 'not-waiting' && this.#options.now() - turn.startedAtMs < longestTurnMs;
  }

  /** Sends a message and answers at once. Error: `busy` while a turn is in flight. */
  send(request: TurnRequest): Result<undefined> {
    const { instanceId, conversationId, message } = request;
    if (this.turnOf(instanceId).phase === 'working') {
      return fail({
        kind: 'busy',
        message: 'The agent is already working on this instance. Wait until it has finished.',
      });
    }
    const startedAtMs = this.#options.now();
    const turn: Working = { phase: 'working', conversationId, message, startedAtMs, toolCalls: 0 };
    const followed: Followed = { abort: new AbortController(), known: null, turn };
    this.#followed.set(instanceId, followed);
    this.#tell(instanceId, turn);
    inBackground(
      () => this.#run(request, followed, startedAtMs),
      (cause) => this.#giveUp(request, followed, cause),
    );
    return ok(undefined);
  }

  /** Waits no longer for the answer. The agent does not stop: the API has no way to. */
  stopWaiting(id: InstanceId): void {
    const followed = this.#followed.get(id);
    if (followed?.turn.phase !== 'working') return;
    const { conversationId, startedAtMs } = followed.turn;
    this.#change(id, followed, { phase: 'not-waiting', conversationId, startedAtMs });
    followed.abort.abort();
  }

  /** The conversations of an instance as the API lists them now: a new one is this turn's. */
  sawConversations(id: InstanceId, conversations: readonly ConversationSummary[]): void {
    const followed = this.#followed.get(id);
    if (!followed || !isOpen(followed.turn) || followed.turn.conversationId !== null) return;
    const conversationId = newIn(conversations, followed.known);
    if (conversationId !== null) this.#change(id, followed, { ...followed.turn, conversationId });
  }

  /** A transcript as it is now: counts the tool calls of the turn that is under way in it. */
  sawConversation(id: InstanceId, { id: conversationId, entries }: Conversation): void {
    const followed = this.#followed.get(id);
    if (followed?.turn.phase !== 'working' || followed.turn.conversationId !== conversationId) return;
    const begin = entries.findLastIndex(({ kind }) => kind === 'user');
    const toolCalls = entries.slice(begin + 1).filter(({ kind }) => kind === 'tool').length;
    if (toolCalls !== followed.turn.toolCalls) this.#change(id, followed, { ...followed.turn, toolCalls });
  }

  /** The account is left: nobody waits for anything. */
  stop(): void {
    for (const { abort } of this.#followed.values()) abort.abort();
    this.#followed.clear();
  }

  async #run(request: TurnRequest, followed: Followed, startedAtMs: number): Promise<void> {
    const { instanceId, conversationId, message } = request;
    const { signal } = followed.abort;
    const isGivenUp = (): boolean => signal.aborted;
    const [before, known] = await Promise.all([
      this.#balance(signal),
      conversationId === null ? this.#conversations(instanceId, signal) : null,
    ]);
    followed.known = known && new Set(known.map(({ id }) => id));
    if (isGivenUp()) {
      // Nothing has been sent yet, so that nothing goes on.
      this.#change(instanceId, followed, idle);
      return;
    }
    const body = conversationId === null ? { message } : { message, conversation_id: conversationId };
    const result = await this.#options.record(instanceId, () =>
      this.#chat({ path: { id: instanceId }, body }, signal),
    );
    if (isGivenUp()) return;
    const found = conversationIdOf(followed.turn) ?? (result.ok ? result.value.value.conversationId : null);
    if (!result.ok) {
      const sentence = turnErrorInWords(result.error);
      const needsCredits = result.error.kind === 'insufficient-funds';
      const turn = { phase: 'failed', message, sentence, needsCredits, conversationId: found } as const;
      this.#change(instanceId, followed, turn);
      return;
    }
    const endedAtMs = this.#options.now();
    const listed = found === null ? await this.#conversations(instanceId, signal) : null;
    if (isGivenUp()) return;
    const id = found ?? newIn(listed ?? [], followed.known);
    if (id !== null) this.#answer(followed, request, id, result.value.value.entries);
    const after = await this.#balance(signal);
    if (isGivenUp()) return;
    const costCents = costOf(before, after);
    this.#change(
      instanceId,
      followed,
      id === null
        ? { phase: 'failed', message, sentence: lostSentence, needsCredits: false, conversationId: null }
        : { phase: 'done', conversationId: id, startedAtMs, endedAtMs, costCents },
    );
  }

  /** Hands on what the agent said, before anything else is asked for. */
  #answer(
    followed: Followed,
    { instanceId, message }: TurnRequest,
    conversationId: ConversationId,
    entries: readonly TranscriptEntry[],
  ): void {
    if (followed.turn.phase !== 'working' || entries.length === 0) return;
    if (followed.turn.conversationId === null) {
      this.#change(instanceId, followed, { ...followed.turn, conversationId });
    }
    if (this.#followed.get(instanceId) !== followed) return;
    try {
      this.#options.onAnswer(instanceId, { conversationId, message, entries });
    } catch (cause) {
      // The transcript, which is read again, has it too.
      this.#options.onBug(cause);
    }
  }

  /** A turn whose code threw: it may have been sent, and the instance takes the next one. */
  #giveUp({ instanceId, message }: TurnRequest, followed: Followed, cause: unknown): void {
    this.#options.onBug(cause);
    if (followed.turn.phase !== 'working') return;
    const { conversationId } = followed.turn;
    const sentence = turnErrorInWords(notKnown);
    const turn = { phase: 'failed', message, sentence, needsCredits: false, conversationId } as const;
    this.#change(instanceId, followed, turn);
  }

  #change(id: InstanceId, followed: Followed, turn: AgentTurn): void {
    // The account was left, or a later turn took this one's place.
    if (this.#followed.get(id) !== followed) return;
    followed.turn = turn;
    this.#tell(id, turn);
  }

  /** What cannot be shown goes on, and ends. */
  #tell(id: InstanceId, turn: AgentTurn): void {
    try {
      this.#options.onChange(id, turn);
    } catch (cause) {
      this.#options.onBug(cause);
    }
  }

  /** Sends the message. A request that throws may have left. */
  async #chat(
    input: EndpointInput<'agent.chat'>,
    signal: AbortSignal,
  ): Promise<ApiResult<EndpointOutput<'agent.chat'>>> {
    try {
      return await this.#options.client.request('agent.chat', input, { signal });
    } catch (cause) {
      this.#options.onBug(cause);
      return fail(notKnown);
    }
  }

  /** The credits, or null: a turn is worth more than knowing what it costs. */
  async #balance(signal: AbortSignal): Promise<Cents | null> {
    try {
      const result = await this.#options.client.request('agent.credits', {}, { signal });
      return result.ok ? result.value.value.balanceCents : null;
    } catch (cause) {
      this.#options.onBug(cause);
      return null;
    }
  }

  async #conversations(id: InstanceId, signal: AbortSignal): Promise<readonly ConversationSummary[] | null> {
    try {
      const result = await this.#options.client.request('agent.conversations', { path: { id } }, { signal });
      return result.ok ? result.value.value : null;
    } catch (cause) {
      this.#options.onBug(cause);
      return null;
    }
  }
}

const lostSentence =
  'The agent finished, but its conversation could not be found. Check the list of conversations.';

/** A turn that the agent may still be at work on. */
function isOpen(turn: AgentTurn): turn is Extract<AgentTurn, { phase: 'working' | 'not-waiting' }> {
  return turn.phase === 'working' || turn.phase === 'not-waiting';
}

function conversationIdOf(turn: AgentTurn): ConversationId | null {
  return turn.phase === 'idle' ? null : turn.conversationId;
}

/** The newest conversation that was not known before; null where that cannot be told. */
function newIn(
  conversations: readonly ConversationSummary[],
  known: ReadonlySet<ConversationId> | null,
): ConversationId | null {
  return (known && conversations.find(({ id }) => !known.has(id))?.id) ?? null;
}

/** Null where either side is unknown, and where credits were bought in between. */
function costOf(before: Cents | null, after: Cents | null): Cents | null {
  if (before === null || after === null || after > before) return null;
  // The difference of two amounts in cents is one.
  return (before - after) as Cents;
}

import type {
  AgentTurn,
  Conversation,
  ConversationSummary,
  TranscriptEntry,
} from '../../preload/contract/agent.ts';
import type { ConversationId, InstanceId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { inBackground } from '../tasks/index.ts';
import { followLostTurn, longestTurnMs, type LostTurnEnd } from './lost-turn.ts';
import type { SentTurn } from './sent-turns.ts';
import { lostEndInWords, turnErrorInWords } from './turn-errors.ts';
import {
  conversationIdOf,
  costOf,
  failedTurn,
  isOpen,
  newIn,
  sentTurnOf,
  type AgentTurnsOptions,
  type TurnRequest,
} from './turn-model.ts';
import { notKnown, TurnRequests } from './turn-requests.ts';

/** A turn that is followed, also when nobody waits for its answer any more. */
interface Followed {
  readonly abort: AbortController;
  /** Conversations from before the turn; null until they are known. The new one is the one not among them. */
  known: ReadonlySet<ConversationId> | null;
  turn: AgentTurn;
}

/** How a turn begins, or goes on after a restart. */
interface TurnBegin extends Pick<Followed, 'known'> {
  readonly startedAtMs: number;
  readonly isReattached: boolean;
}

const idle: AgentTurn = { phase: 'idle' };

/**
 * The agent's turns of one account, one in flight per instance. A turn is one request that blocks for up to
 * 15 minutes and is never sent twice; what the agent does meanwhile is seen in the transcripts that are polled.
 */
export class AgentTurns {
  readonly #options: AgentTurnsOptions;
  readonly #requests: TurnRequests;
  readonly #followed = new Map<InstanceId, Followed>();

  constructor(options: AgentTurnsOptions) {
    this.#options = options;
    this.#requests = new TurnRequests(options.client, options.onBug);
  }

  /** Takes up the turns that were under way when the app ended: they are followed, and not sent again. */
  resume(): void {
    for (const sent of this.#options.sent.all()) {
      const { instanceId, conversationId, startedAtMs } = sent;
      if (this.#followed.has(instanceId)) continue;
      const request = { instanceId, conversationId, message: '' };
      const known = sent.knownIds && new Set(sent.knownIds);
      this.#follow(request, { startedAtMs, known, isReattached: true }, (followed) =>
        this.#reattach(request, followed, sent),
      );
    }
  }

  /** The turn of an instance, or how its last one ended. */
  turnOf(id: InstanceId): AgentTurn {
    return this.#followed.get(id)?.turn ?? idle;
  }

  /** The agent is at work, as far as the app can know: transcripts are worth a look. */
  isWorking(id: InstanceId): boolean {
    const turn = this.turnOf(id);
    if (turn.phase === 'working') return true;
    return turn.phase === 'not-waiting' && this.#options.clock.now() - turn.startedAtMs < longestTurnMs;
  }

  /** Sends a message and answers at once. Error: `busy` while a turn is in flight. */
  send(request: TurnRequest): Result<undefined> {
    if (this.turnOf(request.instanceId).phase === 'working') {
      return fail({
        kind: 'busy',
        message: 'The agent is already working on this instance. Wait until it has finished.',
      });
    }
    const startedAtMs = this.#options.clock.now();
    this.#follow(request, { startedAtMs, known: null, isReattached: false }, (followed) =>
      this.#run(request, followed, startedAtMs),
    );
    return ok(undefined);
  }

  /** Waits no longer for the answer. The agent does not stop: the API has no way to. */
  stopWaiting(id: InstanceId): void {
    const followed = this.#followed.get(id);
    if (followed?.turn.phase !== 'working') return;
    const { conversationId, startedAtMs } = followed.turn;
    this.#options.sent.end(id);
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

  /** The account is left or the app quits: nobody waits for anything. What was sent is taken up at the next start. */
  stop(): void {
    for (const { abort } of this.#followed.values()) abort.abort();
    this.#followed.clear();
  }

  #follow(
    request: TurnRequest,
    { startedAtMs, known, isReattached }: TurnBegin,
    work: (followed: Followed) => Promise<void>,
  ): void {
    const { instanceId, conversationId, message } = request;
    const turn: AgentTurn = {
      phase: 'working',
      conversationId,
      message,
      startedAtMs,
      toolCalls: 0,
      isReattached,
    };
    const followed: Followed = { abort: new AbortController(), known, turn };
    this.#followed.set(instanceId, followed);
    this.#tell(instanceId, turn);
    inBackground(
      () => work(followed),
      (cause) => this.#giveUp(request, followed, cause),
    );
  }

  async #run(request: TurnRequest, followed: Followed, startedAtMs: number): Promise<void> {
    const { instanceId, conversationId, message } = request;
    const { signal } = followed.abort;
    const isGivenUp = (): boolean => signal.aborted;
    const [before, known] = await Promise.all([
      this.#requests.balance(signal),
      conversationId === null ? this.#requests.conversations(instanceId, signal) : null,
    ]);
    followed.known = known && new Set(known.map(({ id }) => id));
    if (isGivenUp()) {
      // Nothing has been sent yet, so that nothing goes on.
      this.#change(instanceId, followed, idle);
      return;
    }
    const sent = sentTurnOf(request, {
      entries: conversationId === null ? [] : this.#options.knownEntries(instanceId, conversationId),
      known,
      balanceCents: before,
      startedAtMs,
    });
    const body = conversationId === null ? { message } : { message, conversation_id: conversationId };
    const result = await this.#options.record(instanceId, startedAtMs, async () => {
      const noted = await this.#options.sent.begin(sent);
      return noted.ok ? this.#requests.chat({ path: { id: instanceId }, body }, signal) : noted;
    });
    if (isGivenUp()) return;
    if (!result.ok && result.error.kind === 'unknown-outcome') {
      await this.#reattach(request, followed, sent);
      return;
    }
    this.#options.sent.end(instanceId);
    const found = conversationIdOf(followed.turn) ?? (result.ok ? result.value.value.conversationId : null);
    if (!result.ok) {
      const sentence = turnErrorInWords(result.error);
      const needsCredits = result.error.kind === 'insufficient-funds';
      this.#change(instanceId, followed, failedTurn(message, sentence, found, needsCredits));
      return;
    }
    const listed = found === null ? await this.#requests.conversations(instanceId, signal) : null;
    if (isGivenUp()) return;
    const id = found ?? newIn(listed ?? [], followed.known);
    if (id !== null) this.#answer(followed, request, id, result.value.value.entries);
    await this.#done(request, followed, sent, id);
  }

  /** Follows a turn whose request is gone, by its transcript, and says how it ended. */
  async #reattach(request: TurnRequest, followed: Followed, sent: SentTurn): Promise<void> {
    const { instanceId } = request;
    if (followed.turn.phase !== 'working') return;
    this.#change(instanceId, followed, { ...followed.turn, isReattached: true });
    const end = await followLostTurn(
      {
        requests: this.#requests,
        clock: this.#options.clock,
        signal: followed.abort.signal,
        onSeen: (conversationId, toolCalls) => {
          const { turn } = followed;
          if (turn.phase !== 'working') return;
          if (turn.conversationId === conversationId && turn.toolCalls === toolCalls) return;
          this.#change(instanceId, followed, { ...turn, conversationId, toolCalls });
        },
      },
      { ...sent, conversationId: conversationIdOf(followed.turn) },
    );
    if (end.kind === 'stopped') return;
    this.#options.sent.end(instanceId);
    this.#recordEnd(instanceId, sent, end);
    if (end.kind === 'done') {
      await this.#done(request, followed, sent, end.conversationId);
      return;
    }
    const failed = failedTurn(request.message, lostEndInWords(end.kind), end.conversationId);
    this.#change(instanceId, followed, failed);
  }

  /** A turn is over: says what it cost. `id` null: its conversation could not be found. */
  async #done(
    { instanceId, message }: TurnRequest,
    followed: Followed,
    { balanceCents, startedAtMs }: SentTurn,
    id: ConversationId | null,
  ): Promise<void> {
    const { signal } = followed.abort;
    const endedAtMs = this.#options.clock.now();
    const after = await this.#requests.balance(signal);
    if (signal.aborted) return;
    const costCents = costOf(balanceCents, after);
    this.#change(
      instanceId,
      followed,
      id === null
        ? failedTurn(message, lostSentence, null)
        : { phase: 'done', conversationId: id, startedAtMs, endedAtMs, costCents },
    );
  }

  #recordEnd(id: InstanceId, { startedAtMs }: SentTurn, { kind }: LostTurnEnd): void {
    this.#options.recordEnd(id, startedAtMs, { outcome: kind === 'done' ? 'done' : 'unknown' });
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
    if (this.#followed.get(instanceId) === followed) this.#options.sent.end(instanceId);
    if (followed.turn.phase !== 'working') return;
    const failed = failedTurn(message, turnErrorInWords(notKnown), followed.turn.conversationId);
    this.#change(instanceId, followed, failed);
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
}

const lostSentence =
  'The agent finished, but its conversation could not be found. Check the list of conversations.';

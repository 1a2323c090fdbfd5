import type { SandboxClock } from '../clock.ts';
import { scriptFor, type AgentScript, type ScriptStep } from './agent-scripts.ts';

/** A call of a tool; what comes back is null while it runs. */
export interface ToolCall {
  readonly tool: ScriptStep['tool'];
  readonly input: string;
  readonly change?: ScriptStep['change'];
  readonly output: string | null;
  readonly exitCode: number | null;
  readonly durationMs: number | null;
}

export interface Message {
  readonly id: number;
  readonly role: 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Of `tool` messages only. */
  readonly call: ToolCall | null;
  readonly atMs: number;
}

export interface Conversation {
  readonly id: number;
  readonly instanceId: string;
  readonly title: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly costCents: number;
  readonly messages: readonly Message[];
}

/** How a turn came out. */
export type TurnOutcome =
  | { readonly kind: 'done'; readonly conversation: Conversation }
  | { readonly kind: 'out-of-credits' | 'gone' };

const centsPerCall = 1;
const tokensPerCent = 2_000;
const charactersPerToken = 4;
/** The system prompt and the tools' descriptions, metered with every turn. */
const overheadTokens = 1_200;
const introDelayMs = 700;
const betweenCallsMs = 300;
const summaryDelayMs = 1_000;

/** The agent: conversations, turns that take their time, and the pool of credits that they are paid from. */
export class Agent {
  readonly #clock: SandboxClock;
  readonly #conversations = new Map<number, Conversation>();
  readonly #busyInstances = new Set<string>();
  #nextConversationId = 31;
  #nextMessageId = 1;
  #balanceCents = 1240;
  #trialRemainingCents = 500;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** In cents; the balance includes what is left of the trial. */
  get credits(): { readonly balanceCents: number; readonly trialRemainingCents: number } {
    return { balanceCents: this.#balanceCents, trialRemainingCents: this.#trialRemainingCents };
  }

  setCredits(balanceCents: number): void {
    this.#balanceCents = balanceCents;
    this.#trialRemainingCents = Math.min(this.#trialRemainingCents, balanceCents);
  }

  isBusy(instanceId: string): boolean {
    return this.#busyInstances.has(instanceId);
  }

  /** Newest first. */
  conversationsOf(instanceId: string): readonly Conversation[] {
    return [...this.#conversations.values()]
      .filter((conversation) => conversation.instanceId === instanceId)
      .toSorted((a, b) => b.updatedAtMs - a.updatedAtMs || b.id - a.id);
  }

  find(instanceId: string, id: number): Conversation | undefined {
    const conversation = this.#conversations.get(id);
    return conversation?.instanceId === instanceId ? conversation : undefined;
  }

  delete(id: number): void {
    this.#conversations.delete(id);
  }

  /** Adds a finished conversation of the past. */
  seed(instanceId: string, prompt: string, atMs: number, costCents: number): void {
    const id = this.#create(instanceId, prompt, atMs);
    const script = scriptFor(prompt);
    this.#append(id, 'user', prompt, null, atMs);
    this.#append(id, 'assistant', script.intro, null, atMs + introDelayMs);
    for (const step of script.steps) this.#append(id, 'tool', '', finished(step), atMs + step.durationMs);
    this.#append(id, 'assistant', script.summary, null, atMs + 9_000);
    this.#patch(id, { costCents });
  }

  /**
   * Begins a turn in a conversation, or in a new one for null. Its messages appear one by one; the promise
   * resolves when it is over. The caller has checked that the conversation exists and the server is not busy.
   */
  startTurn(instanceId: string, message: string, conversationId: number | null): Promise<TurnOutcome> {
    if (this.#balanceCents <= 0) return Promise.resolve({ kind: 'out-of-credits' });
    const id = conversationId ?? this.#create(instanceId, message, this.#clock.now());
    this.#append(id, 'user', message);
    this.#busyInstances.add(instanceId);
    return new Promise((resolve) => {
      const script = scriptFor(message);
      this.#clock.after(introDelayMs, () => {
        this.#append(id, 'assistant', script.intro);
        this.#spendTokens(id, message.length + script.intro.length, overheadTokens);
        this.#nextStep(id, script, 0, (outcome) => {
          this.#busyInstances.delete(instanceId);
          resolve(outcome);
        });
      });
    });
  }

  #nextStep(id: number, script: AgentScript, index: number, end: (outcome: TurnOutcome) => void): void {
    if (!this.#conversations.has(id)) {
      end({ kind: 'gone' });
      return;
    }
    const step = script.steps[index];
    if (!step) {
      this.#clock.after(summaryDelayMs, () => {
        this.#append(id, 'assistant', script.summary);
        this.#spendTokens(id, script.summary.length);
        const conversation = this.#conversations.get(id);
        end(conversation ? { kind: 'done', conversation } : { kind: 'gone' });
      });
      return;
    }
    if (this.#balanceCents <= 0) {
      this.#append(id, 'assistant', 'I stopped here: the AI credits are used up.');
      end({ kind: 'out-of-credits' });
      return;
    }
    this.#clock.after(betweenCallsMs, () => {
      const running = { ...finished(step), output: null, exitCode: null, durationMs: null };
      const messageId = this.#append(id, 'tool', '', running);
      this.#clock.after(step.durationMs, () => {
        this.#finish(id, messageId, step);
        this.#nextStep(id, script, index + 1, end);
      });
    });
  }

  #finish(id: number, messageId: number, step: ScriptStep): void {
    const conversation = this.#conversations.get(id);
    if (!conversation) return;
    const messages = conversation.messages.map((message) =>
      message.id === messageId ? { ...message, call: finished(step) } : message,
    );
    this.#patch(id, { messages });
    this.#spend(id, centsPerCall);
    this.#spendTokens(id, step.input.length + step.output.length);
  }

  #create(instanceId: string, message: string, atMs: number): number {
    const id = this.#nextConversationId;
    this.#nextConversationId += 1;
    this.#conversations.set(id, {
      id,
      instanceId,
      title: message.length > 60 ? `${message.slice(0, 59)}…` : message,
      createdAtMs: atMs,
      updatedAtMs: atMs,
      costCents: 0,
      messages: [],
    });
    return id;
  }

  #append(
    id: number,
    role: Message['role'],
    content: string,
    call: ToolCall | null = null,
    atMs = this.#clock.now(),
  ): number {
    const messageId = this.#nextMessageId;
    this.#nextMessageId += 1;
    const messages = this.#conversations.get(id)?.messages ?? [];
    this.#patch(id, {
      messages: [...messages, { id: messageId, role, content, call, atMs }],
      updatedAtMs: atMs,
    });
    return messageId;
  }

  #patch(id: number, patch: Partial<Conversation>): void {
    const conversation = this.#conversations.get(id);
    if (conversation) this.#conversations.set(id, { ...conversation, ...patch });
  }

  #spendTokens(id: number, characters: number, moreTokens = 0): void {
    const tokens = moreTokens + Math.ceil(characters / charactersPerToken);
    this.#spend(id, Math.ceil(tokens / tokensPerCent));
  }

  /** The trial goes first; the pool never falls below zero. */
  #spend(id: number, cents: number): void {
    const spent = Math.min(cents, this.#balanceCents);
    this.#balanceCents -= spent;
    this.#trialRemainingCents = Math.max(0, this.#trialRemainingCents - spent);
    this.#patch(id, { costCents: (this.#conversations.get(id)?.costCents ?? 0) + spent });
  }
}

function finished(step: ScriptStep): ToolCall {
  const { tool, input, change, output, exitCode, durationMs } = step;
  return { tool, input, ...(change === undefined ? {} : { change }), output, exitCode, durationMs };
}

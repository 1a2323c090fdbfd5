import type { NextAttempt, SessionPhase } from '../../../preload/contract/terminal.ts';
import type { WallClock } from '../../clock/index.ts';
import type { HostAddress } from './known-hosts.ts';
import type { Answer } from './auth/context.ts';
import type { ShownHostKey } from './connection-parts.ts';
import * as endings from './disconnect-reason.ts';
import type { Hop } from './route.ts';
import type { SessionQuestion } from './session-authentication.ts';
import { isSameStep } from './session-step.ts';

/** A view's answer to a question, as it comes over a session's port. */
interface GivenAnswer {
  readonly promptId: number;
  readonly answers: readonly string[] | null;
  readonly remember: boolean;
}

/** What sessions of every kind have in common: how they stand, since when, and what they ask. */
export class SessionState {
  readonly #clock: WallClock;
  readonly #tell: (state: SessionPhase, sinceMs: number) => void;
  #now: SessionPhase;
  #sinceMs: number;
  #changedKey: HostAddress | null = null;
  #promptId = 0;
  #answer: ((answer: Answer | null) => void) | null = null;

  /** `tell` hears of each change. */
  constructor(clock: WallClock, now: SessionPhase, tell: (state: SessionPhase, sinceMs: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#now = now;
    this.#sinceMs = clock.now();
  }

  get now(): SessionPhase {
    return this.#now;
  }

  /** When this phase began (epoch). */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  set(state: SessionPhase): void {
    // A new latency is no new phase: the time in it goes on.
    if (!isSameStep(state, this.#now)) this.#sinceMs = this.#clock.now();
    this.#now = state;
    this.#tell(state, this.#sinceMs);
  }

  /** It is being found out whether the server still answers; the next latency says that it does. */
  doubt(): void {
    if (this.#now.phase === 'open') this.set({ ...this.#now, isChecking: true });
  }

  /** The connection has ended, and nobody waits for an answer any more. */
  end({ reason, sentence, retryable }: endings.Ending, nextAttempt?: NextAttempt): void {
    this.#answer = null;
    this.set({ phase: 'ended', reason, sentence, retryable, ...(nextAttempt && { nextAttempt }) });
  }

  /** The attempt that was to come by itself does not come. */
  waitForEnter(): void {
    if (this.#now.phase === 'ended') this.end(this.#now);
  }

  /** Shows a question and waits for its answer, which never comes when the connection ends meanwhile. */
  async ask(question: SessionQuestion): Promise<Answer | null> {
    const before = this.#now;
    const id = (this.#promptId += 1);
    const answer = await new Promise<Answer | null>((resolve) => {
      this.#answer = resolve;
      this.set({ phase: 'prompting', prompt: { ...question, id } });
    });
    this.#answer = null;
    this.set(before);
    return answer;
  }

  /** Whether the key of a server is trusted from now on. */
  async askHostKey({ host, port, isJumpHost }: Hop, key: ShownHostKey): Promise<boolean> {
    const answer = await this.ask({ kind: 'host-key', host, port, isJumpHost, ...key });
    return answer?.answers[0] === 'yes';
  }

  /** Takes a view's answer, unless it is one to another question. */
  answered({ promptId, answers, remember }: GivenAnswer): void {
    if (promptId === this.#promptId) this.#answer?.(answers === null ? null : { answers, remember });
  }

  /** A connection begins: what stopped the last one is past. */
  begin(): void {
    this.#changedKey = null;
  }

  /** The changed key of a server stopped it, which known_hosts has under this name. */
  keyChanged(knownAs: HostAddress): void {
    this.#changedKey = knownAs;
  }

  /** Known_hosts's name of the server whose changed key has stopped the session; null: none has. */
  get changedKey(): HostAddress | null {
    return this.#isStoppedByKey() ? this.#changedKey : null;
  }

  /** The trusted key of the session's host was forgotten: what stopped it may be tried again. */
  hostKeyForgotten(): void {
    if (this.#isStoppedByKey()) this.set({ phase: 'ended', ...endings.hostKeyForgotten() });
  }

  /** The session's server was reinstalled: what its changed key stopped may be tried again. */
  newKeyExpected(): void {
    if (this.#isStoppedByKey()) this.set({ phase: 'ended', ...endings.newKeyExpected() });
  }

  #isStoppedByKey(): boolean {
    return this.#now.phase === 'ended' && this.#now.reason === 'host-key-changed';
  }
}

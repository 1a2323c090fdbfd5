import type { NextAttempt } from '../../../preload/contract/terminal.ts';
import type { Clock } from '../../clock/index.ts';
import type { Answer } from './auth/context.ts';
import type { ShownHostKey } from './connection-parts.ts';
import * as endings from './disconnect-reason.ts';
import type { Ending } from './disconnect-reason.ts';
import type { Hop } from './route.ts';
import type { SessionQuestion } from './session-authentication.ts';
import type { SessionState } from './session-state.ts';

/** So long it waits before each attempt, about; after the last one it waits for Enter. */
const delaysMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000, 60_000] as const;
/** A session that was open for so long was no part of the last attempts. */
const steadyMs = 60_000;

/** What connecting again by itself needs of its session. */
export interface ReconnectingParts {
  readonly clock: Clock;
  /** 0 to 1: many sessions that were lost together do not come back in the same moment. */
  readonly random: () => number;
  /** The user wants it. */
  readonly isWanted: () => boolean;
  readonly state: SessionState;
  /** Begins a connection. */
  readonly connect: () => void;
  /** Ends the connection that there is. */
  readonly end: (ending: Ending) => void;
}

/**
 * Connects a session again by itself, where the user wants that: after a link that was lost, with growing waits and a limit.
 * Never after a sign-in that was refused, trouble with a host key, a shell that ended or somebody's will; and what asks for an
 * answer of the user ends the attempt, so that no question comes up by itself.
 */
export class Reconnecting {
  readonly #parts: ReconnectingParts;
  /** Since the session was last steady. */
  #attempts = 0;
  /** The connection that there is was begun by itself. */
  #isAttempt = false;
  #openSinceMs: number | null = null;
  #cancelWait: (() => void) | null = null;

  constructor(parts: ReconnectingParts) {
    this.#parts = parts;
  }

  /** A connection was asked for: what is past counts no more. */
  askedFor(): void {
    this.#stopWaiting();
    this.#isAttempt = false;
    this.#attempts = 0;
  }

  /** The session is open. */
  opened(): void {
    this.#openSinceMs ??= this.#parts.clock.monotonicMs();
  }

  /** Asks the user, unless nobody has asked for this connection. */
  async ask(question: SessionQuestion): Promise<Answer | null> {
    return this.#endsAttempt() ? null : this.#parts.state.ask(question);
  }

  /** The same for a host key. */
  async askHostKey(key: ShownHostKey, hop: Hop): Promise<boolean> {
    return !this.#endsAttempt() && this.#parts.state.askHostKey(hop, key);
  }

  /** The connection has ended: the session waits for Enter, or for the next attempt. */
  ended(ending: Ending): void {
    const { clock, isWanted, state } = this.#parts;
    const openMs = this.#openSinceMs === null ? null : clock.monotonicMs() - this.#openSinceMs;
    const wasMeant = openMs !== null || this.#isAttempt;
    this.#openSinceMs = null;
    this.#isAttempt = false;
    if (openMs !== null && openMs >= steadyMs) this.#attempts = 0;
    if (!wasMeant || ending.mayPass !== true || !isWanted()) {
      state.end(ending);
      return;
    }
    const delayMs = delaysMs[this.#attempts];
    if (delayMs === undefined) state.end(endings.gaveUp(ending, this.#attempts));
    else this.#wait(ending, delayMs * (0.75 + this.#parts.random() / 2));
  }

  /** There may be a way again: what waits waits no longer. */
  now(): void {
    if (this.#cancelWait !== null) this.#attempt();
  }

  /** The user does not want the attempt that is waited for. */
  cancel(): void {
    if (this.#cancelWait === null) return;
    this.#stopWaiting();
    this.#parts.state.waitForEnter();
  }

  /** The session is closed. */
  stop(): void {
    this.#stopWaiting();
  }

  /** Ends an attempt that would ask the user; says whether there was one. */
  #endsAttempt(): boolean {
    const isAttempt = this.#isAttempt;
    if (isAttempt) this.#parts.end(endings.takesAnAnswer());
    return isAttempt;
  }

  #wait(ending: Ending, delayMs: number): void {
    const { clock, state } = this.#parts;
    this.#attempts += 1;
    const nextAttempt: NextAttempt = {
      atMs: clock.now() + delayMs,
      number: this.#attempts,
      limit: delaysMs.length,
    };
    this.#cancelWait = clock.setTimeout(() => this.#attempt(), delayMs);
    state.end(ending, nextAttempt);
  }

  #attempt(): void {
    this.#stopWaiting();
    this.#isAttempt = true;
    this.#parts.connect();
  }

  #stopWaiting(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
  }
}

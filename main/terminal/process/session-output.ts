import type { Clock } from '../../clock/index.ts';
import { DueTimer } from './due-timer.ts';
import { TerminalMirror, type TerminalState } from './mirror/mirror.ts';
import { OutputPump } from './output-pump.ts';
import type { SessionPort } from './port.ts';
import { StatePacing } from './state-pacing.ts';

/**
 * What may wait for the mirror alone before the server has to: what it parses in so long, since whoever presses Ctrl-C waits until
 * all of it is parsed; and so much at least.
 */
const mirrorBacklogMs = 16;
const leastBacklogBytes = 64 * 1024;
/** And so much of what the view has parsed already, which nobody waits for; the second while somebody types. */
const seenBacklogBytes = 4 * 1024 * 1024;
const typingBacklogBytes = 32 * 1024 * 1024;
/** What a view that cannot follow has of the lines above its screen: to scroll into, and to tell the agent of. */
const shownHistoryLines = 200;
/** And in a state that is soon followed by another: enough to scroll up, after which it has all lines. */
const passingHistoryLines = 40;
/** A view that lacks lines gets them once nothing came for so long, or else after so long. */
const quietMs = 100;
const latestMs = 2_000;
/** Of a session that had less output since its last rest nothing is worth it. */
const restingBytes = 1024 * 1024;

export interface SessionOutputHooks {
  /** What the terminal answers to a program's question that no view has answered. */
  readonly answer: (text: string) => void;
  /** Stops reading the channel that the output comes from, and reads on. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Somebody has typed lately, in any session: echo counts for more than throughput. */
  readonly isTyping: () => boolean;
}

/**
 * What becomes of a session's output: its mirror parses all of it, and its view as much as it can follow. One that is megabytes
 * behind is shown the mirror's state instead, again and again, and has the lines that it lacks once the flood is over. It is
 * given every line while somebody reads there what went by; then the server waits for it.
 */
export class SessionOutput {
  readonly #clock: Clock;
  readonly #hooks: SessionOutputHooks;
  /** The terminal that has all of it. */
  readonly mirror: TerminalMirror;
  readonly #pump: OutputPump;
  readonly #pacing: StatePacing;
  #view: SessionPort | null = null;
  /** `shown`: the view is shown states, and not given what comes; `filled`: a whole one is being taken for it. */
  #mode: 'following' | 'shown' | 'filled' = 'following';
  #isReading = false;
  /** The view lacks lines that the mirror has. */
  #lacksLines = false;
  /** The next state that the view is shown is a whole one, whatever comes meanwhile. */
  #isWholeDue = false;
  /** A state is on its way to the view, which has not parsed it yet. */
  #isRestoring = false;
  #isPaused = false;
  /** What the view has parsed, and the mirror is behind with. */
  #heldBytes = 0;
  #bytesSinceRest = 0;
  #followsSinceMs = Number.NEGATIVE_INFINITY;
  readonly #timer: DueTimer;

  constructor(clock: Clock, scrollbackLines: number, hooks: SessionOutputHooks) {
    this.#clock = clock;
    this.#hooks = hooks;
    this.#pacing = new StatePacing(clock);
    this.#timer = new DueTimer(clock, () => this.#advance());
    this.mirror = new TerminalMirror(scrollbackLines, {
      answer: hooks.answer,
      caughtUp: () => this.#mirrorCaughtUp(),
    });
    this.#pump = new OutputPump(clock, {
      send: (bytes) => this.#view?.send({ type: 'output', bytes }),
      pause: () => (this.#isReading ? this.#setPaused(true) : this.#stopFollowing()),
      resume: () => this.#setPaused(false),
      isTyping: hooks.isTyping,
    });
  }

  /** Takes output, which is copied. */
  write(chunk: Buffer): void {
    this.#pacing.took(chunk.length);
    this.#bytesSinceRest += chunk.length;
    // Whoever types now has the echo first, and the lines later.
    if (this.#isFilled() && !this.#isWholeDue) this.#follow();
    this.mirror.write(chunk);
    if (this.#view !== null && this.#mode === 'following') {
      this.#pump.write(chunk);
      return;
    }
    if (this.#isBehind()) this.#setPaused(true);
    this.#advance();
  }

  /** Gives a view the terminal's state, and then what is new. */
  attach(view: SessionPort): void {
    this.detach();
    this.#view = view;
    this.#pacing.stateBegun();
    this.#restore(this.mirror.state(shownHistoryLines));
    this.mirror.setView(true);
    this.#followsSinceMs = this.#clock.monotonicMs();
    this.#setPaused(false);
  }

  /** There is no view: the mirror alone has the output. */
  detach(): void {
    this.#view = null;
    this.#timer.stop();
    this.mirror.giveUp();
    this.mirror.setView(false);
    this.#mode = 'following';
    this.#isReading = false;
    this.#isWholeDue = false;
    this.#isRestoring = false;
    this.#lacksLines = false;
    this.#heldBytes = 0;
    this.#pump.reset();
  }

  /** The view has parsed output. It gets more once the mirror has, too, but for what may wait. */
  parsed(bytes: number): void {
    this.mirror.seen(bytes);
    if (this.#mode === 'following') {
      // Whoever has just typed waits for the echo alone, however much lies before it.
      const limit = this.#hooks.isTyping() ? typingBacklogBytes : seenBacklogBytes;
      if (this.mirror.backlogBytes > limit) this.#heldBytes += bytes;
      else this.#pump.acknowledge(bytes);
    }
    this.#advance();
  }

  /** The view has parsed the state that it was given last. */
  restored(): void {
    this.#isRestoring = false;
    this.#pacing.stateParsed();
    this.#advance();
  }

  /** Whether somebody reads in the view what went by: it is left out no line while they do. */
  reading(isReading: boolean): void {
    this.#isReading = isReading;
    if (!isReading && this.#pump.isPaused) this.#stopFollowing();
    else if (isReading && this.#lacksLines) this.#fillNext();
  }

  /** Somebody has typed: the view does not wait for the mirror. */
  typed(): void {
    this.#releaseHeld();
  }

  /** The view has another size. */
  resize(columns: number, rows: number): void {
    this.mirror.resize(columns, rows);
    this.#advance();
  }

  /** The connection has ended: what was written is the last of it. */
  ended(): void {
    this.#isPaused = false;
    this.#pacing.setPaused(false);
    if (this.#mode !== 'following') return;
    this.#pump.drain();
    this.#pump.reset();
  }

  /** Nothing comes for a while: gives back what output left behind; says whether there was any. */
  rest(): boolean {
    if (this.#bytesSinceRest < restingBytes) return false;
    this.#bytesSinceRest = 0;
    this.mirror.rest();
    return true;
  }

  dispose(): void {
    this.detach();
    this.mirror.dispose();
  }

  /** What is written from here on, and what has not left yet, the view is shown by states alone. */
  #stopFollowing(): void {
    this.#timer.stop();
    this.#mode = 'shown';
    this.#lacksLines = true;
    this.#heldBytes = 0;
    this.mirror.leaveOut(this.#pump.reset());
    this.#advance();
  }

  /** The view, which has the state that the mirror is in, is given what waits for the mirror, and what comes. */
  #follow(): void {
    this.#timer.stop();
    this.#mode = 'following';
    this.#followsSinceMs = this.#clock.monotonicMs();
    this.mirror.giveUp();
    for (const chunk of this.mirror.giveOn()) this.#pump.write(chunk);
    this.#setPaused(this.#pump.isPaused);
  }

  #fillNext(): void {
    this.#isWholeDue = true;
    if (this.#mode === 'following') this.#stopFollowing();
    else this.#advance();
  }

  /** Does what is due for a view that does not have it all; called again whenever something that it waits for has happened. */
  #advance(): void {
    if (this.#view === null || this.#isRestoring) return;
    if (this.#mode === 'following' && this.#lacksLines) this.#fillWhenDue();
    // A state is past all that the view was given, and follows it.
    if (this.#mode !== 'shown' || this.mirror.owedBytes > 0 || !this.mirror.isPastView) return;
    if (this.#isWholeDue) void this.#fill(this.#view);
    else this.#waitUntil(this.#pacing.dueMs(this.mirror.waitingBytes), () => this.#show());
  }

  #show(): void {
    const isLast = this.#pacing.canFollow(this.mirror.waitingBytes);
    this.#pacing.stateBegun();
    const historyLines = isLast ? shownHistoryLines : passingHistoryLines;
    this.#restore(this.mirror.stateNow({ historyLines, isPassing: !isLast }));
    if (isLast) this.#follow();
  }

  #fillWhenDue(): void {
    const latestAtMs = this.#followsSinceMs + latestMs;
    this.#waitUntil(Math.min(this.#pacing.lastOutputMs + quietMs, latestAtMs), () => {
      if (this.#clock.monotonicMs() >= latestAtMs) this.#fillNext();
      else if (this.mirror.owedBytes === 0 && this.#view !== null) void this.#fill(this.#view);
    });
  }

  async #fill(view: SessionPort): Promise<void> {
    this.mirror.leaveOut(this.#pump.reset());
    this.#mode = 'filled';
    const state = await this.mirror.wholeState();
    if (this.#view !== view || !this.#isFilled()) return;
    if (state === null) {
      // It has another size now, or was asked for something meanwhile, and is past what the view has.
      this.#mode = 'shown';
      this.#advance();
      return;
    }
    this.#isWholeDue = false;
    this.#pacing.stateBegun();
    this.#restore(state);
    this.#follow();
  }

  #isFilled(): boolean {
    return this.#mode === 'filled';
  }

  #restore(state: TerminalState): void {
    this.#isRestoring = true;
    this.#lacksLines = !state.isWhole;
    this.#view?.send({ type: 'restore', ...state });
  }

  #mirrorCaughtUp(): void {
    this.#releaseHeld();
    const isOnlyMirrors = this.#mode !== 'following' || this.#view === null;
    if (isOnlyMirrors && !this.#isBehind()) this.#setPaused(false);
    this.#advance();
  }

  #isBehind(): boolean {
    return this.mirror.waitingBytes > Math.max(leastBacklogBytes, this.mirror.bytesWithin(mirrorBacklogMs));
  }

  #releaseHeld(): void {
    const bytes = this.#heldBytes;
    this.#heldBytes = 0;
    if (bytes > 0) this.#pump.acknowledge(bytes);
  }

  #setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#pacing.setPaused(isPaused);
    if (isPaused) this.#hooks.pause();
    else this.#hooks.resume();
  }

  #waitUntil(dueMs: number, act: () => void): void {
    if (dueMs > this.#clock.monotonicMs()) {
      this.#timer.at(dueMs);
      return;
    }
    this.#timer.stop();
    act();
  }
}

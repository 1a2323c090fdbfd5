import { setImmediate as nextTask } from 'node:timers/promises';

/** So long work keeps the thread before others have their turn. */
const turnMs = 8;
/** So long after it was asked for, what is due soon is done: what is on its way in this turn and the next ones goes first. */
const soonMs = 20;
/** Looking at the clock is cheap, and not as cheap as some steps. */
const stepsALook = 64;

/** How a turn is timed and ended; a test brings its own. */
interface TurnTiming {
  readonly now: () => number;
  readonly next: () => Promise<unknown>;
}

const systemTiming: TurnTiming = { now: () => performance.now(), next: () => nextTask() };

/** Divides long work, so that the thread is never kept for long: `if (turn.isOver()) await turn.giveWay()`. */
export class Turn {
  readonly #timing: TurnTiming;
  #startMs: number;
  #steps = 0;

  constructor(timing: TurnTiming = systemTiming) {
    this.#timing = timing;
    this.#startMs = timing.now();
  }

  /** The thread was kept for long enough. */
  isOver(): boolean {
    return this.#timing.now() - this.#startMs >= turnMs;
  }

  /** As `isOver`, for work of many small steps: looks at the clock now and then. */
  isOverAtStep(): boolean {
    this.#steps += 1;
    return this.#steps % stepsALook === 0 && this.isOver();
  }

  /** Lets others have their turn. */
  async giveWay(): Promise<void> {
    await this.#timing.next();
    this.#startMs = this.#timing.now();
  }
}

/**
 * Runs a task in a turn of its own, once, however often it is asked for until then. `onThrow` hears what it throws.
 */
export function soon(task: () => void, onThrow: (cause: unknown) => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      try {
        task();
      } catch (cause) {
        onThrow(cause);
      }
    }, soonMs);
  };
}

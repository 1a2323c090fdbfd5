/** A task that waits for its time on the sandbox's clock. */
interface Task {
  readonly dueMs: number;
  readonly run: () => void;
}

/** setTimeout takes no more than this many milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** What the clock runs on; the tests inject both. */
export interface ClockOptions {
  /** Epoch in milliseconds. */
  readonly now: () => number;
  /** How many times faster than life the transitions of servers run. Dates are not touched by it. */
  readonly speed: number;
}

/**
 * The sandbox's time: the injected clock plus what the control channel added. All that happens later is a
 * task here, so that `advance` makes hours pass at once, in the right order, each task at its own time.
 */
export class SandboxClock {
  readonly #base: () => number;
  readonly #speed: number;
  /** Sorted by due time; equal times keep their order. */
  readonly #tasks: Task[] = [];
  #offsetMs = 0;
  /** What the injected clock stood at when time was held; null while it passes. */
  #heldAtMs: number | null = null;
  /** Set while a task runs: it sees the time that it was due at. */
  #taskTimeMs: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #stopped = false;

  constructor(options: ClockOptions) {
    this.#base = options.now;
    this.#speed = options.speed;
  }

  /** Epoch in milliseconds. */
  now(): number {
    return this.#taskTimeMs ?? (this.#heldAtMs ?? this.#base()) + this.#offsetMs;
  }

  /** Runs `run` in `delayMs` (divided by the speed); returns its cancel. */
  after(delayMs: number, run: () => void): () => void {
    return this.at(this.now() + delayMs / this.#speed, run);
  }

  /** Runs `run` at an epoch time; returns its cancel. */
  at(dueMs: number, run: () => void): () => void {
    const task: Task = { dueMs, run };
    this.#tasks.splice(this.#indexFor(dueMs), 0, task);
    this.#arm();
    return () => {
      const index = this.#tasks.indexOf(task);
      if (index >= 0) this.#tasks.splice(index, 1);
    };
  }

  /** Resolves in `delayMs` (divided by the speed) of this clock. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** Lets time pass at once; what falls due on the way happens on the way. */
  advance(byMs: number): void {
    const targetMs = this.now() + byMs;
    this.#runUntil(targetMs);
    this.#offsetMs += byMs;
    this.#arm();
  }

  /** Holds time, which passes by `advance` alone then, or lets it go on from where it stands. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#heldAtMs ??= this.#base();
    else if (this.#heldAtMs !== null) {
      this.#offsetMs += this.#heldAtMs - this.#base();
      this.#heldAtMs = null;
    }
    this.#arm();
  }

  /** Runs what is due. Called before each request, so that an injected clock needs no timers. */
  settle(): void {
    this.#runUntil(this.now());
    this.#arm();
  }

  /** Forgets all tasks. */
  stop(): void {
    this.#stopped = true;
    this.#tasks.length = 0;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #runUntil(targetMs: number): void {
    if (this.#taskTimeMs !== null) return;
    for (let task = this.#tasks[0]; task && task.dueMs <= targetMs; task = this.#tasks[0]) {
      this.#tasks.shift();
      this.#taskTimeMs = task.dueMs;
      try {
        task.run();
      } finally {
        this.#taskTimeMs = null;
      }
    }
  }

  #indexFor(dueMs: number): number {
    let low = 0;
    let high = this.#tasks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const task = this.#tasks[middle];
      if (task && task.dueMs <= dueMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #arm(): void {
    if (this.#timer) clearTimeout(this.#timer);
    const next = this.#tasks[0];
    if (!next || this.#stopped || this.#heldAtMs !== null) return;
    const waitMs = Math.min(Math.max(next.dueMs - this.now(), 1), longestTimerMs);
    this.#timer = setTimeout(() => this.settle(), waitMs);
    this.#timer.unref();
  }
}

import type { WallClock } from '../../clock/index.ts';

/** Less output than that leaves too little behind to look for it. */
const muchBytes = 16 * 1024 * 1024;
const quietMs = 3_000;

export interface MemoryRestHooks {
  /** Somebody has typed lately: a pause would be felt. */
  readonly isTyping: () => boolean;
  /** Much output came, and then none for a while. */
  readonly rest: () => void;
}

/** Finds the moment after a flood at which what it left behind is given back: nothing comes, and nobody types. */
export class MemoryRest {
  readonly #clock: WallClock;
  readonly #hooks: MemoryRestHooks;
  #bytes = 0;
  #lastMs = 0;
  #isWaiting = false;

  constructor(clock: WallClock, hooks: MemoryRestHooks) {
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /** Output came, in any session. */
  took(bytes: number): void {
    this.#bytes += bytes;
    this.#lastMs = this.#clock.now();
    if (this.#bytes >= muchBytes && !this.#isWaiting) this.#wait(quietMs);
  }

  #wait(forMs: number): void {
    this.#isWaiting = true;
    this.#clock.setTimeout(() => this.#look(), forMs);
  }

  #look(): void {
    this.#isWaiting = false;
    const quietForMs = this.#clock.now() - this.#lastMs;
    if (quietForMs < quietMs) this.#wait(quietMs - quietForMs);
    else if (this.#hooks.isTyping()) this.#wait(quietMs);
    else {
      this.#bytes = 0;
      this.#hooks.rest();
    }
  }
}

import type { Result } from '../../preload/contract/result.ts';

/** A part of main's truth that is asked for once and then pushed whole. */
export class Pushed<T> {
  #current = $state.raw<T | null>(null);
  readonly #ask: () => Promise<Result<T>>;
  readonly #subscribe: (listener: (value: T) => void) => () => void;

  constructor(
    ask: (input: undefined) => Promise<Result<T>>,
    subscribe: (listener: (value: T) => void) => () => void,
  ) {
    this.#ask = () => ask(undefined);
    this.#subscribe = subscribe;
  }

  /** Null until the first answer. */
  get current(): T | null {
    return this.#current;
  }

  /** Subscribes for the life of the window, then asks. Resolves with the answer. */
  follow(): Promise<void> {
    let pushed = false;
    this.#subscribe((value) => {
      pushed = true;
      this.#current = value;
    });
    return this.#ask().then((answer) => {
      // A push that overtook the answer is newer.
      if (answer.ok && !pushed) this.#current = answer.value;
    });
  }
}

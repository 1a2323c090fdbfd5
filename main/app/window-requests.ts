import type { Wish } from '../../preload/contract/app.ts';

/** The part of the app's window that a wish needs. */
export interface WishedWindow {
  /** Null while no window is open. */
  contents(): unknown;
  show(): Promise<void>;
}

/** Brings what a click outside of the window asks to the window, or keeps it for the one that is being made. */
export class Wishes {
  readonly #window: WishedWindow;
  readonly #tell: (wish: Wish) => void;
  #pending: Wish | null;

  /** `tell` reaches a window that is there; `first` waits for the one that is not. */
  constructor(window: WishedWindow, tell: (wish: Wish) => void, first: Wish | null) {
    this.#window = window;
    this.#tell = tell;
    this.#pending = first;
  }

  /** Shows the window and asks it; rejects when it could not be opened. */
  async ask(wish: Wish): Promise<void> {
    if (this.#window.contents() === null) this.#pending = wish;
    else this.#tell(wish);
    await this.#window.show();
  }

  /** What waits for a new window; given once. */
  take(): Wish | null {
    const wish = this.#pending;
    this.#pending = null;
    return wish;
  }
}

import type { WindowRequest } from '../../preload/contract/app.ts';

/** The part of the app's window that a request needs. */
export interface RequestedWindow {
  /** Null while no window is open. */
  contents(): unknown;
  show(): Promise<void>;
}

/** Brings what a click outside of the window asks to the window, or keeps it for the one that is being made. */
export class WindowRequests {
  readonly #window: RequestedWindow;
  readonly #tell: (request: WindowRequest) => void;
  #pending: WindowRequest | null;

  /** `tell` reaches a window that is there; `first` waits for the one that is not. */
  constructor(window: RequestedWindow, tell: (request: WindowRequest) => void, first: WindowRequest | null) {
    this.#window = window;
    this.#tell = tell;
    this.#pending = first;
  }

  /** Shows the window and asks it; rejects when it could not be opened. */
  async ask(request: WindowRequest): Promise<void> {
    if (this.#window.contents() === null) this.#pending = request;
    else this.#tell(request);
    await this.#window.show();
  }

  /** What waits for a new window; given once. */
  take(): WindowRequest | null {
    const request = this.#pending;
    this.#pending = null;
    return request;
  }
}

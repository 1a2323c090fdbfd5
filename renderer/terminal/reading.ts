import type { Terminal } from '@xterm/xterm';

/**
 * Finds out whether somebody reads what went by in a terminal: they have scrolled up, selected something, search, or have it
 * read out. `tell` hears it, also where nothing has changed.
 */
export class Reading {
  readonly #terminal: Terminal;
  readonly #tell: (isReading: boolean) => void;
  #isSearching = false;

  constructor(terminal: Terminal, tell: (isReading: boolean) => void) {
    this.#terminal = terminal;
    this.#tell = tell;
    terminal.onScroll(() => this.look());
    terminal.onSelectionChange(() => this.look());
  }

  /** A search has begun, or is over. */
  searching(isSearching: boolean): void {
    this.#isSearching = isSearching;
    this.look();
  }

  /** Looks again: something may have changed. */
  look(): void {
    const { active } = this.#terminal.buffer;
    const isReadOut = this.#terminal.options.screenReaderMode === true;
    const isUp = active.viewportY < active.baseY;
    this.#tell(isReadOut || this.#isSearching || isUp || this.#terminal.hasSelection());
  }
}

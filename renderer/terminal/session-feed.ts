import type { Terminal } from '@xterm/xterm';
import type { PortFromSession, PortToSession } from '../../preload/contract/terminal.ts';
import { keepPlace } from './place.ts';
import { slicesOf } from './slices.ts';

/**
 * Makes a terminal that is in use as a new one, whatever it is in the middle of: what RIS leaves is the newline mode and
 * colours. It is drawn once the state that follows says so.
 */
const emptied =
  '\u0018\u001bc\u001b[20l\u001b]104\u001b\\\u001b]110\u001b\\\u001b]111\u001b\\\u001b]112\u001b\\\u001b[?2026h';

export interface FeedHost {
  /** To the session. */
  readonly send: (message: PortToSession) => void;
  /** Makes the grid as large as the element. */
  readonly fit: () => void;
  /** What somebody has selected; empty: nothing. */
  readonly selection: () => string;
  /** The lines came anew. */
  readonly restored: () => void;
  /** Runs something once what was written is drawn. */
  readonly afterFrame: (act: () => void) => void;
}

/** What a session gives its terminal: states that it takes over, output, and what the session hears of it. */
export class SessionFeed {
  readonly #terminal: Terminal;
  readonly #host: FeedHost;
  /** While a state is being parsed: the output that came after it. */
  #waiting: Uint8Array[] | null = null;
  /** What came behind a state that is parsed, and of which the session has not heard yet that it is drawn. */
  #parsed: Uint8Array[] | null = null;
  /** Somebody reads what went by, as far as this side knows, and as the session was told. */
  #isReading = false;
  #toldReading = false;
  /** How far somebody has scrolled down while a state was parsed, in lines: infinite to the end. */
  #heldLines = 0;

  constructor(terminal: Terminal, host: FeedHost) {
    this.#terminal = terminal;
    this.#host = host;
  }

  /** A state is being parsed. */
  get isRestoring(): boolean {
    return this.#waiting !== null;
  }

  /**
   * Somebody scrolls down by so many lines, infinitely many to the end. While a state is parsed there is nothing to scroll in yet: it is
   * done once it is, and this gives true.
   */
  holdsScroll(lines: number): boolean {
    if (this.#waiting !== null) this.#heldLines += lines;
    return this.#waiting !== null;
  }

  /** A session gives from here on what comes, its state first; it knows nothing of this terminal. */
  begin(): void {
    this.#toldReading = false;
  }

  /** Draws output; the session hears when it is parsed, and sends more. */
  write(bytes: Uint8Array): void {
    if (this.#waiting !== null) {
      this.#waiting.push(bytes);
      return;
    }
    for (const slice of slicesOf(bytes)) this.#terminal.write(slice);
    // What is empty is called back for when all before it is parsed.
    this.#terminal.write('', () => this.#host.send({ type: 'ack', bytes: bytes.byteLength }));
  }

  /**
   * Takes over the state of a session, and then its size is this terminal's. What comes meanwhile waits. Whoever has scrolled
   * up or selected something keeps it where it is still there; what lacks lines is not drawn over what they read.
   */
  restore(state: PortFromSession & { readonly type: 'restore' }): void {
    if (this.#toldReading && !state.isWhole) {
      this.#host.send({ type: 'restored' });
      return;
    }
    const waiting: Uint8Array[] = [];
    this.#waiting = waiting;
    this.#parsed = null;
    const keep = keepPlace(this.#terminal, this.#host.selection());
    if (this.#terminal.cols !== state.columns || this.#terminal.rows !== state.rows)
      this.#terminal.resize(state.columns, state.rows);
    this.#terminal.write(emptied);
    for (const slice of slicesOf(state.bytes)) this.#terminal.write(slice);
    this.#terminal.write('', () =>
      // Not within xterm's own loop: a new size has it write what waits there once more.
      queueMicrotask(() => {
        if (this.#waiting !== waiting) return;
        this.#waiting = null;
        this.#parsed = waiting;
        keep();
        this.#scrollHeld();
        this.#host.restored();
        this.announceSize();
        this.#tellReading();
        // Drawing it counts too: the session shows the next state by how long this one took.
        this.#host.afterFrame(() => this.#tellRestored(waiting));
        for (const bytes of waiting) this.write(bytes);
      }),
    );
  }

  /** Tells the session how large the terminal is. */
  announceSize(): void {
    this.#host.fit();
    this.#host.send({ type: 'resize', columns: this.#terminal.cols, rows: this.#terminal.rows });
  }

  /** Whether somebody reads what went by: the session leaves out no line then. */
  reading(isReading: boolean): void {
    this.#isReading = isReading;
    if (this.#waiting === null) this.#tellReading();
  }

  #scrollHeld(): void {
    // Where it turned at all, by a line at least.
    const lines = Math.sign(this.#heldLines) * Math.ceil(Math.abs(this.#heldLines));
    this.#heldLines = 0;
    // A program that has the mouse would have had the wheel.
    if (lines === Infinity) this.#terminal.scrollToBottom();
    else if (lines !== 0 && this.#terminal.modes.mouseTrackingMode === 'none')
      this.#terminal.scrollLines(lines);
  }

  #tellRestored(state: unknown): void {
    if (this.#parsed !== state) return;
    this.#parsed = null;
    this.#host.send({ type: 'restored' });
  }

  #tellReading(): void {
    if (this.#isReading === this.#toldReading) return;
    this.#toldReading = this.#isReading;
    this.#host.send({ type: 'reading', isReading: this.#isReading });
  }
}

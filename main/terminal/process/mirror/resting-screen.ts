import { charsetName } from './charset-names.ts';
import { isSaidWhole, newScreenless, type Screenless } from './screenless.ts';
import { stateText, wholeShare, type StateShare } from './state-text.ts';

/** What brings an empty terminal of that size to a screen, without title, colours and half a sequence. */
export interface ScreenState {
  readonly columns: number;
  readonly rows: number;
  readonly bytes: Buffer;
  /** No line that is kept above the screen is left out. */
  readonly isWhole: boolean;
}

/** Runs what is made in steps without a pause. */
export function inOneGo<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** A terminal without a screen that, while nothing happens, is kept as text: a tenth of what it takes as a terminal. */
export class RestingScreen {
  readonly #scrollbackLines: number;
  readonly #onMade: (made: Screenless) => void;
  /** Null while it rests. */
  #awake: Screenless | null;
  #rested: ScreenState | null = null;

  /** `onMade` hears of each terminal that is made, before it is used. */
  constructor(scrollbackLines: number, onMade: (made: Screenless) => void) {
    this.#scrollbackLines = scrollbackLines;
    this.#onMade = onMade;
    this.#awake = newScreenless(80, 24, scrollbackLines);
    onMade(this.#awake);
  }

  /** The terminal, made again where it rested. */
  get now(): Screenless {
    if (this.#awake !== null) return this.#awake;
    const { columns, rows, bytes } = this.#rested ?? { columns: 80, rows: 24, bytes: Buffer.alloc(0) };
    this.#awake = newScreenless(columns, rows, this.#scrollbackLines);
    this.#awake.parts._inputHandler.parse(bytes);
    this.#rested = null;
    this.#onMade(this.#awake);
    return this.#awake;
  }

  get size(): { readonly columns: number; readonly rows: number } {
    if (this.#rested !== null) return this.#rested;
    const { cols: columns, rows } = this.now.terminal;
    return { columns, rows };
  }

  /** Gives what it shows, in steps. */
  *state(share: StateShare): Generator<void, ScreenState> {
    if (this.#rested !== null) return this.#rested;
    const { terminal } = this.now;
    const { text, isWhole } = yield* stateText(terminal, charsetName, share);
    return { columns: terminal.cols, rows: terminal.rows, bytes: Buffer.from(text), isWhole };
  }

  /** Rests, where text says all of it. */
  rest(): void {
    if (this.#awake === null || !isSaidWhole(this.#awake)) return;
    this.#rested = inOneGo(this.state(wholeShare));
    this.#awake.terminal.dispose();
    this.#awake = null;
  }

  dispose(): void {
    this.#awake?.terminal.dispose();
  }
}

import type { TerminalThemeId } from '../../../../preload/contract/settings.ts';
import { charsetName } from './charset-names.ts';
import { ColourTable } from './colours.ts';
import { HalfSequence } from './half-sequence.ts';
import { neutralModes } from './neutral-modes.ts';
import { parseWorkingDirectory, type WorkingDirectory } from '../working-directory.ts';
import { isSaidWhole, newScreenless, type Screenless } from './screenless.ts';
import { colourSequences, stateText } from './state-text.ts';

const sliceBytes = 16 * 1024;
/** So long a turn of parsing may take, so that keys and other sessions get theirs. */
const turnMs = 6;
/** While a view is there, so much of what it has parsed may wait: mostly nobody ever needs it. */
const lazyBytes = 1024 * 1024;

/** A terminal's state for a view: what brings an empty terminal of that size to it. */
export interface TerminalState {
  readonly columns: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

export interface MirrorHooks {
  /** What the terminal answers to a program's question that no view has answered. */
  readonly answer: (text: string) => void;
  /** Nothing waits any more that may be parsed. */
  readonly caughtUp: () => void;
}

/**
 * The terminal of a session without a screen: whatever view comes gets its state. A view answers what a program asks
 * by itself; what it has not parsed when it goes, and all that comes while there is none, is answered here, so
 * that each question is answered once.
 */
export class TerminalMirror {
  readonly #scrollbackLines: number;
  /** Null while it rests. */
  #awake: Screenless | null;
  /** While it rests: what brings an empty terminal of that size to its screen, without title and colours. */
  #rested: TerminalState | null = null;
  readonly #hooks: MirrorHooks;
  readonly #half = new HalfSequence();
  readonly #colours: ColourTable;
  #title = '';
  #directory: WorkingDirectory | null = null;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  /** How much at the queue's beginning the view has parsed. */
  #seenBytes = 0;
  /** How much was parsed here before the view said that it has. */
  #aheadBytes = 0;
  #hasView = false;
  #answers = false;
  readonly #answer: (text: string) => void;
  #turn: NodeJS.Immediate | null = null;

  constructor(scrollbackLines: number, hooks: MirrorHooks) {
    this.#hooks = hooks;
    const answer = (text: string): void => {
      if (this.#answers) hooks.answer(text);
    };
    this.#colours = new ColourTable('evorxa-dark', answer);
    this.#scrollbackLines = scrollbackLines;
    this.#answer = answer;
    this.#awake = this.#listened(newScreenless(80, 24, scrollbackLines));
  }

  /** How many bytes wait that may be parsed now. */
  get backlogBytes(): number {
    return this.#hasView ? this.#seenBytes : this.#queuedBytes;
  }

  /** The colours that a program is told while no view is there. */
  useTheme(theme: TerminalThemeId): void {
    this.#colours.useTheme(theme);
  }

  /** Takes output, which is copied. */
  write(chunk: Buffer): void {
    this.#queue.push(Buffer.from(chunk));
    this.#queuedBytes += chunk.length;
    if (!this.#hasView) this.#schedule();
  }

  /** The view has parsed so many bytes more, and answered what was asked in them. */
  seen(bytes: number): void {
    const ahead = Math.min(bytes, this.#aheadBytes);
    this.#aheadBytes -= ahead;
    this.#seenBytes = Math.min(this.#queuedBytes, this.#seenBytes + bytes - ahead);
    if (this.#seenBytes >= lazyBytes) this.#schedule();
  }

  /** A view has come, with the state at this moment, or is gone. */
  setView(hasView: boolean): void {
    this.#hasView = hasView;
    this.#aheadBytes = 0;
    if (!hasView && this.#queuedBytes > 0) this.#schedule();
  }

  /** The view has another size, now that it has parsed what it said. */
  resize(columns: number, rows: number): void {
    const size = this.#size;
    if (columns === size.columns && rows === size.rows) return;
    while (this.backlogBytes > 0) this.#parse();
    this.#now.terminal.resize(Math.max(2, columns), Math.max(1, rows));
  }

  /** Parses all that has come and gives the state. */
  state(): TerminalState {
    this.#settle();
    const { columns, rows, bytes } = this.#rested ?? this.#screen(this.#now);
    const begin = [
      ...colourSequences(this.#colours.changed),
      this.#title === '' ? '' : `\u001b]2;${this.#title}\u001b\\`,
    ].join('');
    // An array of its own: structured clone copies the whole buffer that lies under a view.
    const all = new Uint8Array(Buffer.concat([Buffer.from(begin), bytes, this.#half.begun()]));
    return { columns, rows, bytes: all };
  }

  /** What takes back all that the program set; to be written here and to the view. */
  neutral(): string {
    this.#settle();
    return neutralModes(this.#now.terminal);
  }

  /**
   * Nothing has come for a while: keeps the screen as text, a tenth of what it takes as a terminal, until it is needed
   * again. What waits to be parsed goes on waiting.
   */
  rest(): void {
    if (this.#awake === null || this.#turn !== null || this.#half.begun().length > 0) return;
    if (!isSaidWhole(this.#awake)) return;
    this.#rested = this.#screen(this.#awake);
    this.#awake.terminal.dispose();
    this.#awake = null;
  }

  /** The directory that the shell told last, in what is parsed; null: none was told. */
  get directory(): WorkingDirectory | null {
    return this.#directory;
  }

  /** A shell that comes does not begin in the last one's directory. */
  forgetDirectory(): void {
    this.#directory = null;
  }

  dispose(): void {
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#awake?.terminal.dispose();
  }

  get #size(): { readonly columns: number; readonly rows: number } {
    if (this.#rested !== null) return this.#rested;
    const { cols: columns, rows } = this.#now.terminal;
    return { columns, rows };
  }

  /** The terminal, made again where it rested. */
  get #now(): Screenless {
    if (this.#awake !== null) return this.#awake;
    const { columns, rows, bytes } = this.#rested ?? { columns: 80, rows: 24, bytes: Buffer.alloc(0) };
    this.#awake = newScreenless(columns, rows, this.#scrollbackLines);
    this.#awake.parts._inputHandler.parse(bytes);
    this.#rested = null;
    return this.#listened(this.#awake);
  }

  #listened(screenless: Screenless): Screenless {
    screenless.parts._inputHandler.onColor((requests) => this.#colours.take(requests));
    screenless.terminal.onTitleChange((title) => (this.#title = title));
    screenless.terminal.onData(this.#answer);
    screenless.terminal.parser.registerOscHandler(7, (data) => {
      this.#directory = parseWorkingDirectory(data) ?? this.#directory;
      return true;
    });
    return screenless;
  }

  #screen({ terminal }: Screenless): TerminalState {
    const bytes = Buffer.from(stateText(terminal, charsetName));
    return { columns: terminal.cols, rows: terminal.rows, bytes };
  }

  #settle(): void {
    while (this.backlogBytes > 0) this.#parse();
    this.#aheadBytes += this.#queuedBytes;
    while (this.#queuedBytes > 0) this.#parse();
  }

  #schedule(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = null;
      const startMs = performance.now();
      while (this.backlogBytes > 0 && performance.now() - startMs < turnMs) this.#parse();
      if (this.backlogBytes > 0) this.#schedule();
      else this.#hooks.caughtUp();
    });
  }

  /** Parses one slice. */
  #parse(): void {
    const isSeen = this.#seenBytes > 0;
    const available = isSeen ? this.#seenBytes : this.#queuedBytes;
    const bytes = this.#take(Math.min(available, sliceBytes));
    this.#answers = !isSeen && !this.#hasView;
    const { _inputHandler } = this.#now.parts;
    try {
      _inputHandler.parse(bytes);
    } catch {
      // A fault of xterm's costs the rest of these bytes, and not every session of this process.
    }
    this.#answers = false;
    const { _parser, _utf8Decoder } = _inputHandler;
    this.#half.parsed(bytes, _parser.currentState, _utf8Decoder.interim[0] !== 0);
  }

  /** Takes bytes from the beginning of the queue: at most so many, at least one. */
  #take(length: number): Buffer {
    const [first] = this.#queue;
    if (first === undefined) return Buffer.alloc(0);
    const bytes = first.subarray(0, length);
    if (bytes.length === first.length) this.#queue.shift();
    else this.#queue[0] = first.subarray(bytes.length);
    this.#queuedBytes -= bytes.length;
    this.#seenBytes = Math.max(0, this.#seenBytes - bytes.length);
    return bytes;
  }
}

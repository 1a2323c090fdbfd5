import type { TerminalThemeId } from '../../../../preload/contract/settings.ts';
import { Turn } from '../../../tasks/index.ts';
import { ColourTable } from './colours.ts';
import { HalfSequence } from './half-sequence.ts';
import { neutralModes } from './neutral-modes.ts';
import { OutputQueue } from './output-queue.ts';
import { parseWorkingDirectory, type WorkingDirectory } from '../working-directory.ts';
import { inOneGo, RestingScreen } from './resting-screen.ts';
import type { Screenless } from './screenless.ts';
import { colourSequences, wholeShare, type StateShare } from './state-text.ts';

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
  /** No line that the terminal keeps is left out. */
  readonly isWhole: boolean;
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
  readonly #screen: RestingScreen;
  readonly #hooks: MirrorHooks;
  readonly #half = new HalfSequence();
  readonly #colours: ColourTable;
  #title = '';
  #directory: WorkingDirectory | null = null;
  readonly #queue = new OutputQueue();
  #hasView = false;
  /** What comes is given to the view too. */
  #isGiven = false;
  /** A state is being taken in turns: until it is, the terminal stays as it is. */
  #held: AbortController | null = null;
  /** A bell rang in what the view was not given: it rings with the next state. */
  #hasRung = false;
  #answers = false;
  #turn: NodeJS.Immediate | null = null;
  /** How fast it parsed in its last turn: short lines take many times as long as long ones. */
  #bytesAMs = 16 * 1024;

  constructor(scrollbackLines: number, hooks: MirrorHooks) {
    this.#hooks = hooks;
    this.#colours = new ColourTable('evorxa-dark', (text) => {
      if (this.#answers) hooks.answer(text);
    });
    this.#screen = new RestingScreen(scrollbackLines, (made) => this.#listen(made));
  }

  /** How many bytes wait that may be parsed now. */
  get backlogBytes(): number {
    return this.#queue.readyBytes;
  }

  /** How many bytes wait, also those that the view has to parse first. */
  get waitingBytes(): number {
    return this.#queue.bytes;
  }

  /** About so many bytes it parses within a time. */
  bytesWithin(durationMs: number): number {
    return this.#bytesAMs * durationMs;
  }

  /** How many bytes the view was given and has not parsed. */
  get owedBytes(): number {
    return this.#queue.owedBytes;
  }

  /** It is past all that the view was given, and what it shows is news to it. */
  get isPastView(): boolean {
    return this.#queue.givenBytes === 0;
  }

  /** The colours that a program is told while no view is there. */
  useTheme(theme: TerminalThemeId): void {
    this.#colours.useTheme(theme);
  }

  /** Takes output, which is copied. */
  write(chunk: Buffer): void {
    this.#queue.push(chunk, this.#isGiven);
    if (!this.#isGiven) this.#schedule();
  }

  /** The view has parsed so many bytes more, and answered what was asked in them. */
  seen(bytes: number): void {
    this.#queue.seen(bytes);
    if (this.#queue.readyBytes >= lazyBytes || !this.#isGiven) this.#schedule();
  }

  /** A view has come, with the state at this moment, and is given what comes; or it is gone. */
  setView(hasView: boolean): void {
    this.#hasView = hasView;
    this.#isGiven = hasView;
    this.#hasRung = false;
    this.#queue.forgetView();
    if (!hasView) this.#schedule();
  }

  /** The view is not given what comes, nor was it the last `unsentBytes`: it will have a state that is past them. */
  leaveOut(unsentBytes: number): void {
    this.#isGiven = false;
    this.#queue.takeBack(unsentBytes);
    this.#schedule();
  }

  /** The view, which has the state of this moment, is given what comes, and all that waits, which is in the answer. */
  giveOn(): readonly Buffer[] {
    this.#isGiven = true;
    return this.#queue.give();
  }

  /** The view has another size, now that it has parsed what it said. A state that is being taken is given up. */
  resize(columns: number, rows: number): void {
    const { size } = this.#screen;
    if (columns === size.columns && rows === size.rows) return;
    this.giveUp();
    while (this.backlogBytes > 0) this.#parse();
    this.#screen.now.terminal.resize(Math.max(2, columns), Math.max(1, rows));
  }

  /** Parses all that has come and gives the state, of the lines above the screen only so many where that is said. */
  state(historyLines = wholeShare.historyLines): TerminalState {
    this.#settle();
    return this.stateNow({ ...wholeShare, historyLines });
  }

  /** Gives the state as it is now. A bell that rang where the view was not given it rings in it. */
  stateNow(share: StateShare): TerminalState {
    return inOneGo(this.#stateInSteps(share));
  }

  /**
   * Gives the whole state, past what the view was given and has parsed; taken in turns, so that others have theirs. What comes
   * meanwhile waits. Null where it was given up.
   */
  async wholeState(): Promise<TerminalState | null> {
    this.giveUp();
    const held = (this.#held = new AbortController());
    const { signal } = held;
    while (this.#queue.givenBytes > 0) this.#parse();
    const turn = new Turn();
    const steps = this.#stateInSteps(wholeShare);
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        this.giveUp();
        return step.value;
      }
      if (turn.isOver()) await turn.giveWay();
      if (signal.aborted) return null;
    }
  }

  /** Gives up the state that is being taken, if one is. */
  giveUp(): void {
    this.#held?.abort();
    this.#held = null;
    if (!this.#isGiven) this.#schedule();
  }

  *#stateInSteps(share: StateShare): Generator<void, TerminalState> {
    const { bytes, ...shape } = yield* this.#screen.state(share);
    const begin = [
      ...colourSequences(this.#colours.changed),
      this.#title === '' ? '' : `\u001b]2;${this.#title}\u001b\\`,
    ].join('');
    const bell = Buffer.from(this.#hasRung ? '\u0007' : '');
    this.#hasRung = false;
    const begun = share.isPassing ? Buffer.alloc(0) : this.#half.begun();
    // An array of its own: structured clone copies the whole buffer that lies under a view.
    return { ...shape, bytes: new Uint8Array(Buffer.concat([Buffer.from(begin), bytes, bell, begun])) };
  }

  /** What takes back all that the program set; to be written here and to the view. */
  neutral(): string {
    this.#settle();
    return neutralModes(this.#screen.now.terminal);
  }

  /**
   * Nothing has come for a while: keeps the screen as text, a tenth of what it takes as a terminal, until it is needed
   * again. What waits to be parsed goes on waiting.
   */
  rest(): void {
    if (this.#turn !== null || this.#held !== null || this.#half.begun().length > 0) return;
    this.#screen.rest();
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
    this.giveUp();
    this.#screen.dispose();
  }

  #listen({ terminal, parts }: Screenless): void {
    parts._inputHandler.onColor((requests) => this.#colours.take(requests));
    terminal.onTitleChange((title) => (this.#title = title));
    terminal.onBell(() => (this.#hasRung ||= this.#hasView && this.#answers));
    terminal.onData((text) => {
      if (this.#answers) this.#hooks.answer(text);
    });
    terminal.parser.registerOscHandler(7, (data) => {
      this.#directory = parseWorkingDirectory(data) ?? this.#directory;
      return true;
    });
  }

  #settle(): void {
    this.giveUp();
    while (this.#queue.bytes > 0) this.#parse();
  }

  #schedule(): void {
    if (this.#held !== null || this.backlogBytes === 0) return;
    this.#turn ??= setImmediate(() => {
      this.#turn = null;
      if (this.#held !== null) return;
      const startMs = performance.now();
      const startBytes = this.#queue.bytes;
      while (this.backlogBytes > 0 && performance.now() - startMs < turnMs) this.#parse();
      const tookMs = performance.now() - startMs;
      if (tookMs >= turnMs) this.#bytesAMs = (startBytes - this.#queue.bytes) / tookMs;
      if (this.backlogBytes > 0) this.#schedule();
      else this.#hooks.caughtUp();
    });
  }

  /** Parses one slice. */
  #parse(): void {
    const { bytes, isOfView } = this.#queue.take(sliceBytes);
    this.#answers = !isOfView;
    const { _inputHandler } = this.#screen.now.parts;
    try {
      _inputHandler.parse(bytes);
    } catch {
      // A fault of xterm's costs the rest of these bytes, and not every session of this process.
    }
    this.#answers = false;
    const { _parser, _utf8Decoder } = _inputHandler;
    this.#half.parsed(bytes, _parser.currentState, _utf8Decoder.interim[0] !== 0);
  }
}

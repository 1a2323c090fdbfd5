import type { FakeClock } from '../terminal/fake-clock.ts';

/** So many key events wait in a machine's queue; more are dropped without a word (QEMU, ui/input.c: `queue_limit`). */
const mostWaiting = 512;
const eventMs = 10;

/** A US keyboard's keys of two characters, without Shift and with it. */
const plainKeys = "`1234567890-=[]\\;',./";
const shiftedKeys = '~!@#$%^&*()_+{}|:"<>?';

/**
 * The keyboard of a machine as QEMU has it: takes a key event every 10 ms and drops those that do not fit into its queue. A
 * keysym stands for its key alone; which of its two characters it types is decided by Shift.
 */
export class KeyQueue {
  readonly #clock: FakeClock;
  readonly #waiting: string[] = [];
  #isRunning = false;
  #isShiftDown = false;
  #typed = '';
  /** The most key events that ever waited. */
  longest = 0;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** An event as words: `+` pressed, `-` let go, and the keysym. */
  take(event: string): void {
    if (this.#waiting.length >= mostWaiting) return;
    this.#waiting.push(event);
    this.longest = Math.max(this.longest, this.#waiting.length);
    if (!this.#isRunning) this.#next();
  }

  typed(): string {
    return this.#typed;
  }

  isShiftDown(): boolean {
    return this.#isShiftDown;
  }

  #next(): void {
    const event = this.#waiting.shift();
    this.#isRunning = event !== undefined;
    if (event === undefined) return;
    const isDown = event.startsWith('+');
    const keysym = Number.parseInt(event.slice(1), 16);
    if (keysym === 0xffe1) this.#isShiftDown = isDown;
    else if (isDown) this.#typed += this.#character(keysym);
    this.#clock.setTimeout(() => this.#next(), eventMs);
  }

  #character(keysym: number): string {
    if (keysym === 0xff0d) return '\n';
    if (keysym === 0xff09) return '\t';
    const character = String.fromCharCode(keysym);
    const index = Math.max(plainKeys.indexOf(character), shiftedKeys.indexOf(character));
    if (index < 0) return this.#isShiftDown ? character.toUpperCase() : character.toLowerCase();
    return (this.#isShiftDown ? shiftedKeys : plainKeys).charAt(index);
  }
}

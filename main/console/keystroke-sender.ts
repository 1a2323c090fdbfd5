import { isTypable, typedLines } from '../../preload/contract/keystrokes.ts';
import type { TypingProgress } from '../../preload/contract/console.ts';
import type { Clock } from '../clock/index.ts';
import { keysFor, needsShift, shiftKey } from './keystrokes.ts';

/** Where keystrokes go, and who hears of it. */
export interface KeystrokeSenderOptions {
  readonly clock: Pick<Clock, 'setTimeout'>;
  /** Sends key events; resolves when the connection has taken them. */
  readonly send: (keys: Uint8Array) => Promise<void>;
  /** Null: nothing is being typed any more. */
  readonly onProgress: (progress: TypingProgress | null) => void;
}

/**
 * The time that each key event gets, pressed or let go. QEMU passes one to its machine every 10 ms (`key-delay-ms`) and drops,
 * without a word, those that do not fit into its queue: a lost release of Shift turns all that follows into capitals.
 */
export const keyEventMs = 12;

/** What is still to be sent, in its order. */
type Entry =
  | { readonly kind: 'character'; readonly character: string; readonly progress: TypingProgress }
  /** The end of a text: Shift is let go, whatever was done with it. */
  | { readonly kind: 'end' }
  /** A key of the user, who typed it meanwhile. */
  | { readonly kind: 'key'; readonly event: Uint8Array; readonly sent: () => void };

/**
 * Types text key by key, as fast as the server takes it. What a US keyboard has no key for is left out. What the user types
 * meanwhile comes after it: in the middle it would be read as a part of the text.
 */
export class KeystrokeSender {
  readonly #options: KeystrokeSenderOptions;
  #queue: Entry[] = [];
  #isSending = false;
  #isShiftDown = false;
  #isTyping = false;
  #cancelDelay: () => void = () => undefined;
  /** Rises with each connection: what waits for an older one is over. */
  #run = 0;

  constructor(options: KeystrokeSenderOptions) {
    this.#options = options;
  }

  /** Types a text in place of one that is under way. */
  type(text: string): void {
    this.stop();
    const characters = Array.from(typedLines(text)).filter(isTypable);
    if (characters.length === 0) return;
    const total = characters.length;
    characters.forEach((character, typed) =>
      this.#queue.push({ kind: 'character', character, progress: { typed, total } }),
    );
    this.#queue.push({ kind: 'end' });
    this.#told({ typed: 0, total });
    if (!this.#isSending) void this.#next(this.#run);
  }

  /** Sends a key of the user, after the text that is being typed; resolves when the connection has taken it. */
  pass(event: Uint8Array): Promise<void> {
    if (!this.#isSending) return this.#options.send(event);
    return new Promise((sent) => this.#queue.push({ kind: 'key', event, sent }));
  }

  /** Ends the text between two characters: no key stays pressed. */
  stop(): void {
    if (!this.#isTyping) return;
    this.#queue = [{ kind: 'end' }, ...this.#queue.filter(({ kind }) => kind === 'key')];
    this.#told(null);
  }

  /** The connection is over: forgets all that is still to be sent. */
  drop(): void {
    this.#run += 1;
    this.#cancelDelay();
    this.#queue = [];
    this.#isSending = false;
    this.#isShiftDown = false;
    if (this.#isTyping) this.#told(null);
  }

  async #next(run: number): Promise<void> {
    const entry = this.#queue.shift();
    this.#isSending = entry !== undefined;
    if (entry === undefined) return;
    if (entry.kind === 'character' && entry.progress.typed > 0) this.#told(entry.progress);
    const events = this.#eventsOf(entry);
    await this.#options.send(Buffer.concat(events));
    if (entry.kind === 'key') entry.sent();
    if (run !== this.#run) return;
    this.#cancelDelay = this.#options.clock.setTimeout(() => {
      if (entry.kind === 'end' && this.#isTyping && !this.#isUnderWay()) this.#told(null);
      void this.#next(run);
    }, events.length * keyEventMs);
  }

  /** Shift is held over a run of characters that want it: fewer events. */
  #eventsOf(entry: Entry): readonly Uint8Array[] {
    switch (entry.kind) {
      case 'key':
        return [entry.event];
      case 'end':
        this.#isShiftDown = false;
        return [shiftKey(false)];
      case 'character': {
        const isShiftDown = needsShift(entry.character);
        const keys = keysFor(entry.character);
        if (isShiftDown === this.#isShiftDown) return keys;
        this.#isShiftDown = isShiftDown;
        return [shiftKey(isShiftDown), ...keys];
      }
    }
  }

  #isUnderWay(): boolean {
    return this.#queue.some(({ kind }) => kind === 'character');
  }

  #told(progress: TypingProgress | null): void {
    this.#isTyping = progress !== null;
    this.#options.onProgress(progress);
  }
}

import { isTypable, typedLines } from '../../preload/contract/keystrokes.ts';
import type { TypingProgress } from '../../preload/contract/console.ts';
import type { Clock } from '../clock/index.ts';
import { keysFor } from './keystrokes.ts';

/** What a typist needs. */
export interface TypistOptions {
  readonly clock: Pick<Clock, 'setTimeout'>;
  /** Sends key events; resolves when the connection has taken them. */
  readonly send: (keys: Uint8Array) => Promise<void>;
  /** Null: nothing is being typed any more. */
  readonly onProgress: (progress: TypingProgress | null) => void;
}

/** Between two characters: a text console, or a boot loader, loses keys that come faster. */
export const keyDelayMs = 20;

/** Types text key by key, so fast as the server takes it. What a US keyboard has no key for is left out. */
export class Typist {
  readonly #options: TypistOptions;
  #characters: readonly string[] = [];
  #typed = 0;
  #cancelDelay: (() => void) | null = null;
  /** Rises with each text: what an older one still waits for is over. */
  #run = 0;

  constructor(options: TypistOptions) {
    this.#options = options;
  }

  /** Types a text in place of one that is under way. */
  type(text: string): void {
    this.stop();
    this.#characters = Array.from(typedLines(text)).filter(isTypable);
    this.#typed = 0;
    void this.#next(this.#run);
  }

  /** Ends at once, between two characters: no key stays pressed. */
  stop(): void {
    this.#run += 1;
    this.#cancelDelay?.();
    this.#cancelDelay = null;
    if (this.#characters.length > 0) this.#options.onProgress(null);
    this.#characters = [];
  }

  async #next(run: number): Promise<void> {
    const character = this.#characters[this.#typed];
    if (character === undefined) {
      this.stop();
      return;
    }
    this.#options.onProgress({ typed: this.#typed, total: this.#characters.length });
    await this.#options.send(Buffer.concat(keysFor(character)));
    if (run !== this.#run) return;
    this.#typed += 1;
    this.#cancelDelay = this.#options.clock.setTimeout(() => void this.#next(run), keyDelayMs);
  }
}

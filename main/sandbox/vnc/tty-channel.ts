import { Duplex } from 'node:stream';

/** The stream between a shell and the screen of a console. */
export class TtyChannel extends Duplex {
  readonly #show: (text: string) => void;

  /** `show` is given what the shell writes. */
  constructor(show: (text: string) => void) {
    super({ decodeStrings: false });
    this.#show = show;
  }

  /** Gives the shell what was typed. */
  type(text: string): void {
    this.push(text);
  }

  /** The shell is over; a console has nobody to tell its status to. */
  exit(): void {
    this.push(null);
  }

  override _read(): void {
    // What is typed comes by itself.
  }

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.#show(chunk.toString());
    done();
  }
}

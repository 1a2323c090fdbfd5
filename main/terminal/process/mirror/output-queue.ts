/** A piece of output, and whether the view has it too, which then answers what is asked in it. */
export interface QueuedPiece {
  readonly bytes: Buffer;
  readonly isOfView: boolean;
}

/**
 * Output that waits for the mirror. At its beginning lies what the view was given, which is not to be parsed before the view
 * has parsed it: of what it has not, it is not known yet who answers.
 */
export class OutputQueue {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  /** So much at the beginning is the view's, and so much of that it has parsed. */
  #givenBytes = 0;
  #seenBytes = 0;
  /** So much was taken before the view said that it has parsed it. */
  #aheadBytes = 0;

  /** All that waits. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What the view was given and has not parsed. */
  get owedBytes(): number {
    return this.#aheadBytes + this.#givenBytes - this.#seenBytes;
  }

  /** What at the beginning is the view's. */
  get givenBytes(): number {
    return this.#givenBytes;
  }

  /** What may be parsed now, since the view has parsed it or will never have it. */
  get readyBytes(): number {
    return this.#seenBytes < this.#givenBytes ? this.#seenBytes : this.#bytes;
  }

  /** Takes output, which is copied; `isGiven`: the view is given it too, as all that waits. */
  push(chunk: Buffer, isGiven: boolean): void {
    this.#chunks.push(Buffer.from(chunk));
    this.#bytes += chunk.length;
    if (isGiven) this.#givenBytes += chunk.length;
  }

  /** The view has parsed so much more. */
  seen(bytes: number): void {
    const ahead = Math.min(bytes, this.#aheadBytes);
    this.#aheadBytes -= ahead;
    this.#seenBytes = Math.min(this.#givenBytes, this.#seenBytes + bytes - ahead);
  }

  /** So much of what was given last did not leave for the view. */
  takeBack(bytes: number): void {
    const ahead = Math.max(0, bytes - this.#givenBytes);
    this.#givenBytes -= bytes - ahead;
    this.#aheadBytes -= ahead;
  }

  /** The view is gone, with what it had not parsed. */
  forgetView(): void {
    this.#givenBytes = this.#seenBytes;
    this.#aheadBytes = 0;
  }

  /** Gives the view all that waits, of which it has had nothing. */
  give(): readonly Buffer[] {
    this.#givenBytes = this.#bytes;
    return [...this.#chunks];
  }

  /** Takes a piece from the beginning, all of it of one kind. */
  take(mostBytes: number): QueuedPiece {
    const isOfView = this.#givenBytes > 0;
    const ofKind = this.#seenBytes > 0 ? this.#seenBytes : isOfView ? this.#givenBytes : this.#bytes;
    const [first] = this.#chunks;
    if (first === undefined) return { bytes: Buffer.alloc(0), isOfView };
    const bytes = first.subarray(0, Math.min(mostBytes, ofKind));
    if (bytes.length === first.length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(bytes.length);
    this.#bytes -= bytes.length;
    if (isOfView) this.#givenBytes -= bytes.length;
    if (this.#seenBytes > 0) this.#seenBytes -= bytes.length;
    else if (isOfView) this.#aheadBytes += bytes.length;
    return { bytes, isOfView };
  }
}

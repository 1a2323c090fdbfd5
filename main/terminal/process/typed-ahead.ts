/** The user types a line or two ahead; more is a paste gone wrong, and is not kept. */
const mostBytes = 64 * 1024;

/** What is typed while a shell opens: kept for it, as the terminal of an `ssh` keeps it. */
export class TypedAhead {
  #typed = Buffer.alloc(0);

  add(data: Buffer): void {
    if (this.#typed.byteLength + data.byteLength <= mostBytes)
      this.#typed = Buffer.concat([this.#typed, data]);
  }

  /** Gives all of it, once. */
  take(): Buffer {
    const typed = this.#typed;
    this.#typed = Buffer.alloc(0);
    return typed;
  }
}

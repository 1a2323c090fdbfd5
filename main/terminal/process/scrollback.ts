/** The last bytes of a session's output, for a view that attaches later. Never grows beyond its capacity. */
export class Scrollback {
  readonly #capacity: number;
  #ring: Buffer;
  /** Where the next byte goes. */
  #end = 0;
  #full = false;

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes;
    this.#ring = Buffer.alloc(Math.min(capacityBytes, 64 * 1024));
  }

  /** Keeps a copy of a chunk. */
  write(chunk: Buffer): void {
    if (!this.#full) this.#grow(this.#end + chunk.length);
    const size = this.#ring.length;
    const kept = chunk.length > size ? chunk.subarray(chunk.length - size) : chunk;
    const untilWrap = Math.min(kept.length, size - this.#end);
    kept.copy(this.#ring, this.#end, 0, untilWrap);
    kept.copy(this.#ring, 0, untilWrap);
    if (this.#end + kept.length >= size) this.#full = true;
    this.#end = (this.#end + kept.length) % size;
  }

  /** All that is kept, oldest first. Once something was dropped, it begins after a line's end. */
  contents(): Buffer {
    if (!this.#full) return Buffer.from(this.#ring.subarray(0, this.#end));
    const all = Buffer.concat([this.#ring.subarray(this.#end), this.#ring.subarray(0, this.#end)]);
    return all.subarray(all.indexOf('\n') + 1);
  }

  #grow(wanted: number): void {
    if (wanted < this.#ring.length || this.#ring.length === this.#capacity) return;
    const larger = Buffer.alloc(Math.min(this.#capacity, Math.max(wanted + 1, this.#ring.length * 2)));
    this.#ring.copy(larger, 0, 0, this.#end);
    this.#ring = larger;
  }
}

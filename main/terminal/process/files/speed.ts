/** Over so long the speed is an average. */
const spanMs = 4_000;

/** How fast bytes come, over the last seconds. */
export class Speed {
  #samples: { readonly atMs: number; readonly bytes: number }[] = [];

  add(bytes: number, nowMs: number): void {
    const last = this.#samples.at(-1);
    // One sample for each tenth of a second is enough.
    if (last !== undefined && nowMs - last.atMs < 100)
      this.#samples[this.#samples.length - 1] = { atMs: last.atMs, bytes: last.bytes + bytes };
    else this.#samples.push({ atMs: nowMs, bytes });
    this.#forget(nowMs);
  }

  /** Null until there is something to judge by. */
  bytesPerSecond(nowMs: number): number | null {
    this.#forget(nowMs);
    const [first] = this.#samples;
    if (first === undefined) return null;
    const sum = this.#samples.reduce((total, { bytes }) => total + bytes, 0);
    return Math.max(0, (sum / Math.max(500, nowMs - first.atMs)) * 1000);
  }

  /** It stands still, and begins anew. */
  reset(): void {
    this.#samples = [];
  }

  #forget(nowMs: number): void {
    this.#samples = this.#samples.filter(({ atMs }) => nowMs - atMs <= spanMs);
  }
}

/** How long a copy is said to have worked. */
const shownForMs = 1_600;

/** A copy to the clipboard, and for a moment how it went. `stop` it with what shows it. */
export class Copying {
  #outcome = $state<'none' | 'copied' | 'refused'>('none');
  #timer: ReturnType<typeof setTimeout> | undefined;

  get outcome(): 'none' | 'copied' | 'refused' {
    return this.#outcome;
  }

  /** What to say now; `offer` while nothing was copied. */
  message(offer: string): string {
    if (this.#outcome === 'copied') return 'Copied';
    return this.#outcome === 'refused' ? 'Could not copy to the clipboard' : offer;
  }

  /** Copies a text; never rejects. */
  async copy(
    text: string,
    by: (text: string) => Promise<void> | void = (value) => navigator.clipboard.writeText(value),
  ): Promise<void> {
    try {
      await by(text);
      this.#outcome = 'copied';
    } catch {
      this.#outcome = 'refused';
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#outcome = 'none'), shownForMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

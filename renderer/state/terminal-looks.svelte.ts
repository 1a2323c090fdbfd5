import { MediaQuery } from 'svelte/reactivity';

const zoomKey = 'terminal-zoom-px';
const maxZoomPx = 24;

/** What of the terminals' looks is the window's own: whether the app is drawn dark, and how far text was made larger. */
class TerminalLooks {
  readonly #dark = new MediaQuery('(prefers-color-scheme: dark)', true);
  #zoomPx = $state(Number(localStorage.getItem(zoomKey)) || 0);

  get isDark(): boolean {
    return this.#dark.current;
  }

  /** What is added to the size that is set; kept for the next start. */
  get zoomPx(): number {
    return this.#zoomPx;
  }

  /** Makes text of all terminals larger or smaller by so much; 0: the size that is set. */
  zoom(byPx: number): void {
    this.#zoomPx = byPx === 0 ? 0 : Math.max(-maxZoomPx, Math.min(maxZoomPx, this.#zoomPx + byPx));
    localStorage.setItem(zoomKey, String(this.#zoomPx));
  }
}

export const terminalLooks = new TerminalLooks();

import type { Settings, SettingsPatch } from '../../../preload/contract/settings.ts';
import { client } from '../../client.ts';
import { act } from '../../state/act.ts';
import { settings } from '../../state/app.svelte.ts';

/** How long "Saved" stands where something was changed. */
const shownForMs = 2_000;

/** Saves each change of a setting at once, and says so quietly in the part of the page where it was made. */
export class SettingsSaver {
  #savedIn = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<void> = Promise.resolve();

  /** The part of the page whose change was saved just now. */
  get savedIn(): string | null {
    return this.#savedIn;
  }

  /** Saves a change that was made in a part of the page. What fails is told in a toast. */
  save(part: string, change: (current: Settings) => SettingsPatch): void {
    // One after the other: a group is saved whole, so a change must start from what the one before it left.
    this.#last = this.#last.then(() => this.#send(part, change));
  }

  async #send(part: string, change: (current: Settings) => SettingsPatch): Promise<void> {
    const current = settings.current;
    if (current === null) return;
    const answer = await act(client.settings.update(change(current)), null);
    if (!answer.ok) return;
    this.#savedIn = part;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#savedIn = null), shownForMs);
  }

  /** To be called when the page goes. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}

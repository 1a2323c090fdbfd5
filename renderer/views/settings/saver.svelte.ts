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

  /** The part of the page whose change was saved just now. */
  get savedIn(): string | null {
    return this.#savedIn;
  }

  /** Saves a change that was made in a part of the page. What fails is told in a toast; true when it was saved. */
  async save(part: string, change: (current: Settings) => SettingsPatch): Promise<boolean> {
    const current = settings.current;
    if (current === null) return false;
    const answer = await act(client.settings.update(change(current)), null);
    if (!answer.ok) return false;
    this.#savedIn = part;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#savedIn = null), shownForMs);
    return true;
  }

  /** To be called when the page goes. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}

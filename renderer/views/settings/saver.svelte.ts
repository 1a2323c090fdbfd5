import type { Settings, SettingsPatch } from '../../../preload/contract/settings.ts';
import type { Result } from '../../../preload/contract/result.ts';
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
    this.run(part, async () => {
      const current = settings.current;
      return current === null ? null : client.settings.update(change(current));
    });
  }

  /** Does what changes something in a part of the page; null: nothing was to be changed. */
  run(part: string, send: () => Promise<Result<unknown> | null>): void {
    // One after the other: a group is saved whole, so a change must start from what the one before it left.
    // One that throws is logged and said as every mistake is; those after it are not to blame.
    this.#last = this.#last.catch(() => undefined).then(() => this.#send(part, send));
  }

  async #send(part: string, send: () => Promise<Result<unknown> | null>): Promise<void> {
    const sent = await send();
    if (sent === null) return;
    const answer = await act(Promise.resolve(sent), null, { about: `Settings: ${part}` });
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

import { abilityPresets, fullAccess, type Ability } from '../../../preload/contract/abilities.ts';
import type { MintedToken } from '../../../preload/contract/keys.ts';
import { client } from '../../client.ts';
import { errorText } from '../../../preload/contract/errors-words.ts';
import { toggled } from './token-words.ts';

type PresetId = (typeof abilityPresets)[number]['id'] | 'own';

/** What the user has said of a token that is to be made, and the secret of the one that was, while its view stands. */
export class MintDraft {
  name = $state('');
  isFull = $state(false);
  busy = $state(false);
  error = $state<string | null>(null);
  #chosen = $state.raw<readonly Ability[]>(abilityPresets[0].abilities);
  #minted = $state.raw<MintedToken | null>(null);

  get chosen(): readonly Ability[] {
    return this.#chosen;
  }

  /** What is sent: always something, since nothing would mean everything. */
  get abilities(): (Ability | typeof fullAccess)[] {
    return this.isFull ? [fullAccess] : [...this.#chosen];
  }

  /** The preset that the chosen abilities are; `own` where they are none. */
  get preset(): PresetId {
    const same = abilityPresets.find(
      ({ abilities }) =>
        abilities.length === this.#chosen.length && abilities.every((each) => this.#chosen.includes(each)),
    );
    return this.isFull ? 'own' : (same?.id ?? 'own');
  }

  set preset(id: PresetId) {
    const preset = abilityPresets.find((each) => each.id === id);
    if (preset === undefined) return;
    this.isFull = false;
    this.#chosen = preset.abilities;
  }

  get minted(): MintedToken | null {
    return this.#minted;
  }

  set(ability: Ability, isOn: boolean): void {
    this.#chosen = toggled(this.#chosen, ability, isOn);
  }

  async mint(): Promise<void> {
    this.busy = true;
    this.error = null;
    const answer = await client.apiTokens.mint({ name: this.name, abilities: this.abilities });
    this.busy = false;
    if (answer.ok) this.#minted = answer.value;
    else this.error = errorText(answer.error);
  }
}

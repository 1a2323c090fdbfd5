import { fullAccess } from '../../preload/contract/abilities.ts';
import type { AbilityNews, TokenRole } from '../api/index.ts';

/**
 * What the tokens of an account were shown to lack. The API tells no token's abilities: a 403 teaches that one is
 * missing, an answer that it is there after all. Kept by token, since what one lacks the other may have; and not
 * beyond a run, since a control that is disabled could never be shown otherwise.
 */
export class KnownAbilities {
  readonly #missing: Readonly<Record<TokenRole, Set<string>>> = { main: new Set(), write: new Set() };
  readonly #onChange: (missing: readonly string[]) => void;

  /** `onChange` is told all that is missing, by either token. */
  constructor(onChange: (missing: readonly string[]) => void) {
    this.#onChange = onChange;
  }

  /** Learns from how a request ended. */
  heard({ by, ability, error }: AbilityNews): void {
    const missing = this.#missing[by];
    const sizeBefore = missing.size;
    if (error === null) {
      // Only a token with everything gets this far.
      if (ability === fullAccess) missing.clear();
      else if (ability !== null) missing.delete(ability);
    } else if (error.kind === 'forbidden' && error.ability !== null) {
      missing.add(error.ability);
    }
    if (missing.size !== sizeBefore) this.#changed();
  }

  /** A write token came or went, so that requests go out with others than before: all is learned again. */
  forget(): void {
    if (this.#missing.main.size + this.#missing.write.size === 0) return;
    this.#missing.main.clear();
    this.#missing.write.clear();
    this.#changed();
  }

  #changed(): void {
    this.#onChange([...new Set([...this.#missing.main, ...this.#missing.write])]);
  }
}

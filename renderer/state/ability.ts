import { firstMissing, lacksWords } from '../../preload/contract/abilities.ts';
import { snapshot } from './snapshot.svelte.ts';

/**
 * Why a control cannot be used with this account's tokens, for `disabledReason`; null where nothing speaks against it.
 * Abilities are learned from refusals (403), so null is no promise.
 */
export function missingAbility(...abilities: readonly string[]): string | null {
  const missing = firstMissing(snapshot.current?.missingAbilities ?? [], abilities);
  return missing === null ? null : lacksWords(missing);
}

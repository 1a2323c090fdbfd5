import { fullAccess } from '../../preload/contract/abilities.ts';
import { snapshot } from './snapshot.svelte.ts';

/**
 * Why a control cannot be used with this account's token, for `disabledReason`; null where nothing speaks against it.
 * Abilities are learned from refusals (403), so null is no promise.
 */
export function missingAbility(...abilities: readonly string[]): string | null {
  const missing = abilities.find((ability) => snapshot.current?.missingAbilities.includes(ability));
  if (missing === undefined) return null;
  return missing === fullAccess
    ? 'This takes a token with full access'
    : `The token lacks the ability ${missing}`;
}

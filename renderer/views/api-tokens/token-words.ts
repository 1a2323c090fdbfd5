import { abilityAreas, fullAccess, type Ability } from '../../../preload/contract/abilities.ts';
import { formatCounted } from '../../../preload/contract/format.ts';
import type { ApiToken } from '../../../preload/contract/keys.ts';

const dayMs = 86_400_000;
/** A token that nobody used for so long is probably forgotten. */
const staleAfterDays = 90;

/** Why a token looks forgotten, in words; null where it does not. */
export function staleWords(
  { lastUsedAtMs, createdAtMs }: Pick<ApiToken, 'lastUsedAtMs' | 'createdAtMs'>,
  nowMs: number,
): string | null {
  if (lastUsedAtMs === null) {
    // One that was made a moment ago had no time to be used.
    return createdAtMs !== null && nowMs - createdAtMs < dayMs ? null : 'Never used';
  }
  const days = Math.floor((nowMs - lastUsedAtMs) / dayMs);
  return days < staleAfterDays ? null : `Not used for ${formatCounted(days, 'day')}`;
}

/** What a token may do in one part of Evorxa. */
export interface AbilityGroup {
  readonly area: string;
  /** "read, write" */
  readonly words: string;
}

/** A token's abilities by area, in the reference's order; those that the app does not know come last, as they are. */
export function groupAbilities(abilities: readonly string[]): readonly AbilityGroup[] {
  if (abilities.includes(fullAccess)) return [{ area: 'Everything', words: 'full access' }];
  const left = new Set(abilities);
  const groups = abilityAreas.flatMap(({ area, abilities: known }): AbilityGroup[] => {
    const names: string[] = [];
    for (const { ability } of known) {
      const [domain = '', name = ''] = ability.split(':');
      if (left.has(ability) || abilities.includes(`${domain}:*`)) names.push(name);
      left.delete(ability);
      left.delete(`${domain}:*`);
    }
    return names.length === 0 ? [] : [{ area, words: names.join(', ') }];
  });
  const unknown = [...left];
  return unknown.length === 0 ? groups : [...groups, { area: 'Other', words: unknown.join(', ') }];
}

/** Whether a token with these abilities opens consoles, which its name does not tell. */
export function opensConsole(abilities: readonly string[]): boolean {
  return ['instances:read', 'instances:*', fullAccess].some((each) => abilities.includes(each));
}

/** The abilities with one more, or without it, in the order of the areas. */
export function toggled(chosen: readonly Ability[], ability: Ability, isOn: boolean): readonly Ability[] {
  const all = abilityAreas.flatMap(({ abilities }) => abilities.map((each) => each.ability));
  return all.filter((each) => (each === ability ? isOn : chosen.includes(each)));
}

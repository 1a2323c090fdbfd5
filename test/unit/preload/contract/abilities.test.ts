import { describe, expect, it } from 'vitest';
import { routes } from '../../../../main/api/routes.ts';
import {
  abilityPresets,
  allAbilities,
  firstMissing,
  fullAccess,
  lacksWords,
} from '../../../../preload/contract/abilities.ts';
import { tokenAbilities } from '../../../../preload/contract/keys.ts';
import { safeParse } from 'zod/mini';

describe('the abilities that a token can be given', () => {
  it('are those that the table of endpoints asks for, each once', () => {
    const asked = new Set(Object.values(routes).flatMap(({ ability }) => ability ?? []));
    expect(new Set([...allAbilities, fullAccess])).toEqual(asked);
    expect(new Set(allAbilities).size).toBe(allAbilities.length);
  });

  it('are always said: none would mean all', () => {
    expect(safeParse(tokenAbilities, []).success).toBe(false);
    expect(safeParse(tokenAbilities, ['instances:fly']).success).toBe(false);
    expect(safeParse(tokenAbilities, [fullAccess]).success).toBe(true);
  });
});

describe('the presets', () => {
  const abilitiesOf = (wanted: string) => abilityPresets.find(({ id }) => id === wanted)?.abilities;

  it('read-only reaches every GET that asks for an ability, and nothing else', () => {
    const held = new Set<string>(abilitiesOf('read-only'));
    for (const { method, ability } of Object.values(routes)) {
      if (ability === null || ability === fullAccess) continue;
      expect(held.has(ability)).toBe(method === 'GET');
    }
  });

  it('give full access to nobody', () => {
    for (const { abilities } of abilityPresets) expect(abilities).not.toContain(fullAccess);
    expect(abilitiesOf('operator')).toEqual(allAbilities);
    expect(abilitiesOf('ci')).toContain('instances:write');
    expect(abilitiesOf('ci')).not.toContain('wallet:read');
  });
});

it('what is missing is named, also where a whole area is', () => {
  expect(firstMissing(['waf:read'], ['waf:write', 'waf:read'])).toBe('waf:read');
  expect(firstMissing(['waf:*'], ['waf:write'])).toBe('waf:write');
  expect(firstMissing(['waf:read'], ['shield:read'])).toBeNull();
  expect(firstMissing(['*'], ['waf:read'])).toBeNull();
  expect(lacksWords(firstMissing(['*'], ['*']) ?? '')).toContain('full access');
  expect(lacksWords('waf:read')).toContain('waf:read');
});

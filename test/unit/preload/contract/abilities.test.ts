import { describe, expect, it } from 'vitest';
import { routes } from '../../../../main/api/routes.ts';
import {
  abilityAreas,
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

  it('read-only has each part of Evorxa', () => {
    expect(abilitiesOf('read-only')).toEqual([
      'instances:read',
      'analytics:read',
      'agent:read',
      'shield:read',
      'waf:read',
      'wallet:read',
    ]);
    expect(abilitiesOf('ci')).toEqual(['instances:read', 'instances:write', 'analytics:read']);
  });

  it('give full access to nobody', () => {
    for (const { abilities } of abilityPresets) expect(abilities).not.toContain(fullAccess);
    expect(abilitiesOf('operator')).toEqual(allAbilities);
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

it('each area and each ability says what it is', () => {
  for (const { area, abilities } of abilityAreas) {
    expect(area).toMatch(/^[A-Z]/);
    for (const { allows } of abilities) expect(allows).toMatch(/^[A-Z].*\.$/);
  }
  for (const { label, note } of abilityPresets) {
    expect(label).toMatch(/^[A-Z]/);
    expect(note).toMatch(/^[A-Z].*\.$/);
  }
});

import { describe, expect, it } from 'vitest';
import { allAbilities } from '../../../../../preload/contract/abilities.ts';
import type { ApiTokenId } from '../../../../../preload/contract/brands.ts';
import { ownUse } from '../../../../../renderer/views/api-tokens/own-tokens.ts';
import {
  groupAbilities,
  opensConsole,
  staleWords,
  toggled,
} from '../../../../../renderer/views/api-tokens/token-words.ts';

const dayMs = 86_400_000;
const nowMs = 1_000 * dayMs;

describe('a token that looks forgotten', () => {
  it.each([
    [null, 30, 'Never used'],
    [null, null, 'Never used'],
    [null, 0.5, null],
    [89.9, 200, null],
    [90, 200, 'Not used for 90 days'],
    [365.2, 400, 'Not used for 365 days'],
    [0, 400, null],
  ])('used %s days ago, made %s days ago: %s', (usedDays, madeDays, words) => {
    const agoMs = (days: number | null): number | null => (days === null ? null : nowMs - days * dayMs);
    expect(staleWords({ lastUsedAtMs: agoMs(usedDays), createdAtMs: agoMs(madeDays) }, nowMs)).toBe(words);
  });
});

describe('abilities in words', () => {
  it('are grouped by area, in one order', () => {
    expect(groupAbilities(['wallet:read', 'instances:write', 'instances:read'])).toEqual([
      { area: 'Instances', words: 'read, write' },
      { area: 'Wallet', words: 'read' },
    ]);
  });

  it('of a whole area are all of its', () => {
    expect(groupAbilities(['waf:*'])).toEqual([{ area: 'WAF', words: 'read, write' }]);
  });

  it('that the app does not know are shown as they are', () => {
    expect(groupAbilities(['dns:read'])).toEqual([{ area: 'Other', words: 'dns:read' }]);
    expect(groupAbilities(['*', 'dns:read'])).toEqual([{ area: 'Everything', words: 'full access' }]);
    expect(groupAbilities([])).toEqual([]);
  });

  it('say that a token opens consoles', () => {
    for (const ability of ['*', 'instances:*', 'instances:read']) expect(opensConsole([ability])).toBe(true);
    expect(opensConsole(['instances:write', 'analytics:read'])).toBe(false);
  });

  it('are chosen in one order, whatever the order of the clicks', () => {
    const all = allAbilities.reduceRight(
      (chosen, each) => toggled(chosen, each, true),
      [] as typeof allAbilities,
    );
    expect(all).toEqual(allAbilities);
    expect(toggled(['instances:read', 'waf:read'], 'instances:read', false)).toEqual(['waf:read']);
  });
});

it('a token of the app itself is known by its id', () => {
  const id = (text: string): ApiTokenId => text as ApiTokenId;
  const account = { tokenId: id('7'), writeToken: { id: id('9') } };
  expect(ownUse(id('7'), account)).toBe('main');
  expect(ownUse(id('9'), account)).toBe('write');
  expect(ownUse(id('8'), account)).toBeNull();
  expect(ownUse(id('8'), null)).toBeNull();
  expect(ownUse(id('8'), { tokenId: null, writeToken: { id: null } })).toBeNull();
});

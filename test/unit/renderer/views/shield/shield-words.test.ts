import { describe, expect, test } from 'vitest';
import type { InstanceId, ShieldIpId } from '../../../../../preload/contract/brands.ts';
import type { ShieldIp, ShieldRule } from '../../../../../preload/contract/shield.ts';
import {
  addressChoice,
  capitalised,
  isAnySource,
  policyInWords,
  ruleCountInWords,
  unreadInWords,
} from '../../../../../renderer/views/shield/shield-words.ts';

const ip: ShieldIp = {
  id: '501' as ShieldIpId,
  address: '203.0.113.42',
  instanceId: 'one' as InstanceId,
  ruleCount: 2,
  defaultIn: 'block',
  defaultOut: 'allow',
};

describe('an address in the chooser', () => {
  test('has its instance beside it, or says that there is none', () => {
    expect(addressChoice(ip, () => 'api-prod-1').label).toBe('203.0.113.42  api-prod-1');
    expect(addressChoice({ ...ip, instanceId: null }, () => 'x').label).toBe('203.0.113.42  no instance');
    expect(addressChoice(ip, () => null).label).toBe('203.0.113.42  unknown instance');
  });
});

describe('the policy', () => {
  test('says what is known of it', () => {
    expect(policyInWords(ip)).toBe('in: block · out: allow');
    expect(policyInWords({ ...ip, defaultOut: null })).toBe('in: block');
    expect(policyInWords({ ...ip, defaultIn: null, defaultOut: null })).toBeNull();
  });
});

describe('a rule', () => {
  const rule: ShieldRule = {
    id: '1',
    action: 'allow',
    protocol: 'tcp',
    sourceCidr: '0.0.0.0/0',
    destinationPort: 'any',
    isEnabled: true,
    hasUnreadFields: false,
  };

  test.each([
    ['0.0.0.0/0', true],
    ['::/0', true],
    [null, false],
    ['10.0.0.0/8', false],
    ['0.0.0.0/1', false],
  ])('from %s is from anywhere: %s', (sourceCidr, expected) => {
    expect(isAnySource({ ...rule, sourceCidr })).toBe(expected);
  });

  test('of which a part could not be read is told', () => {
    expect(unreadInWords([rule])).toBeNull();
    expect(unreadInWords([rule, { ...rule, sourceCidr: null }])).toMatch(/^1 rule could not be read/);
    const parts = [
      { action: null },
      { protocol: null },
      { destinationPort: null },
      { isEnabled: null },
      { hasUnreadFields: true },
    ];
    expect(unreadInWords(parts.map((part) => ({ ...rule, ...part })))).toMatch(/^5 rules could not be read/);
  });

  test('is counted in words', () => {
    expect([0, 1, 2].map(ruleCountInWords)).toEqual(['no rules', '1 rule', '2 rules']);
  });

  test('has its action with a capital', () => {
    expect(capitalised('allow')).toBe('Allow');
  });
});

import { describe, expect, test } from 'vitest';
import { reachOf } from '../../../../main/domain/index.ts';
import type { ShieldRule } from '../../../../preload/contract/shield.ts';

const rule = (
  action: string,
  sourceCidr: string | null,
  destinationPort: ShieldRule['destinationPort'] = 22,
): ShieldRule => ({
  id: `${action} ${String(sourceCidr)}`,
  action,
  protocol: 'tcp',
  sourceCidr,
  destinationPort,
  isEnabled: true,
  hasUnreadFields: false,
});
const asked = { family: 4, port: 22 } as const;

describe('whether Shield lets somebody through', () => {
  const office = { rules: [rule('allow', '198.51.100.0/24')], defaultIn: 'block' };
  test.each([
    ['198.51.100.7', 'allow'],
    ['203.0.113.9', 'block'],
    [null, 'source'],
  ])('from %s: %s', (source, reach) => expect(reachOf(office, { ...asked, source })).toBe(reach));

  test('is the same for everybody where no rule tells them apart', () => {
    expect(reachOf({ rules: [], defaultIn: 'allow' }, { ...asked, source: null })).toBe('allow');
    expect(
      reachOf({ rules: [rule('allow', '0.0.0.0/0', 443)], defaultIn: 'block' }, { ...asked, source: null }),
    ).toBe('block');
    const halves = [rule('allow', '0.0.0.0/1'), rule('allow', '128.0.0.0/1')];
    expect(reachOf({ rules: halves, defaultIn: 'block' }, { ...asked, source: null })).toBe('allow');
    const allButOne = [...halves, rule('block', '255.255.255.255/32')];
    expect(reachOf({ rules: allButOne, defaultIn: 'block' }, { ...asked, source: null })).toBe('source');
  });

  test('hangs on the order of contrary rules, and is not known where a rule cannot be read', () => {
    const contrary = { rules: [rule('allow', '0.0.0.0/0'), rule('block', '0.0.0.0/0')], defaultIn: 'allow' };
    expect(reachOf(contrary, { ...asked, source: '198.51.100.7' })).toBe('order');
    const unread = { rules: [rule('allow', null)], defaultIn: 'block' };
    expect(reachOf(unread, { ...asked, source: '198.51.100.7' })).toBe('unknown');
    expect(reachOf(unread, { ...asked, source: null })).toBe('unknown');
  });

  test('is judged for IPv6 by its own rules', () => {
    const state = {
      rules: [rule('allow', '2001:db8::/32'), rule('block', '10.0.0.0/8')],
      defaultIn: 'block',
    };
    expect(reachOf(state, { source: '2001:db8::7', family: 6, port: 22 })).toBe('allow');
    expect(reachOf(state, { source: null, family: 6, port: 22 })).toBe('source');
  });
});

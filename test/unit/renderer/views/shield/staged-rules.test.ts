import { describe, expect, it } from 'vitest';
import { draftOf, ruleRows } from '../../../../../renderer/views/shield/staged-rules.ts';
import { rule } from '../../../domain/firewall/samples.ts';

const ssh = rule('1', 'allow tcp 198.51.100.7/32 22');
const web = rule('2', 'allow tcp 0.0.0.0/0 443');
const rules = [ssh, web];

describe('the rows of the rules', () => {
  it('mark what is staged, new rules last', () => {
    const draft = { action: 'block', protocol: 'udp', source: '203.0.113.9', port: null } as const;
    const rows = ruleRows(rules, [
      { kind: 'add', key: 'new', rule: draft },
      { kind: 'change', ruleId: '2', rule: draft },
      { kind: 'delete', ruleId: '1' },
      { kind: 'change', ruleId: 'gone', rule: draft },
      { kind: 'policy', direction: 'in', action: 'block' },
    ]);
    expect(rows.map(({ key, staged }) => [key, staged])).toEqual([
      ['1', 'deleted'],
      ['2', 'changed'],
      ['new', 'added'],
    ]);
    expect(rows[0]?.rule).toBe(rules[0]);
    expect(rows[1]?.rule).toMatchObject({
      id: '2',
      action: 'block',
      sourceCidr: '203.0.113.9',
      destinationPort: 'any',
    });
  });
});

describe('a rule in the form', () => {
  it('is whole, or none: what could not be read would be lost', () => {
    expect(draftOf(web)).toEqual({ action: 'allow', protocol: 'tcp', source: '0.0.0.0/0', port: 443 });
    expect(draftOf(rule('3', 'allow icmp 0.0.0.0/0 any'))).toBeNull();
    for (const unread of [
      { hasUnreadFields: true },
      { sourceCidr: null },
      { isEnabled: false },
      { destinationPort: null },
    ])
      expect(draftOf({ ...ssh, ...unread })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import {
  draftInWords,
  draftOf,
  exportedInWords,
  ruleRows,
  takenInWords,
  withNewRow,
} from '../../../../../renderer/views/shield/staged-rules.ts';
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

describe('the row of a new rule', () => {
  it('is the last one', () => {
    expect(withNewRow(ruleRows(rules, [])).map(({ key, staged }) => [key, staged])).toEqual([
      ['1', null],
      ['2', null],
      ['', null],
    ]);
  });
});

describe('rules that are taken over', () => {
  it('are told in a line each', () => {
    expect(draftInWords({ action: 'allow', protocol: 'tcp', source: '198.51.100.7/32', port: 22 })).toBe(
      'Allow tcp from 198.51.100.7/32 to port 22',
    );
    expect(draftInWords({ action: 'block', protocol: 'any', source: '::/0', port: null })).toBe(
      'Block any protocol from any source to any port',
    );
  });

  it('are told with what is staged, what was there, and what stays', () => {
    const deletion = { kind: 'delete', ruleId: '1' } as const;
    expect(takenInWords({ edits: [], duplicateCount: 2, remarks: [] }, 0)).toBe(
      'Nothing is staged. 2 rules were there already.',
    );
    expect(takenInWords({ edits: [deletion], duplicateCount: 1, remarks: ['Rule 3 stays.'] }, 0)).toBe(
      '1 change staged. 1 rule was there already. Rule 3 stays.',
    );
    expect(takenInWords({ edits: [deletion, deletion], duplicateCount: 0, remarks: [] }, 1)).toBe(
      '2 changes staged in all.',
    );
  });

  it('are told where they were exported', () => {
    expect(exportedInWords('a.json', { name: '', text: '', ruleCount: 1, remarks: ['Rule 2 is not.'] })).toBe(
      'Saved 1 rule as a.json. Rule 2 is not.',
    );
  });
});

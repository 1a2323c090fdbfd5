import { describe, expect, it } from 'vitest';
import type { RuleDraft, ShieldEdit } from '../../../preload/contract/firewall.ts';
import type { FirewallPolicy } from '../../../preload/contract/firewall-editing.ts';
import { rulesToCopy, stagedRules } from '../../../main/shield/index.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import { rule } from '../domain/firewall/samples.ts';
import { addition, ipId, rig } from './shield-rig.ts';

const draft = (words: string): RuleDraft => {
  const edit = addition(words);
  if (edit.kind !== 'add') throw new Error('This is no addition.');
  return edit.rule;
};
const ssh = draft('allow tcp 198.51.100.7/32 22');
const web = draft('allow tcp 0.0.0.0/0 443');
const mail = draft('allow tcp 0.0.0.0/0 25');

/** Takes rules over beside or in place of "1: ssh, 2: web", with `edits` staged before. */
async function take(
  rules: readonly RuleDraft[],
  mode: 'add' | 'replace',
  edits: readonly ShieldEdit[] = [],
  policy: FirewallPolicy | null = null,
) {
  const { client, firewall } = rig();
  firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80', { hasUnreadFields: true }));
  const taken = await stagedRules(client, { ipId, edits, rules, mode, policy });
  expect(client.calls.every(({ id }) => id === 'shield.ip')).toBe(true);
  return taken;
}
const words = (edits: readonly ShieldEdit[]) =>
  edits.map((edit) =>
    edit.kind === 'policy'
      ? `${edit.direction} ${edit.action}`
      : edit.kind === 'delete'
        ? `delete ${edit.ruleId}`
        : `${edit.kind} ${edit.rule.source} ${edit.rule.port}`,
  );

describe('rules that are copied from another address', () => {
  it('are those that were read as a whole; the others are named', async () => {
    const { client, firewall } = rig();
    firewall.rules = [
      rule('1', 'allow tcp 198.51.100.7 22'),
      rule('2', 'allow icmp 0.0.0.0/0 any'),
      rule('3', 'block udp 0.0.0.0/0 53'),
      rule('4', 'allow tcp 0.0.0.0/0 80', { isEnabled: false }),
    ];
    expect(await rulesToCopy(client, { ipId: 'other' as ShieldIpId, fromIpId: ipId })).toEqual({
      ok: true,
      value: {
        from: '203.0.113.42',
        policy: { in: 'block', out: 'allow' },
        rules: [ssh, { action: 'block', protocol: 'udp', source: '0.0.0.0/0', port: 53 }],
        remarks: [
          'Rule 2 could not be read as a whole, so it is left out.',
          'Rule 4 is turned off, so it is left out.',
        ],
      },
    });
  });

  it('of the other family are left out, but for any source', async () => {
    const { client, firewall } = rig();
    // The address that takes them is asked for first.
    const addresses = ['2001:db8::1', '203.0.113.42'];
    client.answer('shield.ip', () => ({
      id: ipId,
      address: addresses.shift() ?? '',
      instanceId: null,
      ruleCount: null,
      rdns: null,
      bandwidthCap: null,
      ...firewall,
    }));
    expect(await rulesToCopy(client, { ipId: 'six' as ShieldIpId, fromIpId: ipId })).toMatchObject({
      value: {
        rules: [{ source: '::/0', port: 443 }],
        remarks: [
          'Rule 1: 198.51.100.7/32 is left out, since this address takes IPv6 sources.',
          'Rule 2: any source is ::/0 here.',
        ],
      },
    });
  });

  it('cannot be had where either address cannot be read', async () => {
    const { client, firewall } = rig();
    firewall.rules = null;
    expect(await rulesToCopy(client, { ipId, fromIpId: ipId })).toMatchObject({ error: { kind: 'refused' } });
    expect(
      await stagedRules(client, { ipId, edits: [], rules: [web], mode: 'add', policy: null }),
    ).toMatchObject({ error: { kind: 'refused' } });
  });
});

describe('taking rules over beside those that are there', () => {
  it('stages what is not there yet, once', async () => {
    const taken = await take([ssh, mail, { ...web, source: '' }, mail], 'add');
    expect(taken).toMatchObject({ ok: true, value: { duplicateCount: 3, remarks: [] } });
    expect(taken.ok && words(taken.value.edits)).toEqual(['add 0.0.0.0/0 25']);
  });

  it('knows what is staged: a new rule, a change, and a deletion, which is taken back', async () => {
    const edits: readonly ShieldEdit[] = [
      { kind: 'add', key: 'new', rule: mail },
      { kind: 'change', ruleId: '1', rule: draft('allow tcp 192.0.2.0/24 22') },
      { kind: 'delete', ruleId: '2' },
    ];
    const taken = await take([mail, draft('allow tcp 192.0.2.0/24 22'), web, ssh], 'add', edits);
    expect(taken).toMatchObject({ value: { duplicateCount: 2 } });
    expect(taken.ok && words(taken.value.edits)).toEqual([
      'add 0.0.0.0/0 25',
      'change 192.0.2.0/24 22',
      // What rule 1 was before its change is not there any more.
      'add 198.51.100.7/32 22',
    ]);
  });
});

describe('taking rules over in place of those that are there', () => {
  it('deletes the others, keeps what is alike, and leaves what could not be read', async () => {
    const edits: readonly ShieldEdit[] = [
      { kind: 'add', key: 'new', rule: mail },
      { kind: 'delete', ruleId: '2' },
      { kind: 'policy', direction: 'out', action: 'block' },
    ];
    const taken = await take([web, draft('block any 192.0.2.9 any')], 'replace', edits);
    expect(taken).toMatchObject({
      value: {
        duplicateCount: 1,
        remarks: ['Rule 3 could not be read as a whole, so it stays.'],
      },
    });
    expect(taken.ok && words(taken.value.edits)).toEqual(['out block', 'delete 1', 'add 192.0.2.9/32 null']);
  });
});

describe('the policies of what is taken over', () => {
  it('are staged where they are wanted and others than now', async () => {
    const before: readonly ShieldEdit[] = [{ kind: 'policy', direction: 'in', action: 'allow' }];
    const same = await take([], 'add', before, { in: 'block', out: 'block' });
    expect(same.ok && words(same.value.edits)).toEqual(['out block']);
    const unknown = await take([], 'add', before, { in: null, out: null });
    expect(unknown.ok && words(unknown.value.edits)).toEqual(['in allow']);
    const unwanted = await take([], 'replace', before, null);
    expect(unwanted.ok && words(unwanted.value.edits)).toEqual(['in allow', 'delete 1', 'delete 2']);
  });
});

describe('what cannot be taken over', () => {
  it('is refused: more than can be staged, or a source of the other family', async () => {
    const many = Array.from({ length: 201 }, (_, index) => draft(`allow tcp 192.0.2.1/32 ${index + 1}`));
    expect(await take(many.slice(0, 200), 'add')).toMatchObject({ ok: true });
    expect(await take(many, 'add')).toMatchObject({
      error: { message: 'At most 200 changes can be staged at once; these would be 201.' },
    });
    // With the two that would be deleted.
    expect(await take(many.slice(0, 199), 'replace')).toMatchObject({
      error: { message: 'At most 200 changes can be staged at once; these would be 201.' },
    });
    expect(await take([draft('allow tcp 2001:db8::1 22')], 'add')).toMatchObject({
      error: { message: 'The source “2001:db8::1” cannot be used here. Take the rules over again.' },
    });
  });
});

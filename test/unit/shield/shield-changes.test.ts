import { describe, expect, it } from 'vitest';
import { simulated } from '../../../main/shield/index.ts';
import { settle } from '../api/support/fake-clock.ts';
import { rule } from '../domain/firewall/samples.ts';
import { addition, ipId, peerAddress, rig } from './shield-rig.ts';

const web = addition('allow tcp 0.0.0.0/0 80');

describe('a review', () => {
  it('says steps in their order, notes, lint and that SSH stays', async () => {
    const { changes, client } = rig();
    const edits = [
      { kind: 'delete', ruleId: '2' } as const,
      addition('allow tcp 198.51.100.9/24 443'),
      { kind: 'policy', direction: 'in', action: 'block' } as const,
    ];
    expect(await changes.review({ ipId, edits, peerAddress })).toMatchObject({
      ok: true,
      value: {
        problems: [],
        notes: [{ text: 'The bits behind the prefix are dropped: this matches 198.51.100.0/24.' }],
        steps: [
          'Add: allow tcp from 198.51.100.0/24 to port 443',
          'Delete: allow tcp from any source to port 443',
        ],
        lint: [],
        lockout: { verdict: 'safe' },
      },
    });
    expect(client.calls.every(({ id }) => id === 'shield.ip')).toBe(true);
  });

  it('has no steps where an edit is wrong, and says which', async () => {
    const { changes, firewall } = rig();
    firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 25', { hasUnreadFields: true }));
    const changed = { action: 'allow', protocol: 'tcp', source: '0.0.0.0/0', port: 26 } as const;
    const edits = [
      addition('allow tcp 2001:db8::1 22'),
      { kind: 'change', ruleId: '3', rule: changed } as const,
      { kind: 'delete', ruleId: '9' } as const,
      { kind: 'delete', ruleId: '2' } as const,
    ];
    const review = await changes.review({ ipId, edits, peerAddress: null });
    expect(review).toMatchObject({ value: { steps: [] } });
    expect(review.ok && review.value.problems.map(({ ruleKey }) => ruleKey)).toEqual([
      'new allow tcp 2001:db8::1 22',
      '3',
      '9',
    ]);
  });

  it('is refused where rules or the address cannot be read', async () => {
    const { changes, firewall } = rig();
    for (const wrong of ['home', '198.51.100.0/24', '2001:db8::1'])
      expect(await changes.review({ ipId, edits: [web], peerAddress: wrong })).toMatchObject({
        error: { kind: 'refused' },
      });
    firewall.rules = null;
    expect(await changes.review({ ipId, edits: [web], peerAddress })).toMatchObject({
      error: { kind: 'refused' },
    });
  });
});

describe('applying', () => {
  it('sends a step after the other, each read again and verified, and records them', async () => {
    const { apply, firewall, states, client, entries, applied } = rig((id) => {
      if (id === 'shield.createRule') firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
      if (id === 'shield.updateRule')
        firewall.rules = (firewall.rules ?? []).map((each) =>
          each.id === '2' ? rule('2', 'allow any 0.0.0.0/0 443') : each,
        );
      if (id === 'shield.setPolicy') firewall.defaultOut = 'block';
    });
    const changed = { action: 'allow', protocol: 'any', source: '', port: 443 } as const;
    const edits = [
      { kind: 'policy', direction: 'out', action: 'block' } as const,
      { kind: 'change', ruleId: '2', rule: changed } as const,
      web,
    ];
    expect(await apply(edits)).toMatchObject({
      error: { message: 'Blocking outgoing traffic may stop the replies of SSH.' },
    });
    expect(await apply(edits, true)).toMatchObject({ ok: true });
    await settle();
    expect(states()).toEqual(['verified', 'verified', 'verified']);
    expect(client.calls.filter(({ id }) => id !== 'shield.ip')).toEqual([
      {
        id: 'shield.createRule',
        input: {
          path: { id: ipId },
          body: { action: 'allow', protocol: 'tcp', src_cidr: '0.0.0.0/0', dst_port: 80 },
        },
      },
      {
        id: 'shield.updateRule',
        input: {
          path: { id: ipId, ruleId: '2' },
          body: { action: 'allow', protocol: 'any', src_cidr: '0.0.0.0/0', dst_port: 443 },
        },
      },
      { id: 'shield.setPolicy', input: { path: { id: ipId }, body: { default_out: 'block' } } },
    ]);
    expect(entries.map(({ kind, outcome, name }) => [kind, outcome, name])).toEqual([
      ['firewall-rule-added', 'done', '203.0.113.42'],
      ['firewall-rule-changed', 'done', '203.0.113.42'],
      ['firewall-policy-changed', 'done', '203.0.113.42'],
    ]);
    expect(applied).toEqual([ipId]);
  });

  it('waits for a rule that shows late', async () => {
    const { apply, firewall, states, clock, client } = rig();
    await apply([web]);
    await settle();
    expect(states()).toEqual(['sent']);
    firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
    await clock.advance(1_000);
    expect(states()).toEqual(['verified']);
    expect(client.count('shield.createRule')).toBe(1);
  });

  it('stops a change that cuts SSH, unless the risk is accepted', async () => {
    const { apply, client } = rig();
    const cut = [{ kind: 'delete', ruleId: '1' } as const];
    expect(await apply(cut)).toMatchObject({
      error: { kind: 'refused', message: expect.stringContaining('would block SSH') as string },
    });
    expect(await apply(cut, false, null)).toMatchObject({ error: { kind: 'refused' } });
    expect(client.count('shield.deleteRule')).toBe(0);
    expect(await apply(cut, true)).toMatchObject({ ok: true });
  });

  it('sends nothing where the rules are others than those that were reviewed', async () => {
    const { changes, firewall, client } = rig();
    const review = await changes.review({ ipId, edits: [web], peerAddress });
    firewall.rules?.push(rule('7', 'block tcp 0.0.0.0/0 25'));
    const seen = review.ok ? review.value.seen : '';
    expect(
      await changes.apply({
        ipId,
        edits: [web],
        peerAddress,
        seen,
        acceptedRisk: true,
        confirmMinutes: null,
      }),
    ).toMatchObject({
      error: { message: 'The rules have changed meanwhile. Review the changes again.' },
    });
    expect(client.count('shield.createRule')).toBe(0);
    expect(changes.state()).toEqual([]);
  });

  it('is one at a time for an address', async () => {
    const { apply } = rig();
    await apply([web]);
    expect(await apply([web])).toMatchObject({ error: { kind: 'busy' } });
  });
});

describe('a change that fails midway', () => {
  const late = addition('allow udp 0.0.0.0/0 53');

  it('leaves the rest, which is applied on demand', async () => {
    const { apply, firewall, states, client, changes, entries } = rig((id) => {
      if (id === 'shield.createRule') firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
      if (id === 'shield.deleteRule')
        firewall.rules = (firewall.rules ?? []).filter(({ id: each }) => each !== '2');
    });
    client.fail('shield.deleteRule', { kind: 'forbidden', ability: 'shield:write', message: 'No.' });
    await apply([web, { kind: 'delete', ruleId: '2' }]);
    await settle();
    expect(states()).toEqual(['verified', 'failed']);
    expect(changes.state()[0]?.steps[1]?.detail).toContain('shield:write');
    expect(entries.at(-1)).toMatchObject({ kind: 'firewall-rule-deleted', outcome: 'refused' });
    client.answer('shield.deleteRule', () => {
      firewall.rules = (firewall.rules ?? []).filter(({ id }) => id !== '2');
      return { done: true };
    });
    await changes.resume(ipId);
    await settle();
    expect(states()).toEqual(['verified', 'verified']);
    expect(client.count('shield.createRule')).toBe(1);
    changes.dismiss(ipId);
    expect(changes.state()).toEqual([]);
  });

  it('is taken back by the inverse of what was applied, once', async () => {
    const { apply, firewall, states, client, changes } = rig((id) => {
      if (id === 'shield.createRule') firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
      if (id === 'shield.deleteRule')
        firewall.rules = (firewall.rules ?? []).filter(({ id: each }) => each !== '3');
    });
    await apply([web]);
    await settle();
    expect(await changes.revert(ipId)).toMatchObject({ ok: true });
    await settle();
    expect(client.calls.filter(({ id }) => id === 'shield.deleteRule')).toEqual([
      { id: 'shield.deleteRule', input: { path: { id: ipId, ruleId: '3' } } },
    ]);
    expect(states()).toEqual(['verified']);
  });

  it('whose answer was lost is found again, or not known after 20 s; never sent again by itself', async () => {
    const { apply, firewall, states, client, clock, entries, changes } = rig();
    client.fail('shield.createRule', { kind: 'unknown-outcome', message: 'lost' });
    await apply([web, late]);
    await settle();
    firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
    await clock.advance(1_000);
    expect(states()).toEqual(['verified', 'sent']);
    await clock.advance(21_000);
    expect(states()).toEqual(['verified', 'not-known']);
    expect(client.count('shield.createRule')).toBe(2);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['done', 'unknown']);
    // It shows later: going on finds it and sends nothing.
    firewall.rules?.push(rule('4', 'allow udp 0.0.0.0/0 53'));
    await changes.resume(ipId);
    await settle();
    expect(states()).toEqual(['verified', 'verified']);
    expect(client.count('shield.createRule')).toBe(2);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('is judged again by the rules as they are then (risk accepted: %j)', async (acceptedRisk, deletions) => {
    const { apply, firewall, changes, clock, client } = rig();
    firewall.rules?.push(rule('5', 'allow tcp 198.51.100.0/24 22'));
    expect(await apply([web, { kind: 'delete', ruleId: '1' }], acceptedRisk)).toMatchObject({ ok: true });
    await settle();
    changes.stopApplying(ipId);
    firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
    await clock.advance(1_000);
    // Somebody else deletes the rule that would have kept SSH.
    firewall.rules = (firewall.rules ?? []).filter(({ id }) => id !== '5');
    const resumed = await changes.resume(ipId);
    await settle();
    expect(resumed).toMatchObject(
      acceptedRisk
        ? { ok: true }
        : { error: { message: expect.stringContaining('would block SSH from 198.51.100.7') as string } },
    );
    expect(client.count('shield.deleteRule')).toBe(deletions);
  });

  it('is stopped after the step on its way', async () => {
    const { apply, firewall, states, changes, clock, client } = rig();
    await apply([web, late]);
    await settle();
    changes.stopApplying(ipId);
    firewall.rules?.push(rule('3', 'allow tcp 0.0.0.0/0 80'));
    await clock.advance(1_000);
    expect(states()).toEqual(['verified', 'waiting']);
    expect(client.count('shield.createRule')).toBe(1);
  });
});

describe('the simulator', () => {
  it('judges a packet with the staged changes, and sends nothing', async () => {
    const { client } = rig();
    const packet = { source: '203.0.113.9', protocol: 'tcp', port: 80 } as const;
    const before = await simulated(client, { ipId, edits: [], packet });
    expect(before.ok && new Set(before.value.map(({ outcome }) => outcome))).toEqual(new Set(['block']));
    const after = await simulated(client, { ipId, edits: [web], packet });
    expect(after.ok && new Set(after.value.map(({ outcome }) => outcome))).toEqual(new Set(['allow']));
    expect(
      await simulated(client, { ipId, edits: [], packet: { ...packet, source: '2001:db8::1' } }),
    ).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(client.calls.every(({ id }) => id === 'shield.ip')).toBe(true);
  });
});

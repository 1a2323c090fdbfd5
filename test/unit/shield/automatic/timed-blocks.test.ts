import { describe, expect, it } from 'vitest';
import { AutomaticRules } from '../../../../main/shield/index.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import { settle } from '../../api/support/fake-clock.ts';
import { rule } from '../../domain/firewall/samples.ts';
import { diskFull } from '../../storage/fakes.ts';
import { addition, ipId } from '../shield-rig.ts';
import { minuteMs, rig } from './rig.ts';

type Rig = ReturnType<typeof rig>;

const before = ['allow 198.51.100.7/32', 'allow 0.0.0.0/0'];
const blocked = [...before, 'block 192.0.2.88/32'];
const onDisk = ({ journal }: Rig) => journal.get('automatic-rules');

/** The app is started again after some time, on the same disk and the same firewall. */
async function restarted(made: Rig, laterMs: number): Promise<Rig> {
  made.automatic.stop();
  const next = rig({ journal: made.journal, nowMs: made.clock.now() + laterMs });
  next.firewall.rules = [...(made.firewall.rules ?? [])];
  next.automatic.takeUp();
  await settle();
  return next;
}

describe('a timed block', () => {
  it('is on the disk with its end before it is sent, is removed by its id at its end, once, and that is told', async () => {
    const seen: unknown[] = [];
    const made: Rig = rig({ onWrite: () => void seen.push(structuredClone(onDisk(made))) });
    const endsAtMs = made.clock.now() + 15 * minuteMs;
    expect(await made.block('192.0.2.88')).toEqual({ ok: true, value: { cidr: '192.0.2.88/32', endsAtMs } });
    expect(seen).toMatchObject([
      {
        ada: [
          {
            kind: 'timed-block',
            endsAtMs,
            own: { cidr: '192.0.2.88/32', state: 'sending', known: ['1', '2'] },
          },
        ],
      },
    ]);
    expect(made.sources()).toEqual(blocked);
    expect(made.shown()).toMatchObject([
      {
        kind: 'timed-block',
        source: '192.0.2.88/32',
        endsAtMs,
        ruleIds: ['101'],
        isBusy: false,
        problem: null,
      },
    ]);

    await made.clock.advance(15 * minuteMs - 1);
    expect(made.writes()).toEqual(['createRule']);
    await made.clock.advance(1);
    expect(made.sources()).toEqual(before);
    expect(made.client.calls.findLast(({ id }) => id === 'shield.deleteRule')?.input).toEqual({
      path: { id: ipId, ruleId: '101' },
    });
    expect(made.shown()).toEqual([]);
    expect(onDisk(made)).toEqual({});
    expect(made.notices).toMatchObject([
      {
        kind: 'automatic-rule',
        title: 'The block of 192.0.2.88/32 on 203.0.113.42 has ended',
        body: 'Its rule was removed at its end.',
      },
    ]);
    expect(made.entries.map(({ kind, actor, outcome, detail }) => [kind, actor, outcome, detail])).toEqual([
      ['firewall-rule-added', 'person', 'done', expect.stringMatching(/^Block of 192\.0\.2\.88\/32 until /)],
      ['firewall-rule-deleted', 'app', 'done', 'Block of 192.0.2.88/32. Its rule was removed at its end.'],
    ]);
    await made.clock.advance(60 * minuteMs);
    expect(made.writes()).toEqual(['createRule', 'deleteRule']);
    expect(made.bugs).toEqual([]);
  });

  it.each([
    ['a time that is over', -1, /would have ended already/],
    ['a time in a year', 365 * 24 * 60 * minuteMs, /30 days at most/],
  ])('does not last until %s', async (_, inMs, why) => {
    const made = rig();
    expect(await made.block('192.0.2.88', { atMs: made.clock.now() + inMs })).toMatchObject({
      error: { kind: 'refused', message: expect.stringMatching(why) as string },
    });
    expect(made.writes()).toEqual([]);
  });

  it('ends at a time that somebody has chosen', async () => {
    const made = rig();
    await made.block('192.0.2.88', { atMs: made.clock.now() + 3 * minuteMs });
    await made.clock.advance(3 * minuteMs);
    expect(made.sources()).toEqual(before);
  });

  it('is never of an own address, nor by rules that were not reviewed', async () => {
    const made = rig();
    const own = await made.block('203.0.113.42');
    expect(own).toMatchObject({ error: { kind: 'refused' } });
    const request = { ipId, source: '192.0.2.88', peerAddress: null, seen: 'others' };
    expect(await made.automatic.block({ ...request, until: { minutes: 15 } })).toMatchObject({
      error: { message: 'The rules have changed meanwhile. Review the block again.' },
    });
    expect(made.writes()).toEqual([]);
    expect(made.shown()).toEqual([]);
  });

  it('is not sent where the disk is full', async () => {
    const made = rig();
    made.journal.fault = diskFull;
    expect(await made.block('192.0.2.88')).toMatchObject({
      error: { message: 'Nothing was sent: the disk is full.' },
    });
    expect(made.writes()).toEqual([]);
    expect(made.shown()).toEqual([]);
  });

  it('is dropped where it is refused', async () => {
    const made = rig();
    made.course.add = 'refused';
    expect(await made.block('192.0.2.88')).toMatchObject({ error: { kind: 'refused' } });
    expect(made.shown()).toEqual([]);
    expect(onDisk(made)).toEqual({});
  });

  it('is there where its answer was lost and the rules show it', async () => {
    const made = rig();
    made.course.add = 'answer-lost';
    expect(await made.block('192.0.2.88')).toMatchObject({ ok: true });
    await made.clock.advance(15 * minuteMs);
    expect(made.sources()).toEqual(before);
  });

  it('waits for another change of the address, and is refused while one is applied', async () => {
    const made = rig();
    const release = made.client.hold('shield.setPolicy');
    await made.apply([addition('allow tcp 0.0.0.0/0 80')]);
    expect(await made.block('192.0.2.88')).toMatchObject({ error: { kind: 'busy' } });
    release();
    expect(made.writes()).toEqual(['createRule']);
  });

  it('that was sent and is not shown stays on the list, and is removed at its end where it came later', async () => {
    const made = rig();
    made.course.add = 'lost';
    expect(await made.block('192.0.2.88')).toMatchObject({ error: { kind: 'unknown-outcome' } });
    expect(made.shown()).toMatchObject([
      { problem: expect.stringContaining('may still take effect') as string },
    ]);
    made.firewall.rules?.push(rule('7', 'block any 192.0.2.88/32 any'));
    await made.clock.advance(15 * minuteMs);
    expect(made.sources()).toEqual(before);
    expect(made.shown()).toEqual([]);
    expect(made.writes()).toEqual(['createRule', 'deleteRule']);
  });

  it('that was never shown ends by itself', async () => {
    const made = rig();
    made.course.add = 'lost';
    await made.block('192.0.2.88');
    await made.clock.advance(15 * minuteMs);
    expect(made.writes()).toEqual(['createRule']);
    expect(made.notices).toMatchObject([
      { body: 'Its rule was never shown, so there was nothing to remove.' },
    ]);
  });
});

describe('the end of a timed block', () => {
  const active = async (): Promise<Rig> => {
    const made = rig();
    expect(await made.block('192.0.2.88')).toMatchObject({ ok: true });
    return made;
  };

  it('comes when a person wants it, once', async () => {
    const made = await active();
    const [id = ''] = made.shown().map((each) => each.id);
    expect(await made.automatic.end(id)).toMatchObject({ ok: true });
    expect(made.sources()).toEqual(before);
    expect(await made.automatic.end(id)).toMatchObject({ error: { kind: 'refused' } });
    await made.clock.advance(60 * minuteMs);
    expect(made.writes()).toEqual(['createRule', 'deleteRule']);
    // Who asked for it sees it on the page.
    expect(made.notices).toEqual([]);
    expect(made.entries.at(-1)).toMatchObject({
      actor: 'person',
      detail: 'Block of 192.0.2.88/32. It was ended before its time.',
    });
  });

  it('deletes nothing where the rule was removed elsewhere, also not another one that is alike', async () => {
    const made = await active();
    made.firewall.rules = [
      ...(made.firewall.rules ?? []).filter(({ id }) => id !== '101'),
      rule('200', 'block any 192.0.2.88/32 any'),
    ];
    await made.clock.advance(15 * minuteMs);
    expect(made.writes()).toEqual(['createRule']);
    expect(made.sources()).toEqual(blocked);
    expect(made.notices).toMatchObject([
      {
        kind: 'automatic-rule',
        body: 'Its rule had been removed before. Nothing else was deleted. Another rule, which is not from this block, goes on to block the same source.',
      },
    ]);
    expect(made.shown()).toEqual([]);
  });

  it('leaves a rule that was changed elsewhere, says so once, and lets it be taken off the list', async () => {
    const made = await active();
    made.firewall.rules = (made.firewall.rules ?? []).map((each) =>
      each.id === '101' ? rule('101', 'block tcp 192.0.2.0/24 443') : each,
    );
    await made.clock.advance(60 * minuteMs);
    expect(made.writes()).toEqual(['createRule']);
    expect(made.notices).toMatchObject([
      { kind: 'automatic-rule-failed', title: 'The block of 192.0.2.88/32 on 203.0.113.42 was not ended' },
    ]);
    const [left] = made.shown();
    expect(left?.problem).toContain('changed meanwhile');
    expect(await made.automatic.forget(left?.id ?? '')).toMatchObject({ ok: true });
    expect(onDisk(made)).toEqual({});
  });

  it('waits for the network, without sending twice', async () => {
    const made = await active();
    made.client.fail('shield.ip', { kind: 'offline', message: 'No network.' });
    await made.clock.advance(20 * minuteMs);
    expect(made.sources()).toEqual(blocked);
    expect(made.notices).toEqual([]);
    made.makeReadable();
    await made.clock.advance(5_000);
    expect(made.sources()).toEqual(before);
    expect(made.writes()).toEqual(['createRule', 'deleteRule']);
    expect(made.notices).toMatchObject([
      { body: expect.stringMatching(/^Its end was .*; the app could remove its rule only now\.$/) as string },
    ]);
  });

  it.each(['refused', 'lost'] as const)(
    'that is %s is told and not sent again, until a person wants it',
    async (how) => {
      const made = await active();
      made.course.delete = how;
      await made.clock.advance(60 * minuteMs);
      expect(made.writes()).toEqual(['createRule', 'deleteRule']);
      expect(made.notices).toMatchObject([{ kind: 'automatic-rule-failed' }]);
      made.course.delete = 'works';
      const next = await restarted(made, minuteMs);
      expect(next.writes()).toEqual([]);
      // It was told before.
      expect(next.notices).toEqual([]);
      const [left] = next.shown();
      expect(await next.automatic.end(left?.id ?? '')).toMatchObject({ ok: true });
      expect(next.sources()).toEqual(before);
      expect(next.shown()).toEqual([]);
    },
  );

  it('is over where the address is protected no longer', async () => {
    const made = await active();
    made.client.fail('shield.ip', { kind: 'not-found', message: 'Not found' });
    await made.clock.advance(15 * minuteMs);
    expect(made.notices).toMatchObject([{ body: 'Shield does not have this address any more.' }]);
    expect(made.shown()).toEqual([]);
  });

  it('is not tried on and on with a token that may not', async () => {
    const made = await active();
    made.client.fail('shield.ip', { kind: 'forbidden', ability: 'shield:read', message: 'no' });
    await made.clock.advance(15 * minuteMs);
    const reads = made.client.count('shield.ip');
    await made.clock.advance(15 * minuteMs);
    expect(made.client.count('shield.ip')).toBe(reads);
    expect(made.notices).toMatchObject([{ kind: 'automatic-rule-failed' }]);
  });

  it('waits until another change of the address is through', async () => {
    const made = await active();
    const release = made.client.hold('shield.setPolicy');
    await made.apply([{ kind: 'policy', direction: 'out', action: 'block' }], true);
    await made.clock.advance(16 * minuteMs);
    release();
    made.firewall.defaultOut = 'block';
    await made.clock.advance(10_000);
    expect(made.sources()).toEqual(before);
  });

  it('comes after the machine slept over it', async () => {
    const made = await active();
    made.clock.jumpTo(made.clock.now() + 60 * minuteMs);
    made.automatic.checkAddresses();
    await settle();
    expect(made.sources()).toEqual(before);
  });
});

describe('a timed block over a restart', () => {
  it('ends at its time', async () => {
    const made = rig();
    await made.block('192.0.2.88');
    const next = await restarted(made, 5 * minuteMs);
    expect(next.shown()).toMatchObject([{ source: '192.0.2.88/32', problem: null }]);
    await next.clock.advance(10 * minuteMs - 1);
    expect(next.writes()).toEqual([]);
    await next.clock.advance(1);
    expect(next.sources()).toEqual(before);
    // Nothing of the first run is left to act.
    await made.clock.advance(60 * minuteMs);
    expect(made.writes()).toEqual(['createRule']);
  });

  it('ends at once where its end has passed, and says so', async () => {
    const made = rig();
    await made.block('192.0.2.88');
    const next = await restarted(made, 60 * minuteMs);
    expect(next.sources()).toEqual(before);
    expect(next.notices).toMatchObject([
      { kind: 'automatic-rule', body: expect.stringMatching(/only now\.$/) as string },
    ]);
  });

  it.each([
    [true, null, ['101']],
    [false, 'The app ended before its answer came, and the rules do not show it.', []],
  ])('whose answer nobody heard is looked up, not sent again: %s', async (isThere, problem, ruleIds) => {
    const made = rig();
    const release = made.client.hold('shield.createRule');
    void made.block('192.0.2.88');
    await settle();
    await settle();
    expect(made.writes()).toEqual(['createRule']);
    if (!isThere) made.firewall.rules?.pop();
    const next = await restarted(made, minuteMs);
    release();
    expect(next.shown()).toMatchObject([{ problem, ruleIds }]);
    expect(next.writes()).toEqual([]);
    await next.clock.advance(15 * minuteMs);
    expect(next.sources()).toEqual(before);
    expect(next.shown()).toEqual([]);
  });

  it('does not send a removal again that was on its way when the app ended', async () => {
    const made = rig();
    await made.block('192.0.2.88');
    made.course.delete = 'lost';
    const release = made.client.hold('shield.deleteRule');
    await made.clock.advance(15 * minuteMs);
    const next = await restarted(made, minuteMs);
    release();
    await next.clock.advance(60 * minuteMs);
    expect(next.writes()).toEqual([]);
    expect(next.notices).toMatchObject([{ kind: 'automatic-rule-failed' }]);
  });

  it('leaves nothing on the disk where its account is signed out while it is sent', async () => {
    const made = rig();
    const release = made.client.hold('shield.createRule');
    void made.block('192.0.2.88');
    await settle();
    expect(onDisk(made)).toMatchObject({ ada: [{}] });
    made.automatic.stop();
    made.store.forgetAccount('ada' as AccountId);
    release();
    await settle();
    await settle();
    expect(onDisk(made)).toEqual({});
  });

  it('is forgotten with its account; another one is not', async () => {
    const made = rig();
    await made.block('192.0.2.88');
    const other = new AutomaticRules({ ...made.options, kept: made.store.of('bob' as AccountId) });
    const { seen } = await made.blocks
      .review({ ipId, source: '192.0.2.99', peerAddress: null })
      .then((answer) => (answer.ok ? answer.value : { seen: '' }));
    await other.block({
      ipId,
      source: '192.0.2.99',
      peerAddress: null,
      seen,
      until: { minutes: 15 },
    });
    expect(onDisk(made)).toMatchObject({ ada: [{}], bob: [{}] });
    made.automatic.stop();
    made.store.forgetAccount('ada' as AccountId);
    await settle();
    expect(onDisk(made)).toMatchObject({ bob: [{ own: { cidr: '192.0.2.99/32' } }] });
    await made.clock.advance(15 * minuteMs);
    expect(made.sources()).toEqual(blocked);
    other.stop();
  });
});

import { describe, expect, it } from 'vitest';
import type { TerminalSession } from '../../../../preload/contract/terminal.ts';
import { askEveryMs } from '../../../../main/shield/automatic/automatic-rules.ts';
import { settle } from '../../api/support/fake-clock.ts';
import { rule } from '../../domain/firewall/samples.ts';
import { diskFull, FakeJournal } from '../../storage/fakes.ts';
import { ipId } from '../shield-rig.ts';
import { from, minuteMs, rig } from './rig.ts';

type Rig = ReturnType<typeof rig>;

const home = '198.51.100.20';
const cafe = '192.0.2.7';
const onDisk = ({ journal }: Rig) => journal.get('automatic-rules');

/** Nothing but port 443 is let in, and the rule follows from home. */
async function following(options: Parameters<typeof rig>[0] = {}): Promise<Rig> {
  const made = rig(options);
  made.firewall.rules = [rule('2', 'allow tcp 0.0.0.0/0 443')];
  made.ssh.ends = from(home);
  expect(await made.automatic.follow({ ipId, port: 22, address: null })).toEqual({
    ok: true,
    value: { cidr: `${home}/32` },
  });
  return made;
}

async function movedTo(made: Rig, address: string): Promise<Rig> {
  made.ssh.ends = from(address);
  made.automatic.checkAddresses();
  await made.clock.advance(0);
  return made;
}

async function restarted(made: Rig): Promise<Rig> {
  made.automatic.stop();
  const next = rig({ journal: made.journal, nowMs: made.clock.now() + minuteMs });
  next.firewall.rules = [...(made.firewall.rules ?? [])];
  next.ssh.ends = made.ssh.ends;
  next.automatic.takeUp();
  await next.clock.advance(0);
  return next;
}

const everybody = 'allow 0.0.0.0/0';
const idOf = (made: Rig): string => made.shown()[0]?.id ?? '';

describe('a rule that follows an address', () => {
  it('is asked for with what an open session says, and with why nothing is known', async () => {
    const made = rig();
    expect(await made.automatic.peer(ipId)).toMatchObject({
      value: { seen: null, note: expect.stringContaining('No SSH session is open') as string },
    });
    made.ssh.ends = from(home);
    expect(await made.automatic.peer(ipId)).toMatchObject({ value: { seen: { address: home } } });
  });

  it('lets in from where the instance sees the session, is on the disk before, and asks every five minutes', async () => {
    const journal = new FakeJournal();
    const seen: unknown[] = [];
    const made = await following({
      journal,
      onWrite: () => void seen.push(structuredClone(journal.get('automatic-rules'))),
    });
    expect(seen).toMatchObject([
      { ada: [{ target: `${home}/32`, rules: [{ cidr: `${home}/32`, known: ['2'], state: 'sending' }] }] },
    ]);
    expect(made.sources()).toEqual([everybody, `allow ${home}/32`]);
    expect(made.shown()).toMatchObject([
      {
        kind: 'address-rule',
        port: 22,
        source: `${home}/32`,
        ruleIds: ['101'],
        problem: null,
        isBusy: false,
      },
    ]);
    made.ssh.asked = 0;
    await made.clock.advance(askEveryMs * 3 + minuteMs);
    expect(made.ssh.asked).toBeGreaterThanOrEqual(3);
    expect(made.ssh.asked).toBeLessThanOrEqual(4);
    expect(made.writes()).toEqual(['createRule']);
    expect(made.notices).toEqual([]);
  });

  it('adds the new address first and removes the former one once the rules show it, and tells it', async () => {
    const order: string[] = [];
    const made: Rig = await following({ onWrite: (id) => void order.push(id) });
    await movedTo(made, cafe);
    expect(order).toEqual(['shield.createRule', 'shield.createRule', 'shield.deleteRule']);
    expect(made.sources()).toEqual([everybody, `allow ${cafe}/32`]);
    expect(made.notices).toMatchObject([
      {
        kind: 'automatic-rule',
        title: 'Port 22 of 203.0.113.42 follows your address',
        body: `It lets in ${cafe}/32 now. The rule for ${home}/32 was removed.`,
      },
    ]);
    expect(made.entries.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['firewall-rule-added', 'person'],
      ['firewall-rule-added', 'app'],
      ['firewall-rule-deleted', 'app'],
    ]);
    expect(made.entries.at(-1)?.detail).toBe(`Your address changed from ${home}/32 to ${cafe}/32.`);
    expect(onDisk(made)).toMatchObject({ ada: [{ target: `${cafe}/32`, rules: [{ cidr: `${cafe}/32` }] }] });
    expect(made.bugs).toEqual([]);
  });

  it('asks anew when a session opens, not while it stays', async () => {
    const made = await following();
    made.automatic.checkAddresses();
    await settle();
    made.ssh.asked = 0;
    const session = (phase: string) =>
      [{ id: 's1', state: { phase, latencyMs: 1 } }] as unknown as readonly TerminalSession[];
    made.automatic.sessionsChanged(session('connecting'));
    await settle();
    expect(made.ssh.asked).toBe(0);
    made.automatic.sessionsChanged(session('open'));
    made.automatic.sessionsChanged(session('open'));
    await settle();
    expect(made.ssh.asked).toBe(1);
    made.automatic.sessionsChanged(session('ended'));
    made.automatic.sessionsChanged(session('open'));
    await settle();
    expect(made.ssh.asked).toBe(2);
  });

  it('asks anew at once where the network changes while it is being asked', async () => {
    const made = await following();
    made.automatic.checkAddresses();
    // The session was asked, and has said where it came from until now.
    await movedTo(made, cafe);
    expect(made.sources()).toContain(`allow ${cafe}/32`);
    expect(made.sources()).not.toContain(`allow ${home}/32`);
    expect(made.bugs).toEqual([]);
  });

  it.each([
    ['no session is open', undefined],
    ['the server does not say', null],
    ['the session comes by IPv6', from('2001:db8::7')],
    ['the session comes from a private address', from('10.0.0.7')],
    ['the session comes in elsewhere, as over a private network', from(cafe, '10.0.0.5')],
  ])('stays as it is where %s', async (_, ends) => {
    const made = await following();
    made.ssh.ends = ends;
    await made.clock.advance(askEveryMs * 2);
    made.automatic.checkAddresses();
    await settle();
    expect(made.writes()).toEqual(['createRule']);
    expect(made.notices).toEqual([]);
  });

  it.each([
    [undefined, /No SSH session is open to web/],
    [null, /does not say/],
    [from('10.0.0.7'), /a private address: Shield sees another one/],
  ])('is not begun where the address is not known; it can be entered', async (ends, why) => {
    const made = rig();
    made.ssh.ends = ends;
    expect(await made.automatic.follow({ ipId, port: 22, address: null })).toMatchObject({
      error: { kind: 'refused', message: expect.stringMatching(why) as string },
    });
    expect(made.shown()).toEqual([]);
    expect(await made.automatic.follow({ ipId, port: 22, address: home })).toMatchObject({ ok: true });
    expect(await made.automatic.follow({ ipId, port: 22, address: home })).toMatchObject({
      error: { message: 'Port 22 of this address follows yours already.' },
    });
    for (const wrong of ['10.0.0.1', 'web', '192.0.2.0/24', '2001:db8::1'])
      expect(await made.automatic.follow({ ipId, port: 80, address: wrong })).toMatchObject({
        error: { kind: 'refused' },
      });
    expect(made.writes()).toEqual(['createRule']);
  });

  it('follows a session behind address translation, where it was there when it began', async () => {
    const made = rig();
    made.ssh.ends = from(home, '10.0.0.5');
    await made.automatic.follow({ ipId, port: 22, address: null });
    made.ssh.ends = from(cafe, '10.0.0.5');
    made.automatic.checkAddresses();
    await made.clock.advance(0);
    expect(made.sources()).toContain(`allow ${cafe}/32`);
    expect(made.sources()).not.toContain(`allow ${home}/32`);
  });

  it('is not begun where the disk is full or Shield refuses', async () => {
    const made = rig();
    made.ssh.ends = from(home);
    made.journal.fault = diskFull;
    expect(await made.automatic.follow({ ipId, port: 22, address: null })).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(made.writes()).toEqual([]);
    made.journal.fault = null;
    made.course.add = 'refused';
    expect(await made.automatic.follow({ ipId, port: 22, address: null })).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(made.shown()).toEqual([]);
    expect(onDisk(made)).toEqual({});
  });

  it('goes on after a restart, and asks at once', async () => {
    const made = await following();
    made.ssh.ends = from(cafe);
    const next = await restarted(made);
    expect(next.sources()).toEqual([everybody, `allow ${cafe}/32`]);
    expect(next.notices).toHaveLength(1);
  });
});

describe('a move that fails', () => {
  it('at the new rule keeps the former one, is not repeated by itself, and goes on when a person wants it', async () => {
    const made = await following();
    made.course.add = 'refused';
    await movedTo(made, cafe);
    expect(made.sources()).toEqual([everybody, `allow ${home}/32`]);
    expect(made.notices).toMatchObject([
      {
        kind: 'automatic-rule-failed',
        title: 'The rule for your address, port 22 of 203.0.113.42, needs you',
      },
    ]);
    expect(made.shown()).toMatchObject([
      {
        source: `${cafe}/32`,
        letsIn: [`${home}/32`],
        problem: expect.stringMatching(
          /^The rule for 192\.0\.2\.7\/32 was not added\. .* The rule for 198\.51\.100\.20\/32 is still in effect\.$/,
        ) as string,
      },
    ]);
    await made.clock.advance(askEveryMs * 3);
    expect(made.writes()).toEqual(['createRule', 'createRule']);
    expect(made.notices).toHaveLength(1);
    made.course.add = 'works';
    const next = await restarted(made);
    expect(next.writes()).toEqual([]);
    expect(next.notices).toEqual([]);
    expect(await next.automatic.move(idOf(next), null)).toMatchObject({ ok: true });
    expect(next.sources()).toEqual([everybody, `allow ${cafe}/32`]);
    expect(next.shown()).toMatchObject([{ problem: null }]);
  });

  it('at the new rule, whose answer is lost, removes nothing; it goes on by itself once the rules show it', async () => {
    const made = await following();
    made.course.add = 'lost';
    await movedTo(made, cafe);
    await made.clock.advance(30_000);
    expect(made.sources()).toEqual([everybody, `allow ${home}/32`]);
    expect(made.shown()).toMatchObject([
      { problem: expect.stringContaining('may still take effect') as string },
    ]);
    made.firewall.rules?.push(rule('300', `allow tcp ${cafe}/32 22`));
    await made.clock.advance(askEveryMs);
    expect(made.sources()).toEqual([everybody, `allow ${cafe}/32`]);
    expect(made.writes()).toEqual(['createRule', 'createRule', 'deleteRule']);
    expect(made.shown()).toMatchObject([{ problem: null, ruleIds: ['300'] }]);
  });

  it.each(['refused', 'lost'] as const)('at the former rule (%s) leaves both, and says so', async (how) => {
    const made = await following();
    made.course.delete = how;
    await movedTo(made, cafe);
    await made.clock.advance(30_000);
    expect(made.sources()).toEqual([everybody, `allow ${home}/32`, `allow ${cafe}/32`]);
    expect(made.shown()).toMatchObject([
      { problem: expect.stringContaining(`The former rule for ${home}/32 is still there.`) as string },
    ]);
    await made.clock.advance(askEveryMs * 2);
    expect(made.writes()).toEqual(['createRule', 'createRule', 'deleteRule']);
    expect(made.notices).toHaveLength(1);
    made.course.delete = 'works';
    expect(await made.automatic.move(idOf(made), null)).toMatchObject({ ok: true });
    expect(made.sources()).toEqual([everybody, `allow ${cafe}/32`]);
  });

  it('at the former rule and then at the next address is mended by one wish', async () => {
    const made = await following();
    made.course.delete = 'refused';
    await movedTo(made, cafe);
    await made.clock.advance(30_000);
    made.course.add = 'refused';
    await movedTo(made, '192.0.2.99');
    await made.clock.advance(30_000);
    made.course.add = 'works';
    made.course.delete = 'works';
    const moving = made.automatic.move(idOf(made), null);
    await made.clock.advance(30_000);
    expect(await moving).toMatchObject({ ok: true });
    expect(made.sources()).toEqual([everybody, 'allow 192.0.2.99/32']);
  });

  it('by the network goes on when it is back, without sending twice', async () => {
    const made = await following();
    made.client.fail('shield.ip', { kind: 'offline', message: 'No network.' });
    await movedTo(made, cafe);
    await made.clock.advance(10 * minuteMs);
    expect(made.writes()).toEqual(['createRule']);
    expect(made.shown()).toMatchObject([{ problem: null, source: `${home}/32` }]);
    made.makeReadable();
    await made.clock.advance(6_000);
    expect(made.sources()).toEqual([everybody, `allow ${cafe}/32`]);
    expect(made.writes()).toEqual(['createRule', 'createRule', 'deleteRule']);
  });

  it('ends between both steps where the app ends, and goes on after its start', async () => {
    const made = await following();
    const release = made.client.hold('shield.deleteRule');
    made.course.delete = 'lost';
    await movedTo(made, cafe);
    await settle();
    const next = await restarted(made);
    release();
    // The removal was sent: whether it takes effect is not known, and it is not sent again.
    expect(next.writes()).toEqual([]);
    expect(next.shown()).toMatchObject([
      { problem: expect.stringContaining('the rules still show it') as string },
    ]);
    expect(await next.automatic.move(idOf(next), null)).toMatchObject({ ok: true });
    expect(next.sources()).toEqual([everybody, `allow ${cafe}/32`]);
  });

  it('leaves the former rule where its removal could cut SSH', async () => {
    const made = await following();
    // By first match nobody from there comes in, whatever is added behind.
    made.firewall.rules?.push(rule('50', `block tcp 192.0.2.0/24 22`));
    made.firewall.rules?.unshift(rule('51', 'allow tcp 0.0.0.0/0 any', { hasUnreadFields: true }));
    await movedTo(made, cafe);
    expect(made.sources()).toContain(`allow ${home}/32`);
    expect(made.sources()).toContain(`allow ${cafe}/32`);
    expect(made.shown()).toMatchObject([
      { problem: expect.stringMatching(/^The rule for .* was left: /) as string },
    ]);
  });
});

describe('a rule that somebody else has touched', () => {
  it('is not added again by itself where it was removed; a person can', async () => {
    const made = await following();
    made.firewall.rules = [rule('2', 'allow tcp 0.0.0.0/0 443')];
    await made.clock.advance(askEveryMs * 2);
    expect(made.writes()).toEqual(['createRule']);
    expect(made.notices).toMatchObject([{ kind: 'automatic-rule-failed' }]);
    expect(made.shown()).toMatchObject([{ problem: expect.stringContaining('removed meanwhile') as string }]);
    expect(await made.automatic.move(idOf(made), null)).toMatchObject({ ok: true });
    expect(made.sources()).toEqual([everybody, `allow ${home}/32`]);
  });

  it('is left where it was changed', async () => {
    const made = await following();
    made.firewall.rules = [rule('101', `allow tcp ${home}/32 2222`)];
    await movedTo(made, cafe);
    // The former rule is not the app's any more; the new one is added all the same.
    expect(made.sources()).toEqual([`allow ${home}/32`, `allow ${cafe}/32`]);
    expect(made.writes()).toEqual(['createRule', 'createRule']);
  });
});

describe('an address that the user enters', () => {
  it('is moved to; one that cannot be is refused', async () => {
    const made = await following();
    made.ssh.ends = undefined;
    expect(await made.automatic.move(idOf(made), '10.0.0.1')).toMatchObject({ error: { kind: 'refused' } });
    expect(await made.automatic.move(idOf(made), cafe)).toMatchObject({ ok: true });
    expect(made.sources()).toEqual([everybody, `allow ${cafe}/32`]);
    expect(made.notices).toEqual([]);
  });
});

describe('switching it off', () => {
  it('removes the rule where SSH stays', async () => {
    const made = await following();
    made.firewall.rules?.push(rule('9', 'allow tcp 0.0.0.0/0 22'));
    expect(await made.automatic.reviewStop(idOf(made))).toMatchObject({ value: { verdict: 'safe' } });
    expect(await made.automatic.stopFollowing(idOf(made), true)).toMatchObject({ ok: true });
    expect(made.sources()).toEqual([everybody, everybody]);
    expect(made.shown()).toEqual([]);
    expect(onDisk(made)).toEqual({});
  });

  it('refuses to remove it where that cuts SSH, and can leave it', async () => {
    const made = await following();
    expect(await made.automatic.reviewStop(idOf(made))).toMatchObject({ value: { verdict: 'cuts' } });
    expect(await made.automatic.stopFollowing(idOf(made), true)).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(made.shown()).toHaveLength(1);
    expect(await made.automatic.stopFollowing(idOf(made), false)).toMatchObject({ ok: true });
    expect(made.sources()).toEqual([everybody, `allow ${home}/32`]);
    await made.clock.advance(askEveryMs);
    await movedTo(made, cafe);
    expect(made.writes()).toEqual(['createRule']);
    expect(onDisk(made)).toEqual({});
  });

  it('stays on the list where its removal is refused by Shield', async () => {
    const made = await following();
    made.firewall.rules?.push(rule('9', 'allow tcp 0.0.0.0/0 22'));
    made.course.delete = 'refused';
    expect(await made.automatic.stopFollowing(idOf(made), true)).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(made.shown()).toMatchObject([{ problem: expect.any(String) as string }]);
  });
});

import { describe, expect, it } from 'vitest';
import { createAnnouncedKeys } from '../../../main/monitor/index.ts';
import { NoticeDetector } from '../../../main/monitor/notice-detector.ts';
import type { SshProbe } from '../../../preload/contract/create.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Instance, StateKind } from '../../../preload/contract/instance.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { clockOf, instance, snapshot } from '../domain/samples.ts';
import { accountId, cents, instanceId, offline, unauthorized, unavailable } from './builders.ts';
import { FakeTime } from './fake-time.ts';

const web = instanceId('web');

/** A detector that has seen the server `web` run and a wallet of $20.00. */
function rig(announcedBefore: readonly string[] = [], limitCents = 1000) {
  const time = new FakeTime();
  const notices: Notice[] = [];
  const made = {
    limitCents,
    muted: [] as string[],
    found: { kind: 'silent' } as SshProbe,
    bugs: [] as unknown[],
  };
  const probed: string[] = [];
  const detector = new NoticeDetector({
    accountId,
    clock: time,
    announced: createAnnouncedKeys(announcedBefore, () => undefined),
    lowBalanceCents: () => cents(made.limitCents),
    isMuted: (id) => made.muted.includes(id),
    probe: ({ id }) => {
      probed.push(id);
      return Promise.resolve(made.found);
    },
    onNotices: (told) => notices.push(...told),
    onBug: (error) => made.bugs.push(error),
  });
  const saw = (...instances: readonly Instance[]) => detector.sawInstances(snapshot(instances));
  const wallet = (balanceCents: number | null) =>
    detector.sawWallet(snapshot([], { balanceCents: balanceCents === null ? null : cents(balanceCents) }));
  /** What is seen of a list now, and again once it has held for long enough. */
  const rests = async (...instances: readonly Instance[]) => {
    saw(...instances);
    await time.pass(4_000);
    saw(...instances);
  };
  saw(instance('web'));
  wallet(2000);
  return {
    ...made,
    made,
    detector,
    time,
    notices,
    probed,
    saw,
    wallet,
    rests,
    titles: () => notices.map(({ title }) => title),
  };
}

describe('what is told of servers', () => {
  it('is what comes to rest, four seconds after it did', async () => {
    const { saw, time, titles, detector } = rig();
    expect(detector.isSettling).toBe(false);
    saw(instance('web', 'stopped'));
    expect(detector.isSettling).toBe(true);
    await time.pass(3_999);
    saw(instance('web', 'stopped'));
    expect(titles()).toEqual([]);
    await time.pass(1);
    saw(instance('web', 'stopped'));
    expect(titles()).toEqual(['web stopped']);
    expect(detector.isSettling).toBe(false);
  });

  it('is waited for without haste while it is on its way', () => {
    const { saw, detector } = rig();
    saw(instance('web', 'transition'));
    expect(detector.isSettling).toBe(false);
  });

  it('is not what the first look after a sleep shows, nor what it waited for before', async () => {
    const { saw, time, titles, detector, rests } = rig();
    saw(instance('web', 'stopped'));
    detector.reset();
    await time.pass(60_000);
    await rests(instance('web', 'stopped'));
    expect(titles()).toEqual([]);
    await rests(instance('web', 'failed'));
    expect(titles()).toEqual(['web failed']);
  });

  it('is not what was told before the app started', async () => {
    const { titles, rests } = rig([`${accountId}/web/gone`]);
    await rests();
    expect(titles()).toEqual([]);
  });

  it('is a server that is gone or ignores its shutdown, at once', () => {
    const { saw, titles } = rig();
    saw(instance('web', 'running', { isShutdownIgnored: true }));
    expect(titles()).toEqual(['web still runs']);
    saw();
    expect(titles()).toEqual(['web still runs', 'web is gone']);
  });

  it('is one that counts for more than three', async () => {
    const { rests, titles, saw, detector } = rig();
    const all = (kind: StateKind) => ['web', 'b', 'c', 'd'].map((id) => instance(id, kind));
    detector.reset();
    saw(...all('running'));
    await rests(...all('stopped'));
    expect(titles()).toEqual(['4 instances changed state']);
    // Each of them was told by it.
    await rests(...all('stopped'));
    expect(titles()).toHaveLength(1);
  });
});

describe('what was asked for here', () => {
  it('leaves those that are muted out of what is counted, and has them one by one', async () => {
    const { rests, titles, saw, detector, made } = rig();
    made.muted.push('b', 'c');
    const all = (kind: StateKind) => ['web', 'b', 'c', 'd', 'e', 'f'].map((id) => instance(id, kind));
    detector.reset();
    saw(...all('running'));
    await rests(...all('stopped'));
    expect(titles()).toEqual(['4 instances changed state', 'b stopped', 'c stopped']);
  });

  it('is no news for ten minutes, and is after', async () => {
    const { rests, titles, detector, time } = rig();
    detector.expectAction(web, 'shutdown');
    await time.pass(596_000);
    await rests(instance('web', 'stopped'));
    expect(titles()).toEqual([]);
    await rests(instance('web', 'running'));
    expect(titles()).toEqual(['web is running']);

    const late = rig();
    late.detector.expectAction(web, 'shutdown');
    await late.time.pass(596_001);
    await late.rests(instance('web', 'stopped'));
    expect(late.titles()).toEqual(['web stopped']);
  });

  it('is the outcome of the last action alone, and of that server alone', async () => {
    const { rests, titles, detector } = rig();
    detector.expectAction(instanceId('other'), 'shutdown');
    detector.expectAction(web, 'shutdown');
    detector.expectAction(web, 'restart');
    await rests(instance('web', 'stopped'));
    expect(titles()).toEqual(['web stopped']);
  });

  it('is a deletion, confirmed', () => {
    const { saw, titles, detector } = rig();
    detector.expectAction(web, 'delete');
    saw();
    expect(titles()).toEqual(['web was deleted']);
  });
});

describe('a server that was built', () => {
  const build = async (made: ReturnType<typeof rig>): Promise<void> => {
    made.saw(instance('web'), instance('new', 'transition'));
    await made.rests(instance('web'), instance('new'));
    await made.time.pass(0);
  };

  it('is told of once it was reached, with what was found', async () => {
    const all = rig();
    await build(all);
    const { made, time, notices, probed } = all;
    expect([probed, notices]).toEqual([['new'], []]);
    made.found = { kind: 'answers', address: '203.0.113.42' };
    await time.pass(5_000);
    expect(notices).toMatchObject([
      { kind: 'provisioned', body: 'It answers on SSH at 203.0.113.42.', instanceId: 'new' },
    ]);
  });

  it.each<[string, (made: ReturnType<typeof rig>) => void]>([
    ['stopped', ({ saw }) => saw(instance('web'), instance('new', 'stopped'))],
    ['is gone', ({ saw }) => saw(instance('web'))],
    ['is nobody’s to wait for after a sleep', ({ detector }) => detector.reset()],
  ])('is not told of where it %s meanwhile', async (_what, change) => {
    const made = rig();
    await build(made);
    change(made);
    const told = made.notices.length;
    made.made.found = { kind: 'answers', address: '203.0.113.42' };
    await made.time.pass(120_000);
    expect(made.notices.slice(told)).toEqual([]);
    expect(made.probed).toHaveLength(1);
  });

  it('whose probe throws is a bug that is reported', async () => {
    const bug = new Error('bug');
    const made = rig();
    Object.defineProperty(made.made, 'found', {
      get: () => {
        throw bug;
      },
    });
    await build(made);
    expect(made.bugs).toEqual([bug]);
  });
});

describe('a wallet that falls', () => {
  it('is told of once, until it holds its limit again', () => {
    const { wallet, titles } = rig();
    wallet(999);
    wallet(500);
    expect(titles()).toEqual(['Wallet is low: $9.99']);
    wallet(1000);
    wallet(998);
    expect(titles()).toEqual(['Wallet is low: $9.99', 'Wallet is low: $9.98']);
  });

  it('is not told of by the first balance, nor by one that is not known', () => {
    const { wallet, titles, detector } = rig();
    detector.reset();
    wallet(1);
    wallet(null);
    expect(titles()).toEqual([]);
  });

  it('is measured by the limit as it is now', () => {
    const { wallet, titles, made } = rig();
    made.limitCents = 1500;
    wallet(1400);
    expect(titles()).toEqual(['Wallet is low: $14.00']);
  });

  it('is not told of again where it was, before the app started and by a higher limit', () => {
    const { wallet, titles, made } = rig([`${accountId}/low-balance`], 3000);
    made.limitCents = 1000;
    wallet(900);
    expect(titles()).toEqual([]);
  });
});

describe('Evorxa that does not answer', () => {
  const tls: ApiError = { kind: 'tls', reason: 'handshake', message: '' };
  const drift: ApiError = { kind: 'drift', message: '' };

  it.each([unavailable, tls, drift])('is told of after ten minutes, once: %j', async (error) => {
    const { detector, time, notices } = rig();
    const sinceMs = time.now();
    detector.sawFailure(error);
    await time.pass(599_999);
    detector.sawFailure(error);
    expect(notices).toEqual([]);
    await time.pass(1);
    detector.sawFailure(error);
    detector.sawFailure(error);
    expect(notices).toMatchObject([{ kind: 'unreachable' }]);
    expect(notices[0]?.body).toContain(`Since ${clockOf(sinceMs)}.`);
  });

  it.each<ApiError>([offline, unauthorized, { kind: 'rate-limited', retryAtMs: 0 }, { kind: 'aborted' }])(
    'is not what fails here, or is an answer: %j',
    async (error) => {
      const { detector, time, notices } = rig();
      detector.sawFailure(error);
      await time.pass(600_000);
      detector.sawFailure(error);
      expect(notices).toEqual([]);
      // Nor does the time of it count.
      detector.sawFailure(unavailable);
      expect(notices).toEqual([]);
    },
  );

  it.each<[string, (made: ReturnType<typeof rig>) => void]>([
    ['an answer', ({ saw }) => saw(instance('web'))],
    ['a sleep', ({ detector }) => detector.reset()],
  ])('is counted from the first failure after %s', async (_what, change) => {
    const made = rig();
    made.detector.sawFailure(unavailable);
    await made.time.pass(599_000);
    change(made);
    made.detector.sawFailure(unavailable);
    await made.time.pass(599_000);
    made.detector.sawFailure(unavailable);
    expect(made.notices).toEqual([]);
    await made.time.pass(1_000);
    made.detector.sawFailure(unavailable);
    expect(made.notices).toHaveLength(1);
  });

  it('is told of again only after an answer', async () => {
    const { detector, time, notices, saw } = rig();
    const outage = async (): Promise<void> => {
      detector.sawFailure(unavailable);
      await time.pass(600_000);
      detector.sawFailure(unavailable);
    };
    await outage();
    detector.reset();
    await outage();
    expect(notices).toHaveLength(1);
    saw(instance('web'));
    await outage();
    expect(notices).toHaveLength(2);
  });
});

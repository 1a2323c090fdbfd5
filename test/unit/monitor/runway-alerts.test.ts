import { describe, expect, it } from 'vitest';
import { createAnnouncedKeys } from '../../../main/monitor/index.ts';
import { RunwayAlerts } from '../../../main/monitor/runway-alerts.ts';
import type { TransactionId } from '../../../preload/contract/brands.ts';
import { formatLongDay } from '../../../preload/contract/format.ts';
import type { Renewal, Runway } from '../../../preload/contract/runway.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import { accountId, cents, instanceId, offline, record } from './builders.ts';
import { FakeTime } from './fake-time.ts';
import { rig, type Rig } from './rig.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 4, 14, 12);
const said = (notices: readonly Notice[]): readonly string[] =>
  notices.map(({ kind, title }) => `${kind}: ${title}`);
/** In the zone of the machine that the test runs on. */
const lastsUntil = (days: number): string =>
  `runway: Wallet lasts until ${formatLongDay(startMs + days * dayMs, startMs)}`;
const inDays = (id: string, days: number) => record(id, 'running', { billedTillMs: startMs + days * dayMs });

/** Lets days go by of which only the end is looked at: polling through all of them would show nothing else. */
async function passDays({ time }: Rig, days: number): Promise<void> {
  const lookedAtMs = 120_000;
  time.sleep(days * dayMs - lookedAtMs);
  await time.pass(lookedAtMs);
}

async function started(options: Parameters<typeof rig>[0] = {}, change?: (made: Rig) => void): Promise<Rig> {
  const made = rig(options);
  made.api.records = [inDays('web', 10), inDays('db', 8.5)];
  made.api.catalog = new Map([
    ['scout-2', { name: 'Scout 2', prices: [{ cycle: 'monthly', cents: cents(1000) }] }],
  ]);
  made.api.balanceCents = 1500;
  change?.(made);
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  return made;
}

describe('a short runway', () => {
  it('is told once when it falls under the limit, and again only after it was longer', async () => {
    const made = await started();
    const { api, time, notices } = made;
    expect(notices).toEqual([]);
    await passDays(made, 2.9);
    expect(notices).toEqual([]);
    await passDays(made, 0.2);
    expect(said(notices)).toEqual([lastsUntil(10)]);
    expect(notices[0]?.body).toContain('less than 7 days');
    expect(notices[0]?.body).toContain('web would be the first not to be renewed: short by $5.00');
    await passDays(made, 1);
    expect(notices).toHaveLength(1);

    // Not a whole day above the limit: that is no recovery.
    api.records = [inDays('web', 11.6), inDays('db', 8.5)];
    await time.pass(3_600_000);
    await passDays(made, 1);
    expect(notices).toHaveLength(1);

    api.balanceCents = 100_000;
    await time.pass(120_000);
    api.balanceCents = 1500;
    await time.pass(120_000);
    expect(said(notices)).toEqual([lastsUntil(10), lastsUntil(11.6)]);
  });

  it('is told at the first look of an app that was off meanwhile, and not again after a restart', async () => {
    let kept: readonly string[] = [];
    const announced = () => createAnnouncedKeys(kept, (keys) => (kept = keys));
    const short = (made: Rig): void => {
      made.api.records = [inDays('web', 5)];
      made.api.balanceCents = 0;
    };
    const first = await started({ announced: announced() }, short);
    expect(said(first.notices)).toEqual([lastsUntil(5)]);
    first.monitor.stop();
    const second = await started({ announced: announced() }, short);
    await second.time.pass(3_600_000);
    expect(second.notices).toEqual([]);
  });

  it('follows the limit that the person chose', async () => {
    let days = 3;
    const made = await started({ runwayAlertDays: () => days });
    const { time, notices } = made;
    await passDays(made, 3.5);
    expect(notices).toEqual([]);
    days = 30;
    await time.pass(120_000);
    expect(said(notices)).toEqual([lastsUntil(10)]);
  });

  it('is not told of while something that it is made of cannot be read', async () => {
    const broke = (made: Rig): void => {
      made.api.records = [inDays('web', 5)];
      made.api.balanceCents = 0;
      made.api.listError = offline;
    };
    const { api, time, notices, monitor } = await started({}, broke);
    expect(monitor.snapshot().runway).toBeNull();
    await time.pass(300_000);
    expect(notices).toEqual([]);
    api.listError = null;
    await time.pass(300_000);
    expect(said(notices)).toEqual([lastsUntil(5)]);
  });
});

it('a runway that was known is not told of either while its list or its wallet cannot be read', async () => {
  const rich = (made: Rig): void => {
    made.api.records = [inDays('web', 5)];
    made.api.balanceCents = 100_000;
  };
  const { api, time, notices, monitor } = await started({}, rich);
  const told = () => said(notices.filter(({ kind }) => kind === 'runway'));
  api.listError = offline;
  await time.pass(60_000);
  api.balanceCents = 0;
  await time.pass(60_000);
  expect(monitor.snapshot().runway).toMatchObject({ kind: 'ends' });
  expect(told()).toEqual([]);
  api.walletError = offline;
  await time.pass(60_000);
  api.listError = null;
  await time.pass(120_000);
  expect(told()).toEqual([]);
  api.walletError = null;
  await time.pass(120_000);
  expect(told()).toEqual([lastsUntil(5)]);
});

describe('a renewal that is close and cannot be paid', () => {
  it('is told once, all of them in one notice, and instead of the short runway', async () => {
    const close = (made: Rig): void => {
      made.api.records = [inDays('web', 1), inDays('db', 1.5), inDays('later', 3)];
      made.api.balanceCents = 400;
    };
    const made = await started({}, close);
    const { api, time, notices } = made;
    expect(said(notices)).toEqual(['renewal-unpaid: 2 instances may be suspended']);
    expect(notices[0]?.body).toContain('The renewal of web is due in 1 d. So are 1 more.');
    expect(notices[0]?.body).toContain('short by $16.00');

    await time.pass(120_000);
    expect(notices).toHaveLength(1);
    await passDays(made, 1.1);
    expect(said(notices)[1]).toBe('renewal-unpaid: later may be suspended');
    expect(notices[1]).toMatchObject({ instanceId: 'later' });

    api.balanceCents = 50_000;
    await time.pass(120_000);
    expect(notices).toHaveLength(2);
  });
});

describe('a runway that is looked at', () => {
  const ends = (days: number): Runway => ({
    kind: 'ends',
    instanceId: instanceId('web'),
    name: 'web',
    atMs: startMs + days * dayMs,
    shortCents: cents(500),
    isAtMost: false,
  });
  const renewal = (name: string, days: number): Renewal => ({
    instanceId: instanceId(name),
    name,
    planName: null,
    atMs: startMs + days * dayMs,
    months: 1,
    isCycleSeen: false,
    cents: cents(500),
    leftCents: null,
    shortCents: cents(500),
    isAtLeast: false,
  });

  /** What looks at runways tell, one after the other; `limit` is a week. */
  function alerts(unpaid: readonly Renewal[] = [], announced: readonly string[] = []) {
    const told: Notice[] = [];
    const untilMs: number[] = [];
    const made = new RunwayAlerts({
      accountId,
      clock: new FakeTime(),
      announced: createAnnouncedKeys(announced, () => undefined),
      runwayAlertDays: () => 7,
      onNotices: (notices) => told.push(...notices),
    });
    const look = (runway: Runway): readonly string[] => {
      const before = told.length;
      made.look(runway, (until) => {
        untilMs.push(until);
        return unpaid;
      });
      return told.slice(before).map(({ kind }) => kind);
    };
    return { look, untilMs };
  }

  it('is told of once, also across a restart, for each account', () => {
    expect(alerts([], [`${accountId}/runway`]).look(ends(3))).toEqual([]);
    expect(alerts([], ['another account/runway']).look(ends(3))).toEqual(['runway']);
  });

  it('is short below its limit, to the millisecond, and once', () => {
    const { look } = alerts();
    expect(look(ends(7))).toEqual([]);
    expect(look(ends(7 - 1 / dayMs))).toEqual(['runway']);
    expect(look(ends(3))).toEqual([]);
  });

  it.each<[string, Runway, readonly string[]]>([
    ['a whole day above it', ends(8), ['runway']],
    ['less than a day above it', ends(8 - 1 / dayMs), []],
    ['a year', { kind: 'lasts', months: 12 }, ['runway']],
    ['nothing to pay', { kind: 'nothing' }, ['runway']],
  ])('is told of again after %s: %j gives %j', (_what, between, again) => {
    const { look } = alerts();
    look(ends(5));
    expect(look(between)).toEqual([]);
    expect(look(ends(5))).toEqual(again);
  });

  it('is asked for what cannot be paid in two days once it ends within them', () => {
    const { look, untilMs } = alerts([renewal('web', 1)]);
    expect(look(ends(2))).toEqual(['runway']);
    expect(untilMs).toEqual([]);
    expect(look(ends(2 - 1 / dayMs))).toEqual(['renewal-unpaid']);
    expect(untilMs).toEqual([startMs + 2 * dayMs]);
    expect(look(ends(1))).toEqual([]);
  });

  it('is short all the same where what cannot be paid was told before', () => {
    const { look } = alerts([renewal('web', 1)]);
    expect(look(ends(1))).toEqual(['renewal-unpaid']);
    expect(look({ kind: 'lasts', months: 12 })).toEqual([]);
    // The renewal has been told of: this time the short runway is what is new.
    expect(look(ends(1))).toEqual(['runway']);
  });
});

it('the ledger shows the cycle, and is read again when something was paid', async () => {
  const yearly: Transaction = {
    id: 't-1' as TransactionId,
    atMs: startMs - dayMs,
    kind: 'debit',
    description: 'Renewal of web, 1 year',
    amountCents: cents(-10_200),
    balanceAfterCents: null,
    instanceId: null,
    isLinkedByName: false,
  };
  const { api, time, monitor } = await started();
  expect(monitor.forecast()?.renewals[1]).toMatchObject({ name: 'web', isCycleSeen: false, cents: 1000 });
  expect(api.calls.payments).toBe(1);
  api.paid = [yearly];
  api.catalog = new Map();
  api.balanceCents = 1400;
  await time.pass(120_000);
  expect(api.calls.payments).toBe(2);
  // The name in the description tells whose it is, the price of the plan is known from the first answer.
  expect(monitor.forecast()?.renewals.find(({ instanceId: id }) => id === instanceId('web'))).toMatchObject({
    months: 12,
    isCycleSeen: true,
    cents: 10_200,
  });
});

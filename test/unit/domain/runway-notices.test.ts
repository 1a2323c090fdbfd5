import { describe, expect, it } from 'vitest';
import {
  renewalKey,
  runwayDays,
  shortRunwayNotice,
  unpaidRenewalNotice,
} from '../../../main/domain/index.ts';
import { formatLongDay } from '../../../preload/contract/format.ts';
import type { Renewal, Runway } from '../../../preload/contract/runway.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 14, 12);
const context = { accountId, nowMs };

const ends = (more: Partial<Extract<Runway, { kind: 'ends' }>> = {}) => ({
  kind: 'ends' as const,
  instanceId: instanceId('i-1'),
  name: 'web',
  atMs: nowMs + 5 * dayMs,
  shortCents: cents(1234),
  isAtMost: false,
  ...more,
});
/** In the zone of the machine that the test runs on. */
const day = formatLongDay(nowMs + 5 * dayMs, nowMs);

const unpaid = (name: string, days: number, shortCents: number | null, isAtLeast = false): Renewal => ({
  instanceId: instanceId(`id-${name}`),
  name,
  planName: null,
  atMs: nowMs + days * dayMs,
  months: 1,
  isCycleSeen: false,
  cents: cents(1000),
  leftCents: null,
  shortCents: shortCents === null ? null : cents(shortCents),
  isAtLeast,
});

describe('the notice of a short runway', () => {
  it('names the day, the limit and what is missing', () => {
    expect(shortRunwayNotice(ends(), 7, context)).toEqual({
      key: `${accountId}/runway/${nowMs}`,
      kind: 'runway',
      title: `Wallet lasts until ${day}`,
      body: 'That is less than 7 days, by an estimate. web would be the first not to be renewed: short by $12.34.',
      instanceId: null,
      atMs: nowMs,
    });
    expect(shortRunwayNotice(ends(), 1, context).body).toContain('less than 1 day, by');
  });

  it('says "at the latest" and "at least" where something is not counted', () => {
    expect(shortRunwayNotice(ends({ isAtMost: true }), 7, context)).toMatchObject({
      title: `Wallet lasts until ${day} at the latest`,
      body: `That is less than 7 days, by an estimate. web (${day}) would not be renewed, and perhaps others before it. Short by at least $12.34.`,
    });
  });

  it('calls a server without a name by its id', () => {
    expect(shortRunwayNotice(ends({ name: '' }), 7, context).body).toContain('i-1 would be the first');
  });
});

describe('the notice of renewals that are about to fail', () => {
  it('is of one server where there is one', () => {
    expect(unpaidRenewalNotice([unpaid('web', 1.5, 700)], context)).toEqual({
      key: `${accountId}/id-web/renewal-unpaid/${nowMs + 1.5 * dayMs}`,
      kind: 'renewal-unpaid',
      title: 'web may be suspended',
      body: 'The renewal of web is due in 1 d. The wallet is short by $7.00, by an estimate: top up on the web dashboard.',
      instanceId: 'id-web',
      atMs: nowMs,
    });
  });

  it('counts the others, and says what is missing for all of them', () => {
    const all = [unpaid('web', 1, 700), unpaid('db', 1, 1700), unpaid('mail', 1, 2700, true)] as const;
    expect(unpaidRenewalNotice(all, context)).toMatchObject({
      key: `${accountId}/id-web/renewal-unpaid/${nowMs + dayMs}`,
      title: '3 instances may be suspended',
      body: 'The renewal of web is due in 1 d. So are 2 more. The wallet is short by at least $27.00, by an estimate: top up on the web dashboard.',
      instanceId: null,
    });
  });

  it.each([
    ['is due now', 0],
    ['is due now', -3],
    ['is due in 0 s', 1 / dayMs],
  ])('%s, %s days from now', (words, days) => {
    expect(unpaidRenewalNotice([unpaid('web', days, 700)], context).body).toContain(
      `The renewal of web ${words}. The wallet`,
    );
  });

  it('calls a server without a name by its id', () => {
    const nameless = { ...unpaid('web', 1, 700), name: '' };
    expect(unpaidRenewalNotice([nameless], context).title).toBe('id-web may be suspended');
  });
});

it('a renewal has one key, whatever is known of its money', () => {
  const key = renewalKey(accountId, unpaid('web', 1, 700));
  expect(key).toBe(`${accountId}/id-web/renewal-unpaid/${nowMs + dayMs}`);
  expect(renewalKey(accountId, unpaid('web', 1, null, true))).toBe(key);
});

it('a runway has days left only where it ends', () => {
  expect(runwayDays(ends(), nowMs)).toBe(5);
  expect(runwayDays(ends({ atMs: nowMs - 36 * 3_600_000 }), nowMs)).toBe(-1.5);
  expect(runwayDays({ kind: 'lasts', months: 12 }, nowMs)).toBeNull();
  expect(runwayDays({ kind: 'nothing' }, nowMs)).toBeNull();
});

import { describe, expect, it, test } from 'vitest';
import type { Cents, InstanceId, TransactionId } from '../../../../../preload/contract/brands.ts';
import { formatDay } from '../../../../../preload/contract/format.ts';
import { fallbackLocale, sameLocale, useLocales } from '../../../../../preload/contract/locales.ts';
import type { Forecast, Renewal } from '../../../../../preload/contract/runway.ts';
import { assumptionsOf } from '../../../../../renderer/views/wallet/assumptions.ts';
import { costRows, costTotal } from '../../../../../renderer/views/wallet/cost-rows.ts';
import { renewalRows } from '../../../../../renderer/views/wallet/renewal-rows.ts';
import { isDrawable, runwayChart } from '../../../../../renderer/views/wallet/runway-chart.ts';
import { runwayTone } from '../../../../../renderer/views/wallet/runway-tone.ts';
import { costsCsv, ledgerCsv, renewalCalendar } from '../../../../../renderer/views/wallet/wallet-exports.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 24);
const cents = (value: number): Cents => value as Cents;
const renewal = (name: string, days: number, amount: number | null, left: number | null): Renewal => ({
  instanceId: `id-${name}` as InstanceId,
  name,
  planName: 'Scout 2',
  atMs: nowMs + days * dayMs,
  months: 1,
  isCycleSeen: days < 10,
  cents: amount === null ? null : cents(amount),
  leftCents: left === null || left < 0 ? null : cents(left),
  shortCents: left === null || left >= 0 ? null : cents(-left),
  isAtLeast: false,
});
const forecast = (more: Partial<Forecast> = {}): Forecast => ({
  atMs: nowMs,
  balanceCents: cents(1500),
  runway: {
    kind: 'ends',
    instanceId: 'id-db' as InstanceId,
    name: 'db',
    atMs: nowMs + 30 * dayMs,
    shortCents: cents(500),
    isAtMost: false,
  },
  untilMs: nowMs + 60 * dayMs,
  renewals: [renewal('web', 6, 1000, 500), renewal('db', 30, 1000, -500)],
  later: [renewal('far', 90, null, null)],
  notRenewed: [{ instanceId: 'id-old' as InstanceId, name: 'old', reason: 'suspended', atMs: nowMs - dayMs }],
  byProject: [],
  byPlan: [],
  topUp: { cents: cents(500), byMs: nowMs + 30 * dayMs, days: 60, isAtLeast: false },
  basis: {
    instances: 3,
    assumedMonthly: 2,
    pricedByPayment: 0,
    unpriced: ['far'],
    undated: [],
    isListCut: false,
    hasPayments: true,
  },
  ...more,
});

describe('the chart', () => {
  const frame = { widthPx: 660, heightPx: 124, leftPx: 60, bottomPx: 24 };

  it('steps down at each renewal, to nothing where one is not paid', () => {
    expect(runwayChart(forecast(), frame)?.line).toBe('M60 14H120V71.3H360V100H660');
  });

  it('annotations the first renewal that is not paid, and writes no amount over another', () => {
    const chart = runwayChart(forecast(), frame);
    const day = formatDay(nowMs + 30 * dayMs, nowMs);
    expect(chart?.end).toEqual({ x: 360, text: `Add $5.00 by ${day}`, isLate: false });
    expect(chart?.levels).toEqual([
      { cents: 1500, y: 14 },
      { cents: 0, y: 100 },
    ]);
    const overdrawn = runwayChart(forecast({ balanceCents: cents(-1) }), frame);
    expect(overdrawn?.levels.map((level) => level.cents)).toEqual([0, -1]);
  });

  it.each([
    ['a price', { renewals: [renewal('web', 6, 1000, 500), renewal('odd', 8, null, null)] }],
    ['a date', { basis: { ...forecast().basis, undated: ['web'] } }],
    ['an instance', { basis: { ...forecast().basis, isListCut: true } }],
  ] as const)('is not drawn where %s is not known', (_, more) => {
    expect(isDrawable(forecast(more))).toBe(false);
    expect(runwayChart(forecast(more), frame)).toBeNull();
  });

  it('draws what is overdue at its beginning, and nothing without a balance', () => {
    const overdue = forecast({ renewals: [renewal('web', -4, 1500, 0)] });
    expect(runwayChart(overdue, frame)?.line).toBe('M60 14H60V100H660');
    expect(runwayChart(forecast({ balanceCents: null }), frame)).toBeNull();
    expect(runwayChart(forecast({ balanceCents: cents(0), renewals: [] }), frame)?.line).toBe('M60 14H660');
  });
});

test('renewals come first, then those that are only next, then what is not renewed', () => {
  expect(renewalRows(forecast()).map((row) => row.kind)).toEqual(['renewal', 'renewal', 'renewal', 'none']);
});

test('costs say what is not known in a row of its own, and leave out what would say nothing', () => {
  const lines = [
    { key: '1', instances: 3, unpricedInstances: 1, monthlyCents: cents(2000) },
    { key: '2', instances: 1, unpricedInstances: 0, monthlyCents: cents(500) },
    { key: null, instances: 2, unpricedInstances: 2, monthlyCents: cents(0) },
  ];
  const rows = costRows(lines, (key) => `=Project ${key ?? 'none'}`);
  expect(
    rows.map(({ label, instances, monthlyCents, ratio }) => [label, instances, monthlyCents, ratio]),
  ).toEqual([
    ['=Project 1', 2, 2000, 1],
    ['=Project 2', 1, 500, 0.25],
    ['Unknown price', 3, null, 0],
  ]);
  expect(costTotal(lines, false)).toEqual({ cents: 2500, isAtLeast: true });
  expect(costTotal(lines.slice(1, 2), false)).toEqual({ cents: 500, isAtLeast: false });
  expect(costTotal(lines.slice(1, 2), true)).toEqual({ cents: 500, isAtLeast: true });
  expect(costTotal(lines.slice(2), false)).toEqual({ cents: null, isAtLeast: true });
  expect(costTotal([], false)).toEqual({ cents: 0, isAtLeast: false });
  expect(costTotal([], true)).toEqual({ cents: null, isAtLeast: true });
  expect(costRows([], String)).toEqual([]);
  expect(costsCsv(rows, []).split('\r\n').slice(0, 2)).toEqual([
    'by,name,instances,monthly_usd,monthly_cents',
    `"project","'=Project 1",2,20.00,2000`,
  ]);
});

test('a forecast says what it assumes, and nothing that is not the case', () => {
  const said = assumptionsOf(forecast()).join(' ');
  expect(said).toContain('shows the cycle of 1 instance.');
  expect(said).toContain('A monthly cycle is assumed for 2 instances.');
  expect(said).toContain('Not counted, since the price is unknown: far.');
  expect(said).toContain('Suspended and not renewed: 1 instance.');
  expect(said).not.toContain('deleted');
  const basis = {
    instances: 9,
    assumedMonthly: 9,
    pricedByPayment: 1,
    unpriced: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    undated: ['undated-1'],
    isListCut: true,
    hasPayments: false,
  };
  const unread = assumptionsOf(forecast({ basis, notRenewed: [] })).join(' ');
  expect(unread).toContain('The ledger could not be read');
  expect(unread).toContain('a, b, c, d, e and 2 more');
  expect(unread).toContain('since the date is unknown: undated-1.');
  expect(unread).toContain('The list of instances is incomplete');
});

test.each([
  [{ kind: 'nothing' }, 'neutral'],
  [{ kind: 'lasts', months: 12 }, 'ok'],
  [{ kind: 'unknown', uncounted: { unpriced: 1, undated: 0, isListCut: false } }, 'warn'],
  [{ ...forecast().runway, atMs: nowMs + 8 * dayMs }, 'neutral'],
  [{ ...forecast().runway, atMs: nowMs + 6 * dayMs }, 'warn'],
  [{ ...forecast().runway, atMs: nowMs }, 'bad'],
] as const)('the runway %j is %s', (runway, tone) => {
  expect(runwayTone(runway as NonNullable<Forecast['runway']>, 7, nowMs)).toBe(tone);
});

describe('files', () => {
  it('hold the lines of the ledger with signs, in dollars and in cents, and times as ISO', () => {
    const line = {
      id: 't-1' as TransactionId,
      atMs: nowMs,
      kind: 'debit',
      description: 'Renewal, 1 month',
      amountCents: cents(-1000),
      balanceAfterCents: null,
      instanceId: 'i-1' as InstanceId,
      isLinkedByName: false,
    } as const;
    const text = ledgerCsv(
      [line, { ...line, atMs: null, amountCents: cents(302), instanceId: null }],
      () => 'web',
    );
    expect(text.split('\r\n').slice(1)).toEqual([
      '"2026-05-24T00:00:00.000Z","debit","Renewal, 1 month",-10.00,-1000,,,"i-1","web","t-1"',
      ',"debit","Renewal, 1 month",3.02,302,,,,"web","t-1"',
      '',
    ]);
  });

  it('hold the renewals with names as they are shown, whatever is in them', () => {
    const { renewals } = forecast();
    const named = (planName: string) => renewals.map((renewal) => ({ ...renewal, planName }));
    const planOf = (planName: string) =>
      /DESCRIPTION:(Plan .*?)\\,/.exec(
        renewalCalendar(forecast({ renewals: named(planName) }), 'UTC').replaceAll('\r\n ', ''),
      )?.[1];
    expect(planOf('Scout\t2')).toBe('Plan Scout 2');
    expect(planOf('x\u202egpj')).toBe('Plan x gpj');
    expect(planOf(' \n')).toBe('Plan unknown');
  });

  it('say the same on every system', () => {
    const cells = costsCsv(
      costRows([{ key: 'a', instances: 1200, unpricedInstances: 0, monthlyCents: cents(123_450) }], String),
      [],
    );
    const calendar = renewalCalendar(forecast(), 'UTC');
    useLocales(sameLocale('de-DE'));
    expect(
      costsCsv(
        costRows([{ key: 'a', instances: 1200, unpricedInstances: 0, monthlyCents: cents(123_450) }], String),
        [],
      ),
    ).toBe(cells);
    expect(cells).toContain(',1200,1234.50,123450');
    expect(renewalCalendar(forecast(), 'UTC')).toBe(calendar);
    useLocales(sameLocale(fallbackLocale));
  });

  it('hold the renewals with the same UID in each export', () => {
    const text = renewalCalendar(forecast(), 'UTC').replaceAll('\r\n ', '');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3);
    expect(text).toContain(`UID:renewal-id-web-${nowMs + 6 * dayMs}@evorxa-desktop`);
    expect(text).toContain('DTSTART;VALUE=DATE:20260530');
    expect(text).toContain('SUMMARY:web renews: $10.00');
    expect(text).toContain('SUMMARY:far renews: unknown price');
    expect(text).toContain(
      String.raw`DESCRIPTION:Plan Scout 2\, for 1 month.\nLeft in the wallet by then: $5.00.`,
    );
    expect(renewalCalendar(forecast({ atMs: nowMs + dayMs }), 'UTC').match(/UID:.*/g)).toEqual(
      renewalCalendar(forecast(), 'UTC').match(/UID:.*/g),
    );
  });
});

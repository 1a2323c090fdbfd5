import { expect, it } from 'vitest';
import type { Cents, InstanceId } from '../../../../preload/contract/brands.ts';
import type { Runway } from '../../../../preload/contract/runway.ts';
import {
  lengthInWords,
  runwayEndInWords,
  runwayInWords,
  topUpInWords,
  uncountedInWords,
} from '../../../../preload/contract/runway-words.ts';

const nowMs = Date.UTC(2026, 1, 20);
const ending = (atMs: number, isAtMost = false): Runway => ({
  kind: 'ends',
  instanceId: 'i' as InstanceId,
  name: 'api-\u202eprod-1',
  atMs,
  shortCents: 260 as Cents,
  isAtMost,
});
const march = Date.UTC(2026, 2, 12, 1);

it.each([
  ['the day of the first unpaid renewal', ending(march), 'lasts until 12 March'],
  ['with its year where that is another', ending(Date.UTC(2027, 0, 3)), 'lasts until 3 January 2027'],
  ['at the latest, where a price is not known', ending(march, true), 'lasts until 12 March at the latest'],
  ['what is overdue', ending(nowMs - 1), 'does not cover what is due'],
  ['a long time', { kind: 'lasts', months: 12 }, 'lasts more than a year'],
  [
    'that it is not known, where a price could end it',
    { kind: 'unknown', uncounted: { unpriced: 1, undated: 0, isListCut: false } },
    'lasts for an unknown time',
  ],
  ['nothing, where nothing is renewed', { kind: 'nothing' }, null],
  ['nothing, where it was not looked at', null, null],
] as const)('says %s', (_, runway, words) => {
  expect(runwayInWords(runway, nowMs, 'UTC')).toBe(words);
});

it('takes what is due at this moment for due, and ends nothing that nobody looked at', () => {
  expect(runwayInWords(ending(nowMs), nowMs)).toBe(runwayInWords(ending(nowMs - 1), nowMs));
  expect(runwayInWords(ending(nowMs + 1), nowMs)).not.toBe(runwayInWords(ending(nowMs), nowMs));
  const topUp = { cents: 1660 as Cents, days: 30, isAtLeast: false };
  expect(topUpInWords({ ...topUp, byMs: nowMs }, nowMs)).toContain(' now ');
  expect(topUpInWords({ ...topUp, byMs: nowMs + 1 }, nowMs)).not.toContain(' now ');
  expect(runwayEndInWords(null, nowMs)).toBeNull();
});

it('says the day as it is where the person is', () => {
  expect(runwayInWords(ending(march), nowMs, 'America/New_York')).toBe('lasts until 11 March');
  expect(runwayInWords(ending(march - 2 * 3_600_000), nowMs, 'Asia/Tokyo')).toBe('lasts until 12 March');
});

it('names the first that is not renewed, without what turns text around', () => {
  expect(runwayEndInWords(ending(march), nowMs, 'UTC')).toBe(
    'api- prod-1 (12 March) would be the first not to be renewed. Short by $2.60.',
  );
  expect(runwayEndInWords({ kind: 'nothing' }, nowMs)).toBeNull();
});

it('does not call one the first, nor the sum whole, where something is not counted', () => {
  expect(runwayEndInWords(ending(march, true), nowMs, 'UTC')).toBe(
    'api- prod-1 (12 March) would not be renewed, and perhaps others before it. Short by at least $2.60.',
  );
});

it.each([
  [{ unpriced: 0, undated: 0, isListCut: false }, null],
  [{ unpriced: 1, undated: 0, isListCut: false }, 'the price of 1 instance is unknown'],
  [
    { unpriced: 21, undated: 2, isListCut: true },
    'the price of 21 instances is unknown, and the renewal date of 2 instances is unknown, and the list of instances is incomplete',
  ],
])('says why it is not known: %j', (uncounted, words) => {
  expect(uncountedInWords(uncounted)).toBe(words);
});

it.each([
  [{ byMs: march, isAtLeast: false }, 'Add $16.60 by 12 March to cover the next 30 days.'],
  [{ byMs: march, isAtLeast: true }, 'Add at least $16.60 by 12 March to cover the next 30 days.'],
  [{ byMs: nowMs - 1, isAtLeast: false }, 'Add $16.60 now to cover the next 30 days.'],
])('says what to add by when: %j', (some, words) => {
  expect(topUpInWords({ cents: 1660 as Cents, days: 30, ...some }, nowMs, 'UTC')).toBe(words);
});

it.each([
  [1, '1 month'],
  [6, '6 months'],
  [12, 'a year'],
  [24, '2 years'],
])('%d months are %s', (months, words) => {
  expect(lengthInWords(months)).toBe(words);
});

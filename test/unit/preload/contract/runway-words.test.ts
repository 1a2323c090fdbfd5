import { expect, it } from 'vitest';
import type { Cents, InstanceId } from '../../../../preload/contract/brands.ts';
import type { Runway } from '../../../../preload/contract/runway.ts';
import { lengthInWords, runwayEndInWords, runwayInWords } from '../../../../preload/contract/runway-words.ts';

const nowMs = Date.UTC(2026, 1, 20);
const ending = (atMs: number, unpricedServers = 0): Runway => ({
  kind: 'ends',
  instanceId: 'i' as InstanceId,
  name: 'api-\u202eprod-1',
  atMs,
  shortCents: 260 as Cents,
  unpricedServers,
});
const march = Date.UTC(2026, 2, 12, 1);

it.each([
  ['the day of the first unpaid renewal', ending(march), 'lasts until 12 March'],
  ['with its year where that is another', ending(Date.UTC(2027, 0, 3)), 'lasts until 3 January 2027'],
  ['at most, where a price is not known', ending(march, 2), 'lasts until 12 March at most'],
  ['what is overdue', ending(nowMs - 1), 'does not pay what is due'],
  ['a long time', { kind: 'lasts', months: 12, unpricedServers: 0 }, 'lasts more than a year'],
  ['nothing, where a price could end it', { kind: 'lasts', months: 12, unpricedServers: 1 }, null],
  ['nothing, where nothing is renewed', { kind: 'nothing' }, null],
  ['nothing, where nobody knows', null, null],
] as const)('says %s', (_, runway, words) => {
  expect(runwayInWords(runway, nowMs, 'UTC')).toBe(words);
});

it('says the day as it is where the person is', () => {
  expect(runwayInWords(ending(march), nowMs, 'America/New_York')).toBe('lasts until 11 March');
  expect(runwayInWords(ending(march - 2 * 3_600_000), nowMs, 'Asia/Tokyo')).toBe('lasts until 12 March');
});

it('names the first that is not renewed, without what turns text around', () => {
  expect(runwayEndInWords(ending(march), nowMs, 'UTC')).toBe(
    'api- prod-1 (12 March) would be the first not renewed. Short by $2.60.',
  );
  expect(runwayEndInWords({ kind: 'nothing' }, nowMs)).toBeNull();
});

it.each([
  [1, '1 month'],
  [6, '6 months'],
  [12, 'a year'],
  [24, '2 years'],
])('%d months are %s', (months, words) => {
  expect(lengthInWords(months)).toBe(words);
});

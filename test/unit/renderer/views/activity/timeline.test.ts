import { expect, test } from 'vitest';
import type { Activity } from '../../../../../preload/contract/activity.ts';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import { fallbackLocale, sameLocale, useLocales } from '../../../../../preload/contract/locales.ts';
import type { Notice } from '../../../../../preload/contract/snapshot.ts';
import {
  aroundName,
  daysOf,
  filterTimeline,
  recordedName,
  timelineOf,
} from '../../../../../renderer/views/activity/timeline.ts';
import { timelineCsv } from '../../../../../renderer/views/activity/timeline-csv.ts';

const web = 'web' as InstanceId;

const notice: Notice = {
  key: 'n',
  kind: 'stopped',
  title: 'web stopped',
  body: 'This app did not ask for it.',
  instanceId: web,
  atMs: 2,
};
const deed: Activity = {
  key: 'a',
  actor: 'person',
  kind: 'restart',
  instanceId: web,
  name: 'web',
  outcome: 'done',
  detail: null,
  atMs: 3,
};
const keyMade: Activity = {
  ...deed,
  key: 'k',
  kind: 'key-made',
  instanceId: null,
  name: 'laptop',
  atMs: 1,
};

test('what was done and seen is one line of time, newest first', () => {
  const entries = timelineOf([notice], [keyMade, deed]);
  expect(entries.map(({ title, source }) => [title, source])).toEqual([
    ['You restarted web', 'done'],
    ['web stopped', 'seen'],
    ['You created the SSH key laptop', 'done'],
  ]);
  expect(entries[1]).toMatchObject({ shape: 'stopped', body: 'This app did not ask for it.' });
  expect(filterTimeline(entries, { source: 'done', instanceId: web }).map(({ key }) => key)).toEqual(['a']);
  expect(filterTimeline(entries, { source: 'all', instanceId: 'all' })).toEqual(entries);
});

test('what failed, or whose answer was lost, is an attempt', () => {
  const [failed] = timelineOf([], [{ ...deed, outcome: 'refused', detail: 'Evorxa does not answer.' }]);
  expect(failed).toMatchObject({ title: 'You tried to restart web', body: 'Evorxa does not answer.' });
  const [lost] = timelineOf([], [{ ...deed, outcome: 'unknown' }]);
  expect(lost).toMatchObject({ title: 'You tried to restart web', shape: 'unknown' });
});

test('an unknown instance has the name that was recorded last', () => {
  const entries = timelineOf([notice], [{ ...deed, name: 'web-old', atMs: 1 }, deed]);
  expect(recordedName(entries, web)).toBe('web');
  expect(recordedName(entries, 'other' as InstanceId)).toBeNull();
  expect(recordedName(timelineOf([notice], []), web)).toBeNull();
});

test('it is kept as a table, with names of instances where they are known', () => {
  const csv = timelineCsv(timelineOf([notice], [keyMade]), () => null);
  expect(csv.split('\r\n')).toEqual([
    'time,source,what,detail,instance',
    '"1970-01-01T00:00:00.002Z","seen","web stopped","This app did not ask for it.","web"',
    '"1970-01-01T00:00:00.001Z","done","You created the SSH key laptop",,',
    '',
  ]);
});

test('it is told by days of the own zone, also where the clocks change', () => {
  const at = (iso: string): Activity => ({ ...deed, key: iso, atMs: Date.parse(iso) });
  const daysIn = (timeZone: string, nowIso: string, ...isos: string[]): string[] =>
    daysOf(timelineOf([], isos.map(at)), Date.parse(nowIso), timeZone).map(
      ({ day, entries }) => `${day} ${entries.length}`,
    );
  expect(
    daysIn(
      'UTC',
      '2026-11-28T00:05:00Z',
      '2026-11-28T00:01:00Z',
      '2026-11-27T23:59:00Z',
      '2026-11-27T00:00:00Z',
      '2026-11-26T23:59:00Z',
    ),
  ).toEqual(['Today 1', 'Yesterday 2', '26 Nov 1']);
  // Hours of twelve say nothing of the day before.
  useLocales(sameLocale('en-US'));
  expect(daysIn('UTC', '2026-11-28T23:30:00Z', '2026-11-27T00:30:00Z', '2026-11-26T23:30:00Z')).toEqual([
    'Yesterday 1',
    'Nov 26 1',
  ]);
  useLocales(sameLocale(fallbackLocale));
  // 25 hours long: the night from 25 October.
  expect(daysIn('Europe/Berlin', '2026-10-25T22:30:00Z', '2026-10-24T22:30:00Z')).toEqual(['Today 1']);
  expect(daysIn('Europe/Berlin', '2026-10-25T22:30:00Z', '2026-10-24T21:30:00Z')).toEqual(['Yesterday 1']);
  // 23 hours long: 29 March.
  expect(daysIn('Europe/Berlin', '2026-03-29T21:59:00Z', '2026-03-27T23:30:00Z')).toEqual(['Yesterday 1']);
});

test('the name of its instance is found in a title, as it was then', () => {
  expect(aroundName('You restarted web', 'web')).toEqual(['You restarted ', '']);
  expect(aroundName('web: deletion scheduled', 'web')).toEqual(['', ': deletion scheduled']);
  expect(aroundName('You restarted web', 'renamed')).toBeNull();
  expect(aroundName('You restarted web', '')).toBeNull();
});

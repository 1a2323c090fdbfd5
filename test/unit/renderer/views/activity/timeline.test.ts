import { expect, test } from 'vitest';
import { activityKinds, type Activity } from '../../../../../preload/contract/activity.ts';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import type { Notice } from '../../../../../preload/contract/snapshot.ts';
import { filterTimeline, timelineOf } from '../../../../../renderer/views/activity/timeline.ts';
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
  kind: 'restart',
  instanceId: web,
  subject: 'web',
  outcome: 'done',
  detail: null,
  atMs: 3,
};
const keyMade: Activity = {
  ...deed,
  key: 'k',
  kind: 'key-made',
  instanceId: null,
  subject: 'laptop',
  atMs: 1,
};

test('what was done and seen is one line of time, newest first', () => {
  const entries = timelineOf([notice], [keyMade, deed]);
  expect(entries.map(({ title, source }) => [title, source])).toEqual([
    ['You restarted web', 'done'],
    ['web stopped', 'seen'],
    ['You made the SSH key laptop', 'done'],
  ]);
  expect(entries[1]).toMatchObject({ shape: 'stopped', body: 'This app did not ask for it.' });
  expect(filterTimeline(entries, { source: 'done', instanceId: web }).map(({ key }) => key)).toEqual(['a']);
  expect(filterTimeline(entries, { source: 'all', instanceId: 'all' })).toEqual(entries);
});

test('what failed, or whose answer was lost, is an attempt', () => {
  const [failed] = timelineOf([], [{ ...deed, outcome: 'failed', detail: 'Evorxa does not answer.' }]);
  expect(failed).toMatchObject({ title: 'You tried to restart web', body: 'Evorxa does not answer.' });
  const [lost] = timelineOf([], [{ ...deed, outcome: 'unknown' }]);
  expect(lost).toMatchObject({ title: 'You tried to restart web', shape: 'unknown' });
});

test.each(activityKinds)('%s has words of its own', (kind) => {
  const [entry] = timelineOf([], [{ ...deed, kind, subject: null }]);
  expect(entry?.title).toMatch(/^You \w/);
});

test('it is kept as a table, with names of servers where they are known', () => {
  const csv = timelineCsv(timelineOf([notice], [keyMade]), () => null);
  expect(csv.split('\r\n')).toEqual([
    'time,source,what,detail,server',
    '1970-01-01T00:00:00.002Z,seen,"web stopped","This app did not ask for it.",web',
    '1970-01-01T00:00:00.001Z,done,"You made the SSH key laptop","From this app.",',
    '',
  ]);
});

import { describe, expect, it } from 'vitest';
import type { InstanceRecord } from '../../../main/api/index.ts';
import { mergeList } from '../../../main/monitor/merge-list.ts';
import { initialState, type MonitorState } from '../../../main/monitor/monitor-state.ts';
import { accountId, instanceId, record } from './builders.ts';

const start = initialState(accountId, null);
const list = (
  state: MonitorState,
  records: readonly InstanceRecord[],
  { isWhole = true, askedMs = 0 } = {},
): MonitorState => mergeList(state, { value: records, isWhole, gaps: null }, askedMs);
const ids = ({ records }: MonitorState) => records.map(({ id }) => id);
const [a, b, c] = [record('a'), record('b'), record('c')];

describe('an answered list', () => {
  it('ends what was said of failures', () => {
    const failing = { ...start, poll: { ...start.poll, failures: 3, offline: true, arriving: true } };
    expect(list(failing, [a]).poll).toMatchObject({
      answered: true,
      arriving: false,
      whole: true,
      failures: 0,
      offline: false,
    });
    expect(list(failing, [a], { isWhole: false }).poll).toMatchObject({ whole: false, failures: 0 });
  });

  it('keeps what it lacks at the end, until it has lacked it for 90 s', () => {
    const known = list(start, [a, b, c]);
    const once = list(known, [b, c], { askedMs: 30_000 });
    expect(ids(once)).toEqual(['b', 'c', 'a']);
    expect([...once.absences]).toEqual([['a', { lists: 1, sinceMonotonicMs: 30_000 }]]);
    expect(once.recordOf(instanceId('a'))).toBe(a);
    const twice = list(once, [b, c], { askedMs: 32_600 });
    expect([...twice.absences]).toEqual([['a', { lists: 2, sinceMonotonicMs: 30_000 }]]);
    // However many lists come in that time.
    const thrice = list(twice, [b, c], { askedMs: 36_000 });
    const before = list(thrice, [b, c], { askedMs: 119_999 });
    expect(ids(before)).toEqual(['b', 'c', 'a']);
    for (const askedMs of [120_000, 120_001]) {
      const gone = list(before, [b, c], { askedMs });
      expect(ids(gone)).toEqual(['b', 'c']);
      expect(gone.absences.size).toBe(0);
      expect(gone.recordOf(instanceId('a'))).toBeUndefined();
    }
  });

  it('drops nothing before the third list that lacks it, however late they come', () => {
    const once = list(list(start, [a, b]), [b], { askedMs: 0 });
    const twice = list(once, [b], { askedMs: 3_600_000 });
    expect(ids(twice)).toEqual(['b', 'a']);
    expect(ids(list(twice, [b], { askedMs: 3_600_001 }))).toEqual(['b']);
  });

  it('counts from the start again where it comes back between', () => {
    let state = list(list(start, [a, b]), [b]);
    state = list(state, [a, b]);
    expect(state.absences.size).toBe(0);
    expect([...list(state, [b], { askedMs: 7 }).absences]).toEqual([
      ['a', { lists: 1, sinceMonotonicMs: 7 }],
    ]);
    // Also where it comes back to the place that it was kept at.
    const last = list(list(start, [a, b]), [a]);
    expect([ids(last), ids(list(last, [a, b]))]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(list(last, [a, b]).absences.size).toBe(0);
  });

  it('is held as it came, where it lacks nothing', () => {
    const rows = [b, a, c];
    expect(list(list(start, [a, b]), rows).records).toBe(rows);
  });

  it('that is not whole proves no absence, however often', () => {
    let state = list(start, [a, b]);
    for (let times = 0; times < 5; times += 1)
      state = list(state, [b], { isWhole: false, askedMs: times * 60_000 });
    expect(ids(state)).toEqual(['b', 'a']);
    expect([...state.absences]).toEqual([['a', { lists: 0, sinceMonotonicMs: null }]]);
    // Nor does it end one that whole lists have begun.
    for (let times = 0; times < 3; times += 1) state = list(state, [b], { askedMs: 400_000 });
    state = list(state, [b], { isWhole: false, askedMs: 500_000 });
    expect(ids(state)).toEqual(['b', 'a']);
    expect(ids(list(state, [b], { askedMs: 500_000 }))).toEqual(['b']);
  });

  it('gives the same records where nothing changed, and others where a row, the order or the number did', () => {
    const known = list(start, [a, b]);
    expect(list(known, [a, b]).records).toBe(known.records);
    expect(list(known, known.records).records).toBe(known.records);
    expect(ids(list(known, [b, a]))).toEqual(['b', 'a']);
    expect(ids(list(known, [a, b, c]))).toEqual(['a', 'b', 'c']);
    const stopped = record('a', 'stopped');
    expect(list(known, [stopped, b]).records[0]).toBe(stopped);
  });
});

describe('a live state', () => {
  const live = (askedMonotonicMs: number, status = 'running') => ({
    status,
    vfState: null,
    remoteState: 'running',
    askedMonotonicMs,
  });
  const withLive = (seen: ReturnType<typeof live>): MonitorState => {
    const known = list(start, [a]);
    return { ...known, live: new Map([[instanceId('a'), seen]]) };
  };
  const isKept = (seen: ReturnType<typeof live>, askedMs: number, records = [a]) =>
    list(withLive(seen), records, { askedMs }).live.has(instanceId('a'));

  it('counts for twenty seconds, and from after the list whatever that says', () => {
    expect(isKept(live(1_000), 20_999)).toBe(true);
    expect(isKept(live(1_000), 21_000)).toBe(false);
    expect(isKept(live(30_000, 'other'), 30_000)).toBe(true);
    expect(isKept(live(29_999, 'other'), 30_000)).toBe(false);
  });

  it('ends with the status that it was seen beside, and with its instance', () => {
    expect(isKept(live(1_000), 2_000, [record('a', 'stopped')])).toBe(false);
    expect(isKept(live(1_000), 2_000, [b])).toBe(false);
  });

  it('is the same map where all of it counts', () => {
    const state = withLive(live(1_000));
    expect(list(state, [a], { askedMs: 2_000 }).live).toBe(state.live);
  });
});

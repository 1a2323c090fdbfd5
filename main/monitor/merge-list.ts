import type { MonitorState } from './monitor-state.ts';
import { byId, type InstanceRecord } from '../api/index.ts';
import type { Answer } from './monitor-api.ts';

/** Lists without an instance, in a row, after which it is dropped even if nobody could ask for it. */
const maxAbsences = 3;
/** A live state that is older than the list counts for this long, and only while the status is the same. */
const liveForMs = 20_000;

/**
 * Joins an answered list with what was known. An instance that the list lacks stays, at the end, until a 404
 * or repeated absence settles it; a list that is not whole proves no absence at all: what it lacks stays as it was.
 */
export function mergeList(
  state: MonitorState,
  { value: listed, isWhole }: Answer<readonly InstanceRecord[]>,
  askedMonotonicMs: number,
): MonitorState {
  // The client gives the very same list while nothing changes: then nothing is looked up again.
  const present = listed === state.records ? state.recordOf : byId(listed);
  const step = isWhole ? 1 : 0;
  const missing = (listed === state.records ? [] : state.records)
    .filter(({ id }, index) => present(id, index) === undefined)
    .map((record) => ({ record, count: (state.absences.get(record.id) ?? 0) + step }))
    .filter(({ count }) => count < maxAbsences);
  const isUnchanged =
    missing.length === 0 &&
    state.absences.size === 0 &&
    listed.length === state.records.length &&
    listed.every((record, index) => record === state.records[index]);
  const live = [...state.live].filter(([id, seen]) => {
    if (seen.askedMonotonicMs >= askedMonotonicMs) return true;
    const isRecent = seen.askedMonotonicMs + liveForMs > askedMonotonicMs;
    return isRecent && present(id)?.status === seen.status;
  });
  const next: MonitorState = {
    ...state,
    live: live.length === state.live.size ? state.live : new Map(live),
    poll: { ...state.poll, answered: true, arriving: false, whole: isWhole, failures: 0, offline: false },
  };
  if (isUnchanged) return next;
  const kept = missing.map(({ record }) => record);
  const records = kept.length === 0 ? listed : [...listed, ...kept];
  return {
    ...next,
    records,
    recordOf: kept.length === 0 ? present : byId(records),
    absences: new Map(missing.map(({ record, count }) => [record.id, count])),
  };
}

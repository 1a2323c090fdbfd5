import { noAbsence, type Absence, type MonitorState } from './monitor-state.ts';
import { byId, type InstanceRecord } from '../api/index.ts';
import type { Answer } from './monitor-api.ts';

/**
 * An instance is dropped, even if nobody could ask for it, when so many lists in a row lack it and the first of them is
 * so old. Both count: an absence makes polling faster, and a list that comes late is only one.
 */
const goneAfterLists = 3;
const goneAfterMs = 90_000;
/** A live state that is older than the list counts for this long, and only while the status is the same. */
const liveForMs = 20_000;

/**
 * Joins an answered list with what was known. An instance that the list lacks stays, at the end, until a 404
 * or a long absence settles it; a list that is not whole proves no absence at all: what it lacks stays as it was.
 */
export function mergeList(
  state: MonitorState,
  { value: listed, isWhole }: Answer<readonly InstanceRecord[]>,
  askedMonotonicMs: number,
): MonitorState {
  // The client gives the very same list while nothing changes: then nothing is looked up again.
  const present = listed === state.records ? state.recordOf : byId(listed);
  const missing = (listed === state.records ? [] : state.records)
    .filter(({ id }, index) => present(id, index) === undefined)
    .map((record) => {
      const before = state.absences.get(record.id) ?? noAbsence;
      return { record, absence: isWhole ? oneMore(before, askedMonotonicMs) : before };
    })
    .filter(({ absence }) => !isWhole || !isGone(absence, askedMonotonicMs));
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
    absences: new Map(missing.map(({ record, absence }) => [record.id, absence])),
  };
}

function oneMore({ lists, sinceMonotonicMs }: Absence, askedMonotonicMs: number): Absence {
  return { lists: lists + 1, sinceMonotonicMs: sinceMonotonicMs ?? askedMonotonicMs };
}

function isGone({ lists, sinceMonotonicMs }: Absence, askedMonotonicMs: number): boolean {
  if (sinceMonotonicMs === null || lists < goneAfterLists) return false;
  return askedMonotonicMs - sinceMonotonicMs >= goneAfterMs;
}

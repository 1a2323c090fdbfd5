import type { Instance } from '../../preload/contract/instance.ts';
import { byId } from '../api/index.ts';
import type { MonitorState } from './monitor-state.ts';
import { isPlain, madeOf, planOf, type InstancesAhead } from './project-ahead.ts';
import { projectInstance } from './project.ts';

/**
 * The instances to show after `before` became `next`. An instance of which nothing changed is the same
 * object, and so is the array if that holds for all: what comes after compares by reference. `ahead`: those that were
 * made already.
 */
export function shownInstances(
  before: MonitorState,
  next: MonitorState,
  nowMs: number,
  ahead?: InstancesAhead,
): readonly Instance[] {
  const shown = next.snapshot.instances;
  // Until the first answer of this run, what the last one knew stands.
  if (!(next.poll.answered || next.poll.arriving) || sameSources(before, next)) return shown;

  const shownBefore = byId(shown);
  const samePlans = before.plans === next.plans;
  const instances = next.records.map((record, index) => {
    const { id } = record;
    const previous = shownBefore(id, index);
    const sameRow = before.recordOf(id, index) === record;
    if (previous && sameRow && samePlans && isPlain(before, id) && isPlain(next, id)) return previous;
    const made = madeOf(ahead, next, record, previous);
    if (made !== null) return made;
    return projectInstance(record, {
      live: next.live.get(id),
      expectation: next.expectations.get(id),
      localChanges: next.localChanges.get(id),
      absent: next.poll.whole && next.absences.has(id),
      plan: planOf(next, record),
      previous,
      nowMs,
    });
  });
  const same = instances.length === shown.length && instances.every((item, index) => item === shown[index]);
  return same ? shown : instances;
}

function sameSources(one: MonitorState, other: MonitorState): boolean {
  return (
    one.records === other.records &&
    one.absences === other.absences &&
    one.poll.whole === other.poll.whole &&
    one.live === other.live &&
    one.expectations === other.expectations &&
    one.localChanges === other.localChanges &&
    one.plans === other.plans
  );
}

import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import { byId, type InstanceRecord } from '../api/index.ts';
import type { ListedPlan } from '../domain/index.ts';
import type { Turn } from '../tasks/index.ts';
import type { MonitorState } from './monitor-state.ts';
import { projectInstance } from './project.ts';

/** What an instance that is known by its row alone will be shown as, where this is what it is made of. */
interface MadeAhead {
  readonly previous: Instance | undefined;
  readonly plan: ListedPlan | undefined;
  readonly instance: Instance;
}

/** Instances that were made before the list that brings their rows is taken over, by these rows. */
export type InstancesAhead = ReadonlyMap<InstanceRecord, MadeAhead>;

/**
 * Makes the instances whose rows are others than before, while others have their turn. The list is then taken over in one
 * piece and finds them made; what changed of an instance meanwhile has it made again there. Changes nothing itself.
 */
export async function projectAhead(
  state: MonitorState,
  records: readonly InstanceRecord[],
  nowMs: number,
  turn: Turn,
): Promise<InstancesAhead> {
  const made = new Map<InstanceRecord, MadeAhead>();
  if (records === state.records) return made;
  const shownBefore = byId(state.snapshot.instances);
  for (const [index, record] of records.entries()) {
    const { id } = record;
    const previous = shownBefore(id, index);
    const isAsBefore = previous !== undefined && state.recordOf(id, index) === record;
    if (!isAsBefore && isPlain(state, id)) {
      const plan = planOf(state, record);
      made.set(record, { previous, plan, instance: projectPlain(record, previous, plan, nowMs) });
    }
    if (turn.isOverAtStep()) await turn.giveWay();
  }
  return made;
}

/** The instance that was made of this row, where it would be made of the same now; `state` is the new one. */
export function madeOf(
  ahead: InstancesAhead | undefined,
  state: MonitorState,
  record: InstanceRecord,
  previous: Instance | undefined,
): Instance | null {
  const made = ahead?.get(record);
  if (made === undefined || made.previous !== previous || made.plan !== planOf(state, record)) return null;
  return isPlain(state, record.id) ? made.instance : null;
}

/** Nothing is known of it but its row. */
export function isPlain(state: MonitorState, id: InstanceId): boolean {
  const { live, expectations, localChanges, absences } = state;
  return !live.has(id) && !expectations.has(id) && !localChanges.has(id) && !absences.has(id);
}

/** The plan of the catalog that a row names; undefined where it is not there, or not yet. */
export function planOf({ plans }: MonitorState, { planSlug }: InstanceRecord): ListedPlan | undefined {
  return planSlug === null ? undefined : plans.get(planSlug);
}

function projectPlain(
  record: InstanceRecord,
  previous: Instance | undefined,
  plan: ListedPlan | undefined,
  nowMs: number,
): Instance {
  const known = { live: undefined, expectation: undefined, localChanges: undefined, absent: false };
  return projectInstance(record, { ...known, plan, previous, nowMs });
}

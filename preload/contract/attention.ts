import { compareNames } from './compare-names.ts';
import type { Instance, StateKind } from './instance.ts';

/** How many instances are in each kind of state. */
export type StateCounts = Readonly<Record<StateKind, number>>;

/** Counts a list once. */
export function countByKind(instances: readonly Instance[]): StateCounts {
  const counts = { running: 0, stopped: 0, transition: 0, suspended: 0, failed: 0, deletion: 0, unknown: 0 };
  for (const { state } of instances) counts[state.kind] += 1;
  return counts;
}

/** States that the user has to do something about. */
export function needsAttention(kind: StateKind): boolean {
  return kind === 'failed' || kind === 'suspended';
}

/** How many instances need attention. */
export function attentionCount(counts: StateCounts): number {
  return counts.failed + counts.suspended;
}

const rank: Readonly<Record<StateKind, number>> = {
  failed: 0,
  suspended: 1,
  deletion: 2,
  unknown: 3,
  transition: 4,
  running: 5,
  stopped: 6,
};

/** Sorts what needs attention first; within a state by name, with numbers in their order. */
export function compareByAttention(one: Instance, other: Instance): number {
  return rank[one.state.kind] - rank[other.state.kind] || compareNames(one.name, other.name);
}

/** The state that stands for all: the worst where something is wrong, else the one that is best known. */
export function worstKind(counts: StateCounts): StateKind {
  const order = ['failed', 'suspended', 'transition', 'running', 'deletion', 'stopped', 'unknown'] as const;
  return order.find((kind) => counts[kind] > 0) ?? 'unknown';
}

import { compareNames } from '../../../preload/contract/compare-names.ts';
import type { Instance } from '../../../preload/contract/instance.ts';

/** Sorts the instances that the agent can work on first: the running ones, then the others by their name. */
export function runningFirst(one: Instance, other: Instance): number {
  const running = Number(other.state.kind === 'running') - Number(one.state.kind === 'running');
  return running || compareNames(one.name, other.name);
}

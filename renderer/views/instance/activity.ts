import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';

/** More is history that nobody reads in a side column. */
const shownAtMost = 12;

/** The notices about one instance, newest first. */
export function activityOf(notices: readonly Notice[], instanceId: InstanceId): readonly Notice[] {
  return notices
    .filter((notice) => notice.instanceId === instanceId)
    .toSorted((one, other) => other.atMs - one.atMs)
    .slice(0, shownAtMost);
}

import type { AccountId } from '../../../preload/contract/brands.ts';
import type { ActivityLog } from '../../activity/index.ts';
import { listOfCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `activity`, for the account that is shown. */
export function createActivityHandlers(
  activity: Pick<ActivityLog, 'of'>,
  currentId: () => AccountId | null,
): Domain<'activity'> {
  return { list: listOfCurrent(activity, currentId) };
}

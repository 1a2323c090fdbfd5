import * as z from 'zod/mini';
import { activityKinds, activityOutcomes, type Activity } from '../../preload/contract/activity.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import { createAccountLog, type AccountLog, type AccountLogOptions } from './account-log.ts';

/** About a year of a person who does one or two things a day. */
const keptAtMost = 500;

const activitySchema = z.object({
  key: z.string(),
  kind: z.enum(activityKinds),
  instanceId: z.nullable(instanceId),
  subject: z.nullable(z.string()),
  outcome: z.enum(activityOutcomes),
  detail: z.nullable(z.string()),
  atMs: z.number(),
});

/** What people did from this app, by account. */
export type ActivityLog = AccountLog<Activity>;

/** Opens the log under the key `activity` of a store. */
export function createActivityLog(
  options: Pick<AccountLogOptions<Activity>, 'store' | 'isInMemory' | 'onChange'>,
): ActivityLog {
  return createAccountLog({
    ...options,
    storeKey: 'activity',
    keptAtMost,
    read: (stored) => {
      const parsed = z.safeParse(activitySchema, stored);
      return parsed.success ? parsed.data : null;
    },
  });
}

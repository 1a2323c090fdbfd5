import * as z from 'zod/mini';
import {
  activityActors,
  activityKinds,
  activityOutcomes,
  type Activity,
} from '../../preload/contract/activity.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import { createAccountLog, type AccountLog, type AccountLogOptions } from './account-log.ts';
import { olderActivity } from './older-entries.ts';

/** What was kept of actions and of notices about them before they became one, and about a year of a busy person. */
const maxEntries = 1_000;

const activitySchema = z.object({
  key: z.string(),
  actor: z.enum(activityActors),
  kind: z.enum(activityKinds),
  instanceId: z.nullable(instanceId),
  name: z.nullable(z.string()),
  outcome: z.enum(activityOutcomes),
  detail: z.nullable(z.string()),
  atMs: z.number(),
});

/** What was done from this app, by account. */
export interface ActivityLog extends Pick<AccountLog<Activity>, 'of' | 'forgetAccount'> {
  /** Adds an entry as the newest. One that has its key already stays as it is, unless it came to another end. */
  put(accountId: AccountId, entry: Activity): void;
}

const entrySchema: z.ZodMiniType<Activity> = z.union([activitySchema, olderActivity]);

/** Opens the log under the key `activity` of the account files; entries of older versions are read too. */
export function createActivityLog(
  options: Pick<AccountLogOptions<Activity>, 'files' | 'onChange' | 'onUnreadable'>,
): ActivityLog {
  const log = createAccountLog<Activity>({ ...options, key: 'activity', maxEntries, entry: entrySchema });
  return {
    of: (accountId) => log.of(accountId),
    forgetAccount: (accountId) => log.forgetAccount(accountId),
    put: (accountId, entry) => {
      const isThere = log.of(accountId).some(({ key }) => key === entry.key);
      if (isThere)
        log.change(accountId, (before) =>
          before.key === entry.key && before.outcome !== entry.outcome ? entry : before,
        );
      else log.add(accountId, [entry]);
    },
  };
}

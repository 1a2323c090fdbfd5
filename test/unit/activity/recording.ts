import { createRecorders } from '../../../main/activity/index.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { accountId } from '../monitor/builders.ts';

/** Recorders that write into a list: what was recorded, oldest first, with the account in front. */
export function recording() {
  const entries: Activity[] = [];
  const accounts: AccountId[] = [];
  const signedOut = new Set<AccountId>();
  const recorderOf = createRecorders({
    log: {
      put: (id, entry) => {
        accounts.push(id);
        entries.push(entry);
      },
    },
    isSignedIn: (id) => !signedOut.has(id),
    nowMs: () => 7,
    newKey: () => `key-${entries.length}`,
    redact: (text) => text.replaceAll('hunter2', '***'),
    report: (cause) => {
      throw cause;
    },
  });
  return { entries, accounts, signedOut, recorderOf, record: recorderOf(accountId) };
}

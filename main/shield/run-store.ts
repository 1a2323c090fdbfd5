import * as z from 'zod/mini';
import type { AccountId, ShieldIpId } from '../../preload/contract/brands.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { readableRecord, type Journal } from '../storage/index.ts';
import { storedRun, type Run } from './run.ts';

/** The changes of one account's firewalls that have not come to their end. One an address. */
export interface ShieldRunsOfAccount {
  all(): readonly Run[];
  /** Ends once the change is on the disk as it stands; `refused` where it cannot be put there: then nothing may be sent. */
  keep(run: Run): Promise<Result<undefined>>;
  /** Nothing is left to be done about the last change of an address. */
  end(ipId: ShieldIpId): Promise<Result<undefined>>;
}

/** The same by account. */
export interface ShieldRuns {
  of(accountId: AccountId): ShieldRunsOfAccount;
  /** Drops what was kept for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the changes that were under way when the app ended. `journal` holds them under the key `shield-runs`. */
export function openShieldRuns({
  journal,
  isInMemory,
}: {
  readonly journal: Journal;
  /** Accounts that live as long as the app: nothing of theirs is written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
}): ShieldRuns {
  const stored =
    z.safeParse(readableRecord(readableRecord(storedRun)), journal.get('shield-runs')).data ?? {};
  const runs = new Map<string, Map<string, Run>>(
    Object.entries(stored).map(([id, byAddress]) => [
      id,
      new Map(
        Object.entries(byAddress).map(([ipId, run]) => [
          ipId,
          { ...run, isRunning: false, isStopped: false },
        ]),
      ),
    ]),
  );
  const write = async (accountId: AccountId): Promise<Result<undefined>> => {
    if (isInMemory(accountId)) return ok(undefined);
    const kept = [...runs].filter(([id, own]) => own.size > 0 && !isInMemory(id as AccountId));
    return journal.write(
      'shield-runs',
      Object.fromEntries(kept.map(([id, own]) => [id, Object.fromEntries(own)])),
    );
  };
  return {
    of: (accountId) => {
      const own = (): Map<string, Run> => {
        const found = runs.get(accountId) ?? new Map<string, Run>();
        runs.set(accountId, found);
        return found;
      };
      return {
        // Each taker gets its own: the parts of an account may be made anew while a former one comes to its end.
        all: () =>
          [...own().values()].map((run) => ({ ...structuredClone(run), isRunning: false, isStopped: false })),
        keep: (run) => {
          own().set(run.ipId, run);
          return write(accountId);
        },
        end: (ipId) => (own().delete(ipId) ? write(accountId) : Promise.resolve(ok(undefined))),
      };
    },
    forgetAccount: (accountId) => {
      const own = runs.get(accountId);
      runs.delete(accountId);
      if (own !== undefined && own.size > 0) void write(accountId);
    },
  };
}

import type { AccountId } from '../../preload/contract/brands.ts';
import { readFirstList, type FetchAnswer } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import { firstListOf, momentOf, type FirstList } from '../monitor/index.ts';
import { createLocalChangesStore } from '../monitor/local-changes-store.ts';
import type { Storage } from '../storage/index.ts';

/**
 * Makes the first list of an account out of the answer that was asked for ahead. Null where that is not plain: the monitor, which
 * is loaded meanwhile, then makes it by all of its rules. Rejects where the answer does not come whole.
 */
export async function makeFirstList(
  accountId: AccountId,
  answering: Promise<FetchAnswer>,
  storage: Pick<Storage, 'accountFiles' | 'cache'>,
): Promise<FirstList | null> {
  const asked = momentOf(systemClock);
  if (createLocalChangesStore(storage.accountFiles).of(accountId).size > 0) return null;
  const rows = await readFirstList(await answering);
  if (rows === null) return null;
  return firstListOf({
    accountId,
    cached: storage.cache.read(accountId),
    rows,
    asked,
    now: momentOf(systemClock),
  });
}

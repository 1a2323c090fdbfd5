import type { AccountsState } from '../../preload/contract/account.ts';
import type { FirstAnswers } from '../../preload/contract/first-picture.ts';
import { ok } from '../../preload/contract/result.ts';
import type { SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import { readAccountList } from '../accounts/index.ts';
import type { EarlyHandlers } from '../ipc/bind.ts';
import type { FirstList } from '../monitor/index.ts';
import type { Stores } from './stores.ts';

type DiskStores = Pick<Stores, 'storage' | 'settings'>;

/**
 * Answers what the window asks for its first picture, from the disk alone: who is signed in, the list of the last run (`firstList`
 * gives that of this run, once it is there), the preferences. All else waits for the backend, which then tells how things are now.
 */
export function createEarlyAnswers(
  { storage, settings }: DiskStores,
  firstList: () => FirstList | null,
): EarlyHandlers {
  const accounts = accountsOnDisk(storage);
  return {
    accounts: { state: () => ok(accounts) },
    snapshot: {
      current: () => {
        const snapshot = firstList()?.state.snapshot;
        return ok(snapshot === undefined ? snapshotOnDisk(storage, accounts) : { kind: 'full', snapshot });
      },
    },
    settings: { get: () => ok(settings.get()) },
  };
}

/** The same answers as the next start will give them. */
export function firstAnswers({ storage, settings }: DiskStores): FirstAnswers {
  const accounts = accountsOnDisk(storage);
  return { accounts, settings: settings.get(), snapshot: snapshotOnDisk(storage, accounts) };
}

function accountsOnDisk(storage: Stores['storage']): AccountsState {
  const { accounts, currentId } = readAccountList(storage.accounts);
  return {
    phase: 'loading',
    currentId,
    accounts: accounts.map(({ inKeychain, ...account }) => ({
      ...account,
      kind: 'token',
      tokenId: null,
      storage: inKeychain ? 'keychain' : 'session',
      // Not known before the keychain was asked; `phase` says so.
      access: 'unavailable',
    })),
  };
}

function snapshotOnDisk(storage: Stores['storage'], { currentId }: AccountsState): SnapshotUpdate {
  const snapshot = currentId === null ? null : storage.cache.read(currentId);
  return snapshot === null ? { kind: 'none' } : { kind: 'full', snapshot };
}

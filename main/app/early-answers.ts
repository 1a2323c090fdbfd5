import { ok } from '../../preload/contract/result.ts';
import { readAccountList } from '../accounts/index.ts';
import type { EarlyHandlers } from '../ipc/bind.ts';
import type { Stores } from './stores.ts';

/**
 * Answers what the window asks for its first picture, from the disk alone: who is signed in, the list of the last run,
 * the preferences. All else waits for the backend, which then tells how things are now.
 */
export function createEarlyAnswers({
  storage,
  settings,
}: Pick<Stores, 'storage' | 'settings'>): EarlyHandlers {
  const { accounts, currentId } = readAccountList(storage.accounts);
  return {
    accounts: {
      state: () =>
        ok({
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
        }),
    },
    snapshot: {
      current: () => {
        const snapshot = currentId === null ? null : storage.cache.read(currentId);
        return ok(snapshot === null ? { kind: 'none' } : { kind: 'full', snapshot });
      },
    },
    settings: { get: () => ok(settings.get()) },
  };
}

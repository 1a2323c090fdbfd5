import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import type { HandlersOf } from '../../../preload/contract/define.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { WatchKey } from '../../../preload/contract/watch.ts';
import { gone } from '../../instances/index.ts';
import type { AccountMonitor, AccountWatches } from '../../monitor/index.ts';

/** The calls of a domain of the contract. */
export type Domain<D extends keyof Contract> = HandlersOf<Contract>[D];

/** The answer of a call that brings nothing back. */
export const done = ok(undefined);
/** The account that the window shows cannot be used now, or there is none. */
export const noAccount = fail({ kind: 'no-account' } as const);
/** The instance was deleted, or is another account's. */
export const noInstance = fail(gone);
/** The terminal or console was closed meanwhile. */
export const noSession = fail({
  kind: 'refused',
  message: 'This session is closed. Open a new one.',
} as const);

/** Runs `act` on the account that the window shows; `noAccount` where none can be used. */
export function onCurrent<R, T>(current: () => R | null, act: (account: R) => T): T | typeof noAccount {
  const account = current();
  return account === null ? noAccount : act(account);
}

/** Answers with what a log holds of the account that is shown; nothing where there is none. */
export function listOfCurrent<T>(
  log: { readonly of: (id: AccountId) => readonly T[] },
  currentId: () => AccountId | null,
): () => Result<readonly T[]> {
  return () => {
    const id = currentId();
    return ok(id === null ? [] : log.of(id));
  };
}

/** An instance of an account by its id. */
export function findInstance(
  { monitor }: { readonly monitor: Pick<AccountMonitor, 'snapshot'> },
  instanceId: InstanceId,
): Instance | undefined {
  return monitor.snapshot().instances.find(({ id }) => id === instanceId);
}

/** What is watched of an account. */
export interface Watching {
  readonly watches: Pick<AccountWatches['watches'], 'refreshAfterCurrent' | 'known'>;
}

/** Reads again what a call has changed; resolves once all of it was read. */
export async function readAgain(
  { watches }: { readonly watches: Pick<AccountWatches['watches'], 'refreshAfterCurrent'> },
  keys: readonly WatchKey[],
): Promise<void> {
  await Promise.all(keys.map((key) => watches.refreshAfterCurrent(key)));
}

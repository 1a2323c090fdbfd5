import * as z from 'zod/mini';
import type { Account } from '../../preload/contract/account.ts';
import type { AccountId, ApiTokenId, ProjectId } from '../../preload/contract/brands.ts';
import { opaqueId } from '../../preload/contract/watch.ts';
import { parseBaseUrl } from '../api/index.ts';
import { readableList, type JsonStore } from '../storage/index.ts';

/** What is kept of an account on disk: never its token. */
export interface StoredAccount extends Pick<
  Account,
  'id' | 'name' | 'email' | 'apiUrl' | 'projects' | 'onboarded' | 'writeToken'
> {
  /** The keychain may hold a token of this account, which has to go when the account does. */
  readonly inKeychain: boolean;
}

/** What an id is made of is checked here, and it is given its name. */
const named = <T>(): z.ZodMiniType<T> => z.string() as unknown as z.ZodMiniType<T>;

const storedAccount = z.object({
  id: opaqueId<AccountId>(),
  name: z.string(),
  email: z.nullable(z.string()),
  // Whatever else stands there, no token could be looked up for it.
  apiUrl: z.string().check(z.refine((address) => parseBaseUrl(address).ok)),
  projects: z.array(z.object({ id: named<ProjectId>(), name: z.string() })),
  onboarded: z.boolean(),
  writeToken: z._default(z.nullable(z.object({ id: z.nullable(named<ApiTokenId>()) })), null),
  inKeychain: z._default(z.boolean(), true),
});

/** The list of accounts and the one shown last, in a store. */
export interface AccountList {
  readonly accounts: readonly StoredAccount[];
  readonly currentId: AccountId | null;
}

/** Reads the list; entries that cannot be read are left out. */
export function readAccountList(store: JsonStore): AccountList {
  const accounts: readonly StoredAccount[] =
    z.safeParse(readableList(storedAccount), store.get('accounts')).data ?? [];
  const currentId =
    accounts.find(({ id }) => id === store.get('currentAccountId'))?.id ?? accounts[0]?.id ?? null;
  return { accounts, currentId };
}

/** Writes the list. Demo accounts live as long as the app runs and are not written. */
export function writeAccountList(
  store: JsonStore,
  accounts: readonly { readonly account: Account; readonly inKeychain: boolean }[],
  currentId: AccountId | null,
): void {
  const kept = accounts
    .filter(({ account }) => account.kind === 'token')
    .map(({ account, inKeychain }): StoredAccount => {
      const { id, name, email, apiUrl, projects, onboarded, writeToken } = account;
      return { id, name, email, apiUrl, projects, onboarded, writeToken, inKeychain };
    });
  store.set('accounts', kept);
  store.set('currentAccountId', kept.some(({ id }) => id === currentId) ? currentId : null);
}

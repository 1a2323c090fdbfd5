import * as z from 'zod/mini';
import type { Account } from '../../preload/contract/account.ts';
import type { AccountId, ApiTokenId, ProjectId } from '../../preload/contract/brands.ts';
import { parseBaseUrl } from '../api/index.ts';
import type { JsonStore } from '../storage/index.ts';

/** What is kept of an account on disk: never its token. */
export interface StoredAccount extends Pick<
  Account,
  'id' | 'name' | 'email' | 'apiUrl' | 'projects' | 'onboarded' | 'writeToken'
> {
  /** The keychain may hold a token of this account, which has to go when the account does. */
  readonly inKeychain: boolean;
}

const storedAccount = z.object({
  id: z.string().check(z.minLength(1)),
  name: z.string(),
  email: z.nullable(z.string()),
  // Whatever else stands there, no token could be looked up for it.
  apiUrl: z.string().check(z.refine((address) => parseBaseUrl(address).ok)),
  projects: z.array(z.object({ id: z.string(), name: z.string() })),
  onboarded: z.boolean(),
  writeToken: z._default(z.nullable(z.object({ id: z.nullable(z.string()) })), null),
  inKeychain: z._default(z.boolean(), true),
});

/** The list of accounts and the one shown last, in a store. */
export interface AccountList {
  readonly accounts: readonly StoredAccount[];
  readonly currentId: AccountId | null;
}

/** Reads the list; entries that cannot be read are left out. */
export function readAccountList(store: JsonStore): AccountList {
  const stored = store.get('accounts');
  const accounts = (Array.isArray(stored) ? stored : []).flatMap((row: unknown): StoredAccount[] => {
    const parsed = z.safeParse(storedAccount, row);
    if (!parsed.success) return [];
    const projects = parsed.data.projects.map(({ id, name }) => ({ id: id as ProjectId, name }));
    const { writeToken } = parsed.data;
    const kept = writeToken && { id: writeToken.id as ApiTokenId | null };
    return [{ ...parsed.data, id: parsed.data.id as AccountId, projects, writeToken: kept }];
  });
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

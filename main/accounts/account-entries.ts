import type { Account, AccountsState } from '../../preload/contract/account.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { SavedStore } from '../storage/index.ts';
import { readAccountList, writeAccountList } from './account-list.ts';
import { tokenIdOf } from './token-text.ts';

/** Who a token belongs to, as `GET /me` says. */
export type Identity = Pick<Account, 'name' | 'email' | 'projects' | 'onboarded'>;

/** What is held of one account. */
export interface AccountEntry {
  readonly account: Account;
  readonly token: string | null;
  /** The keychain may hold a token of this account, perhaps an older one than `token`. */
  readonly inKeychain: boolean;
  readonly forgetSecret: () => void;
}

/** An account as it is described; which token it has follows from the token. */
export type DescribedAccount = Omit<Account, 'tokenId'>;

export interface AccountEntriesDeps {
  readonly store: SavedStore;
  /** Told of each token as it comes and goes, so that the log can mask it. */
  readonly registerSecret: (secret: string) => () => void;
  readonly onChange: (state: AccountsState) => void;
}

/** The accounts that are held, which of them is shown, and what of it is on disk. Decides nothing. */
export class AccountEntries {
  readonly #deps: AccountEntriesDeps;
  readonly #entries = new Map<AccountId, AccountEntry>();
  #phase: AccountsState['phase'] = 'loading';
  currentId: AccountId | null;

  /** Reads the list, so that whatever is saved from now on has it. */
  constructor(deps: AccountEntriesDeps) {
    this.#deps = deps;
    const { accounts, currentId } = readAccountList(deps.store);
    for (const { inKeychain, ...stored } of accounts) {
      this.put({ ...stored, kind: 'token', storage: 'keychain', access: 'unavailable' }, null, inKeychain);
    }
    this.currentId = currentId;
  }

  /** The accounts as everybody may see them. */
  state(): AccountsState {
    const accounts = [...this.#entries.values()].map(({ account }) => account);
    return { phase: this.#phase, accounts, currentId: this.currentId };
  }

  ids(): readonly AccountId[] {
    return [...this.#entries.keys()];
  }

  get(id: AccountId): AccountEntry | undefined {
    return this.#entries.get(id);
  }

  /** The account that a token belongs to: the same token, or the same person at the same address. */
  find(apiUrl: string, email: string | null, token: string): AccountEntry | undefined {
    return [...this.#entries.values()].find(
      (entry) =>
        entry.account.kind === 'token' &&
        entry.account.apiUrl === apiUrl &&
        (entry.token === token || (email !== null && entry.account.email === email)),
    );
  }

  /** Holds an account, in the place of what was held of it. */
  put(described: DescribedAccount, token: string | null, inKeychain: boolean): void {
    const account: Account = { ...described, tokenId: tokenIdOf(token) };
    const forgetSecret = token === null ? (): void => undefined : this.#deps.registerSecret(token);
    this.#entries.get(account.id)?.forgetSecret();
    this.#entries.set(account.id, { account, token, inKeychain, forgetSecret });
  }

  /** Describes an account again; one that is not held stays so. */
  describe(id: AccountId, patch: Partial<Pick<Account, 'access' | 'writeToken'>>): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#entries.set(id, { ...entry, account: { ...entry.account, ...patch } });
  }

  /** Lets go of an account; the next one is shown in its place. */
  remove(id: AccountId): void {
    this.#entries.get(id)?.forgetSecret();
    this.#entries.delete(id);
    if (this.currentId === id) this.currentId = this.#entries.keys().next().value ?? null;
  }

  /** The keychain was asked for each token. */
  loaded(): void {
    this.#phase = 'ready';
    this.changed();
  }

  /** Writes the list and tells of it. */
  save(): void {
    writeAccountList(this.#deps.store, [...this.#entries.values()], this.currentId);
    this.changed();
  }

  /** Tells of a change that is not on disk. */
  changed(): void {
    this.#deps.onChange(this.state());
  }
}

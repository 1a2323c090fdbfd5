import type { Account, AccountAccess, AccountsState } from '../../preload/contract/account.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { JsonStore } from '../settings/json-store.ts';
import { readAccountList, writeAccountList } from './account-list.ts';
import type { Keychain, KeychainError } from './keychain.ts';

/** Who a token belongs to, as `GET /me` says. */
export type Identity = Pick<Account, 'name' | 'email' | 'projects' | 'onboarded'>;

/** What the accounts need of the rest. */
export interface AccountsDeps {
  readonly store: JsonStore;
  readonly keychain: Keychain;
  readonly defaultApiUrl: string;
  /** Validates an address that was typed. */
  readonly checkApiUrl: (address: string) => Result<string>;
  /** Asks `GET /me` with the token. */
  readonly identify: (apiUrl: string, token: string) => Promise<Result<Identity>>;
  /** Starts the local Evorxa of the demo account. */
  readonly startDemo: () => Promise<Result<{ readonly apiUrl: string; readonly token: string }>>;
  readonly newId: () => AccountId;
  /** Told of each token as it comes and goes, so that the log can mask it. */
  readonly registerSecret: (secret: string) => () => void;
  readonly onChange: (state: AccountsState) => void;
}

interface Entry {
  readonly account: Account;
  readonly token: string | null;
  readonly forgetSecret: () => void;
}

const secretName = (id: AccountId): string => `token:${id}`;

/** A demo account has one well-known id: a second one would be a second cloud. */
const demoId = 'demo' as AccountId;

const noAccount: AppError = { kind: 'no-account' };

/** Holds the accounts: signs in and out, switches, and is the only one that hands out tokens. */
export class Accounts {
  readonly #deps: AccountsDeps;
  readonly #entries = new Map<AccountId, Entry>();
  #currentId: AccountId | null = null;
  #phase: AccountsState['phase'] = 'loading';

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
  }

  /** The accounts as everybody may see them. */
  state(): AccountsState {
    const accounts = [...this.#entries.values()].map(({ account }) => account);
    return { phase: this.#phase, accounts, currentId: this.#currentId };
  }

  /** The token of an account that can be used now, else null. Stays in the main process. */
  token(id: AccountId): string | null {
    const entry = this.#entries.get(id);
    return entry?.account.access === 'ready' ? entry.token : null;
  }

  /** Reads the list, then asks the keychain for each token. Accounts whose token cannot be read stay, and say why. */
  async load(): Promise<void> {
    const { accounts, currentId } = readAccountList(this.#deps.store);
    for (const stored of accounts) {
      this.#put({ ...stored, kind: 'token', storage: 'keychain', access: 'unavailable' }, null);
    }
    this.#currentId = currentId;
    await Promise.all(accounts.map(({ id }) => this.#readToken(id)));
    this.#phase = 'ready';
    this.#changed();
  }

  /** Checks a token against the API and keeps it; one that is known already takes the old account's place. */
  async signIn(token: string, apiUrl: string | null): Promise<Result<{ accountId: AccountId }>> {
    const address = this.#deps.checkApiUrl(apiUrl ?? this.#deps.defaultApiUrl);
    if (!address.ok) return address;
    const forgetSecret = this.#deps.registerSecret(token);
    const identity = await this.#deps.identify(address.value, token);
    if (!identity.ok) {
      forgetSecret();
      return identity;
    }
    const known = [...this.#entries.values()].find(
      ({ account }) =>
        account.kind === 'token' &&
        account.apiUrl === address.value &&
        account.email === identity.value.email,
    );
    const id = known?.account.id ?? this.#deps.newId();
    forgetSecret();
    this.#put(
      { id, kind: 'token', ...identity.value, apiUrl: address.value, storage: 'session', access: 'ready' },
      token,
    );
    await this.#keepToken(id);
    this.#currentId = id;
    this.#save();
    return ok({ accountId: id });
  }

  /** Opens the demo account, starting its local Evorxa at the first time. */
  async openDemo(): Promise<Result<{ accountId: AccountId }>> {
    if (!this.#entries.has(demoId)) {
      const demo = await this.#deps.startDemo();
      if (!demo.ok) return demo;
      const { apiUrl, token } = demo.value;
      const identity = await this.#deps.identify(apiUrl, token);
      if (!identity.ok) return identity;
      this.#put(
        { id: demoId, kind: 'demo', ...identity.value, apiUrl, storage: 'session', access: 'ready' },
        token,
      );
    }
    this.#currentId = demoId;
    this.#save();
    return ok({ accountId: demoId });
  }

  /** Shows another account. */
  switchTo(id: AccountId): Result<undefined> {
    if (!this.#entries.has(id)) return fail(noAccount);
    this.#currentId = id;
    this.#save();
    return ok(undefined);
  }

  /**
   * Forgets an account and its token. Where the keychain will not let go of the token the account stays, so that
   * no secret is left behind unseen.
   */
  async signOut(id: AccountId): Promise<Result<undefined>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return fail(noAccount);
    if (entry.account.storage === 'keychain') {
      const removed = await this.#deps.keychain.remove(secretName(id));
      if (!removed.ok) return removed;
    }
    entry.forgetSecret();
    this.#entries.delete(id);
    if (this.#currentId === id) this.#currentId = this.#entries.keys().next().value ?? null;
    this.#save();
    return ok(undefined);
  }

  /** Asks the keychain again, which may show the system's unlock prompt: reads a token, or keeps one held in memory. */
  async retryKeychain(id: AccountId): Promise<Result<undefined>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return fail(noAccount);
    const error = entry.token === null ? await this.#readToken(id) : await this.#keepToken(id);
    this.#changed();
    return error === null ? ok(undefined) : fail(error);
  }

  /** The API refused the token (401). It is kept until the person says otherwise. */
  markSignedOut(id: AccountId): void {
    this.#setAccess(id, 'signed-out');
    this.#changed();
  }

  async #readToken(id: AccountId): Promise<KeychainError | null> {
    const read = await this.#deps.keychain.read(secretName(id));
    const entry = this.#entries.get(id);
    if (entry === undefined) return null;
    if (read.ok && read.value !== null) {
      this.#put({ ...entry.account, access: 'ready' }, read.value);
      return null;
    }
    this.#setAccess(id, !read.ok && read.error.kind === 'keychain-locked' ? 'locked' : 'unavailable');
    if (!read.ok) return read.error;
    return { kind: 'keychain-unavailable', message: 'The keychain no longer holds this token.' };
  }

  async #keepToken(id: AccountId): Promise<KeychainError | null> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.token === null || entry.account.kind === 'demo') return null;
    const written = await this.#deps.keychain.write(secretName(id), entry.token);
    this.#put({ ...entry.account, storage: written.ok ? 'keychain' : 'session' }, entry.token);
    return written.ok ? null : written.error;
  }

  #put(account: Account, token: string | null): void {
    this.#entries.get(account.id)?.forgetSecret();
    const forgetSecret = token === null ? (): void => undefined : this.#deps.registerSecret(token);
    this.#entries.set(account.id, { account, token, forgetSecret });
  }

  #setAccess(id: AccountId, access: AccountAccess): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#entries.set(id, { ...entry, account: { ...entry.account, access } });
  }

  #save(): void {
    const { accounts, currentId } = this.state();
    writeAccountList(this.#deps.store, accounts, currentId);
    this.#changed();
  }

  #changed(): void {
    this.#deps.onChange(this.state());
  }
}

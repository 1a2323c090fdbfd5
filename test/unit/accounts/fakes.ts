import { beforeEach } from 'vitest';
import type { AccountsState } from '../../../preload/contract/account.ts';
import type { AccountId, ProjectId } from '../../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { Accounts, type AccountsDeps, type Identity } from '../../../main/accounts/accounts.ts';
import type { Keychain, KeychainError } from '../../../main/keychain/keychain.ts';
import { createSecretRemovals } from '../../../main/keychain/removals.ts';
import type { SavedStore } from '../../../main/storage/index.ts';

/** Secrets in memory, with a fault that can be set: what each call answers instead. */
export class FakeKeychain implements Keychain {
  readonly secrets = new Map<string, string>();
  fault: KeychainError | null = null;
  /** When set, calls wait for it before they do anything. */
  gate: Promise<void> | null = null;

  read(name: string): Promise<Result<string | null, KeychainError>> {
    return this.#answer(() => this.secrets.get(name) ?? null);
  }
  write(name: string, secret: string): Promise<Result<undefined, KeychainError>> {
    return this.#answer(() => void this.secrets.set(name, secret));
  }
  remove(name: string): Promise<Result<undefined, KeychainError>> {
    return this.#answer(() => void this.secrets.delete(name));
  }

  async #answer<T>(act: () => T): Promise<Result<T, KeychainError>> {
    await this.gate;
    return this.fault === null ? ok(act()) : fail(this.fault);
  }
}

/** A store whose content can be looked at as it would be on disk. */
export class FakeStore implements SavedStore {
  readonly values = new Map<string, unknown>();
  get(key: string): unknown {
    return this.values.get(key);
  }
  set(key: string, value: unknown): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.parse(JSON.stringify(value)));
  }
  saved(): Promise<Result<undefined, never>> {
    return Promise.resolve(ok(undefined));
  }
  text(): string {
    return JSON.stringify([...this.values]);
  }
}

export const locked: KeychainError = { kind: 'keychain-locked' };
export const unavailable: KeychainError = { kind: 'keychain-unavailable', message: 'No bus.' };
export const officialUrl = 'https://api.evorxa.com/api';

/** A person by a token's first word: `ada-1` and `ada-2` are both Ada's. */
export function identityOf(token: string): Identity {
  const name = token.split('-')[0] ?? token;
  return {
    name,
    email: `${name}@example.com`,
    projects: [{ id: 'p1' as ProjectId, name: 'Main' }],
    onboarded: true,
  };
}

/** The accounts of one run of the app, over a store and a keychain that outlive it. */
export function startAccounts(
  store: FakeStore,
  keychain: FakeKeychain,
  overrides: Partial<AccountsDeps> = {},
): { readonly accounts: Accounts; readonly states: AccountsState[]; readonly held: Map<string, number> } {
  const states: AccountsState[] = [];
  const held = new Map<string, number>();
  const accounts = new Accounts({
    store,
    keychain,
    removals: createSecretRemovals({ keychain, store, onError: () => undefined }),
    defaultApiUrl: officialUrl,
    mayUseDefaultApi: () => Promise.resolve(true),
    checkApiUrl: (address) =>
      address.startsWith('https://') ? ok(address) : fail({ kind: 'not-evorxa', message: 'https only' }),
    identify: (_apiUrl, token) => Promise.resolve(ok(identityOf(token))),
    startDemo: () => Promise.resolve(ok({ apiUrl: 'http://127.0.0.1:9', token: 'demo-token' })),
    newId: () => `id-${crypto.randomUUID()}` as AccountId,
    registerSecret: (secret) => {
      held.set(secret, (held.get(secret) ?? 0) + 1);
      return () => {
        const left = (held.get(secret) ?? 0) - 1;
        if (left === 0) held.delete(secret);
        else held.set(secret, left);
      };
    },
    onChange: (state) => states.push(state),
    onSignedOut: () => undefined,
    forgetSecrets: () => Promise.resolve([]),
    ...overrides,
  });
  return { accounts, states, held };
}

/** Starts the app on what an earlier run left. */
export async function loadAccounts(
  store: FakeStore,
  keychain: FakeKeychain,
): Promise<ReturnType<typeof startAccounts>> {
  const run = startAccounts(store, keychain);
  await run.accounts.load();
  return run;
}

/** Signs in with a token that is accepted; gives the account's id. */
export async function signIn(
  accounts: Accounts,
  token: string,
  apiUrl: string | null = null,
): Promise<AccountId> {
  const result = await accounts.signIn(token, apiUrl);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value.accountId;
}

/** The one account that there is. */
export const only = (accounts: Accounts): ReturnType<Accounts['state']>['accounts'][number] => {
  const [account, ...others] = accounts.state().accounts;
  if (account === undefined || others.length > 0) throw new Error('Not one account.');
  return account;
};

/** A promise, and what lets it go. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** The accounts of a person over several starts of the app: each test begins with an empty disk and keychain. */
export function accountsRig(): {
  readonly store: FakeStore;
  readonly keychain: FakeKeychain;
  /** Starts the app for the first time. */
  readonly start: (overrides?: Partial<AccountsDeps>) => ReturnType<typeof startAccounts>;
  /** Starts the app again on what the last run left. */
  readonly restart: () => ReturnType<typeof loadAccounts>;
} {
  let store = new FakeStore();
  let keychain = new FakeKeychain();
  beforeEach(() => {
    store = new FakeStore();
    keychain = new FakeKeychain();
  });
  return {
    get store() {
      return store;
    },
    get keychain() {
      return keychain;
    },
    start: (overrides = {}) => startAccounts(store, keychain, overrides),
    restart: () => loadAccounts(store, keychain),
  };
}

import type { AccountsState, LeftSecret, SignedOut } from '../../preload/contract/account.ts';
import type { AccountId, ApiTokenId } from '../../preload/contract/brands.ts';
import type { ApiError, AppError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { LentToken } from '../api/index.ts';
import { AccountEntries, type AccountEntriesDeps, type AccountEntry } from './account-entries.ts';
import { DemoEntry, type DemoEntryDeps } from './demo-entry.ts';
import { demoId } from './demo-id.ts';
import type { Keychain, KeychainError, SecretRemovals } from '../keychain/index.ts';
import { secretName } from './secret-name.ts';
import { notAToken, tokenIdOf, tokenIn } from './token-text.ts';
import { writeTokenName, WriteTokens } from './write-tokens.ts';

export type { Identity } from './account-entries.ts';

/** A token that the app itself uses: which one, and how it is let go of once it is revoked. */
export interface OwnToken {
  readonly id: ApiTokenId | null;
  readonly forget: () => Promise<Result<SignedOut>>;
}

export interface AccountsDeps extends AccountEntriesDeps, DemoEntryDeps {
  readonly keychain: Keychain;
  readonly removals: SecretRemovals;
  readonly defaultApiUrl: string;
  /** Whether a token may be sent to the default address. */
  readonly mayUseDefaultApi: () => Promise<boolean>;
  /** Validates an address that was typed. */
  readonly checkApiUrl: (address: string) => Result<string>;
  readonly newId: () => AccountId;
  /** An account was signed out: what else was kept of it is no longer wanted. */
  readonly onSignedOut: (id: AccountId) => void;
  /** Removes the other secrets of an account that is signed out; gives those that were not removed. */
  readonly forgetSecrets: (id: AccountId) => Promise<readonly LeftSecret[]>;
}

const noAccount: AppError = { kind: 'no-account' };
/** The user said no to an address that an environment variable names. */
const notSentElsewhere: AppError = {
  kind: 'refused',
  message: 'The token was not sent. To use Evorxa’s own address, start the app without EVORXA_API_URL.',
};

/** Holds the accounts: signs in and out, switches, and is the only one that hands out tokens. */
export class Accounts {
  readonly #deps: AccountsDeps;
  readonly #entries: AccountEntries;
  readonly #writeTokens: WriteTokens;
  readonly #demo: DemoEntry;

  /** Reads the list, so that whatever is saved from now on has it. */
  constructor(deps: AccountsDeps) {
    this.#deps = deps;
    this.#entries = new AccountEntries(deps);
    this.#writeTokens = new WriteTokens(deps);
    this.#demo = new DemoEntry(deps, this.#entries);
  }

  /** The accounts as everybody may see them. */
  state(): AccountsState {
    return this.#entries.state();
  }

  /** The token of an account that can be used now, else null. Stays in the main process. */
  token(id: AccountId): string | null {
    const entry = this.#entries.get(id);
    return entry?.account.access === 'ready' ? entry.token : null;
  }

  /** The tokens that the app uses for the account that is shown, and how each is let go of. */
  ownTokens(): readonly OwnToken[] {
    const { currentId } = this.#entries;
    const account = currentId === null ? undefined : this.#entries.get(currentId)?.account;
    if (account === undefined) return [];
    const main = { id: account.tokenId, forget: () => this.signOut(account.id) };
    if (account.writeToken === null) return [main];
    const forgetWrite = async (): Promise<Result<SignedOut>> => {
      const removed = await this.removeWriteToken(account.id);
      return removed.ok ? ok({ left: [] }) : removed;
    };
    return [main, { id: account.writeToken.id, forget: forgetWrite }];
  }

  /**
   * Asks the keychain for each token, and to let go of what earlier runs could not remove. Accounts whose token cannot be
   * read stay, and say why.
   */
  async load(): Promise<void> {
    // Nobody waits for it.
    void this.#deps.removals.finish();
    await Promise.all(this.#entries.ids().map((id) => this.#readToken(id)));
    this.#entries.loaded();
  }

  /** Checks a token against the API and keeps it; one that is known already takes the old account's place. */
  async signIn(pasted: string, apiUrl: string | null): Promise<Result<{ accountId: AccountId }>> {
    const token = tokenIn(pasted);
    if (token === null) return fail(notAToken);
    const address = this.#deps.checkApiUrl(apiUrl ?? this.#deps.defaultApiUrl);
    if (!address.ok) return address;
    if (apiUrl === null && !(await this.#deps.mayUseDefaultApi())) return fail(notSentElsewhere);
    const forgetSecret = this.#deps.registerSecret(token);
    try {
      const identity = await this.#deps.identify(address.value, token);
      if (!identity.ok) return identity;
      const known = this.#entries.find(address.value, identity.value.email, token);
      const id = known?.account.id ?? this.#deps.newId();
      this.#entries.put(
        {
          id,
          kind: 'token',
          ...identity.value,
          apiUrl: address.value,
          storage: 'session',
          access: 'ready',
          writeToken: known?.account.writeToken ?? null,
        },
        token,
        known?.inKeychain ?? false,
      );
      this.#entries.currentId = id;
      // Shown before the keychain is asked, which may wait for a prompt.
      this.#entries.save();
      await this.#keepToken(id);
      return ok({ accountId: id });
    } finally {
      forgetSecret();
    }
  }

  /** Opens the demo account, starting its local Evorxa where it is not there. */
  async openDemo(): Promise<Result<{ accountId: AccountId }>> {
    const started = await this.#demo.open();
    if (!started.ok) return started;
    this.#entries.currentId = demoId;
    this.#entries.save();
    return ok({ accountId: demoId });
  }

  /** The local Evorxa of the demo account has ended by itself. */
  demoEnded(): void {
    this.#demo.ended();
  }

  /** Starts it again where it has ended, at another address, with nothing of what was done in it. */
  async restartDemo(): Promise<Result<undefined>> {
    if (!this.#demo.isThere()) return fail(noAccount);
    const started = await this.#demo.open();
    if (started.ok) this.#entries.save();
    return started;
  }

  /** Shows another account. */
  switchTo(id: AccountId): Result<undefined> {
    if (this.#entries.get(id) === undefined) return fail(noAccount);
    this.#entries.currentId = id;
    this.#entries.save();
    return ok(undefined);
  }

  /**
   * Ends an account at once, whatever the keychain says, so that none is left with half of its tokens. What the
   * keychain does not let go of is named, and removed at the next start.
   */
  async signOut(id: AccountId): Promise<Result<SignedOut>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return fail(noAccount);
    this.#entries.remove(id);
    this.#deps.onSignedOut(id);
    // Begun before the list is saved: by then it is on disk what has to be removed.
    const removing = Promise.all([this.#removeTokens(entry), this.#deps.forgetSecrets(id)]);
    this.#entries.save();
    return ok({ left: (await removing).flat() });
  }

  /** Asked in any case: a write that was given up may have gone through once its prompt was answered. */
  async #removeTokens({ account, inKeychain }: AccountEntry): Promise<readonly LeftSecret[]> {
    if (account.kind === 'demo') return [];
    const [main, write] = [secretName(account), writeTokenName(account)];
    const left = await this.#deps.removals.remove([main, write]);
    return [
      ...(inKeychain && left.includes(main) ? ['token' as const] : []),
      ...(account.writeToken !== null && left.includes(write) ? ['write-token' as const] : []),
    ];
  }

  /**
   * Checks a second token of the account's person and keeps it in the keychain: from then on the main one only reads.
   * Errors: `refused` with the reason, those of the API, and those of the keychain.
   */
  async addWriteToken(id: AccountId, pasted: string): Promise<Result<undefined>> {
    const entry = this.#entries.get(id);
    if (entry?.account.kind !== 'token') return fail(noAccount);
    const token = tokenIn(pasted);
    if (token === null) return fail(notAToken);
    const added = await this.#writeTokens.add(entry.account, entry.token, token);
    if (!added.ok) return added;
    // Signed out meanwhile: what has just been written would be left behind.
    if (this.#entries.get(id) === undefined) {
      await this.#deps.removals.remove([writeTokenName(entry.account)]);
      return fail(noAccount);
    }
    this.#entries.describe(id, { writeToken: { id: tokenIdOf(token) } });
    this.#entries.save();
    return ok(undefined);
  }

  /** Removes the second token of an account: the main one does for everything again. */
  async removeWriteToken(id: AccountId): Promise<Result<undefined>> {
    const account = this.#entries.get(id)?.account;
    if (account === undefined) return fail(noAccount);
    const removed = await this.#writeTokens.remove(account);
    if (!removed.ok) return removed;
    this.#entries.describe(id, { writeToken: null });
    this.#entries.save();
    return removed;
  }

  /** Fetches the second token of an account for one request; null where it has none. */
  lendWriteToken(id: AccountId): Promise<Result<LentToken, ApiError>> | null {
    const account = this.#entries.get(id)?.account;
    return account === undefined || account.writeToken === null ? null : this.#writeTokens.lend(account);
  }

  /** Asks the keychain again, which may show the system's unlock prompt: reads a token, or keeps one held in memory. */
  async retryKeychain(id: AccountId): Promise<Result<undefined>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return fail(noAccount);
    const error = entry.token === null ? await this.#readToken(id) : await this.#keepToken(id);
    this.#entries.save();
    return error === null ? ok(undefined) : fail(error);
  }

  /** The API refused `token` (401). It is kept until the user says otherwise. A newer token is not meant. */
  markSignedOut(id: AccountId, token: string): void {
    if (this.#entries.get(id)?.token !== token) return;
    this.#entries.describe(id, { access: 'signed-out' });
    this.#entries.changed();
  }

  async #readToken(id: AccountId): Promise<KeychainError | null> {
    const asked = this.#entries.get(id);
    if (asked === undefined) return null;
    const read = await this.#deps.keychain.read(secretName(asked.account));
    const entry = this.#entries.get(id);
    // Signed out, or signed in again, while the keychain was asked.
    if (entry === undefined || entry.token !== null) return null;
    if (read.ok && read.value !== null) {
      this.#entries.put({ ...entry.account, storage: 'keychain', access: 'ready' }, read.value, true);
      return null;
    }
    const access = !read.ok && read.error.kind === 'keychain-locked' ? 'locked' : 'unavailable';
    this.#entries.put({ ...entry.account, access }, null, read.ok ? false : entry.inKeychain);
    if (!read.ok) return read.error;
    return { kind: 'keychain-unavailable', message: 'The keychain no longer has this token.' };
  }

  async #keepToken(id: AccountId): Promise<KeychainError | null> {
    const { token, account } = this.#entries.get(id) ?? {};
    if (token === undefined || token === null || account?.kind !== 'token') return null;
    // What the keychain holds is found by the list: a crash must not leave a token there that is in no list.
    await this.#deps.store.saved();
    const written = await this.#deps.keychain.write(secretName(account), token);
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      // Signed out while the keychain was asked: what has just been written would be left behind.
      if (written.ok) await this.#deps.removals.remove([secretName(account)]);
      return null;
    }
    // Another sign-in took this token's place and writes its own.
    if (entry.token !== token) return null;
    const storage = written.ok ? 'keychain' : 'session';
    this.#entries.put({ ...entry.account, storage }, token, written.ok || entry.inKeychain);
    this.#entries.save();
    return written.ok ? null : written.error;
  }
}

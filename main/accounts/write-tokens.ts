import type { Account } from '../../preload/contract/account.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { LentToken } from '../api/index.ts';
import type { Keychain } from '../keychain/index.ts';

/** Whose write token it is. */
type Owner = Pick<Account, 'id' | 'apiUrl' | 'email'>;

export interface WriteTokensDeps {
  readonly keychain: Keychain;
  /** Asks `GET /me` with a token. */
  readonly identify: (apiUrl: string, token: string) => Promise<Result<{ readonly email: string | null }>>;
  /** Told of a token while it is at hand, so that the log can mask it. */
  readonly registerSecret: (secret: string) => () => void;
}

/** A write token's name in the keychain. As the main token's, it holds the origin: it can be sent nowhere else. */
export const writeTokenName = ({ id, apiUrl }: Owner): string =>
  `write-token:${id}@${new URL(apiUrl).origin}`;

/**
 * The second tokens of accounts whose main one only reads. They are in the keychain and nowhere else: each is fetched
 * for one request and let go of once it has left.
 */
export class WriteTokens {
  readonly #deps: WriteTokensDeps;

  constructor(deps: WriteTokensDeps) {
    this.#deps = deps;
  }

  /**
   * Checks that a token is of the same person at the same address, and keeps it. Errors: `refused` where it is not,
   * those of the API, and those of the keychain: in memory alone it would be held longer than an action.
   */
  async add(owner: Owner, mainToken: string | null, token: string): Promise<Result<undefined>> {
    if (token === mainToken)
      return refused('This is the token that the account uses already. Paste another one.');
    const release = this.#deps.registerSecret(token);
    try {
      const identity = await this.#deps.identify(owner.apiUrl, token);
      if (!identity.ok) return identity;
      const { email } = identity.value;
      if (email === null || owner.email === null) {
        return refused(
          'It cannot be told whose token this is: Evorxa gave no e-mail address. It was not saved.',
        );
      }
      if (email !== owner.email) {
        return refused(`This token belongs to ${email}, the account to ${owner.email}. It was not saved.`);
      }
      return await this.#deps.keychain.write(writeTokenName(owner), token);
    } finally {
      release();
    }
  }

  /** Fetches a token for one request. A keychain that is locked may show its prompt. */
  async lend(owner: Owner): Promise<Result<LentToken, ApiError>> {
    const read = await this.#deps.keychain.read(writeTokenName(owner));
    if (!read.ok) {
      const reason = read.error.kind === 'keychain-locked' ? 'locked' : 'unavailable';
      return fail({ kind: 'no-write-token', reason });
    }
    if (read.value === null) return fail({ kind: 'no-write-token', reason: 'gone' });
    return ok({ token: read.value, release: this.#deps.registerSecret(read.value) });
  }

  /** Takes a token out of the keychain; one that is not there counts as removed. */
  remove(owner: Owner): Promise<Result<undefined>> {
    return this.#deps.keychain.remove(writeTokenName(owner));
  }
}

function refused(message: string): Result<never> {
  return fail({ kind: 'refused', message });
}

import type { Result } from '../../../preload/contract/result.ts';
import type { OwnToken } from '../../accounts/index.ts';
import { mintToken, revokeToken, type TokensClient } from '../../tokens/index.ts';
import { done, onCurrent, readAgain, type Domain, type Watching } from './shared.ts';

/** The account that is shown, as far as its tokens are concerned. */
type TokenAccount = TokensClient & Watching;

/** What the calls about API tokens are answered by. */
export interface TokenHandlerParts {
  readonly current: () => TokenAccount | null;
  /** The tokens that the app uses for the account that is shown. */
  readonly own: () => readonly OwnToken[];
  /** The addresses whose firewall's change waits to be confirmed. */
  readonly openChanges: () => readonly string[];
  /** Lends a secret to the clipboard. */
  readonly copySecret: (secret: string) => void;
}

/** Answers the calls of the domain `apiTokens`. */
export function createTokenHandlers({
  current,
  own,
  openChanges,
  copySecret,
}: TokenHandlerParts): Domain<'apiTokens'> {
  /** Runs `act` on the account that is shown, and has its list of tokens read again. */
  const changing = <T>(act: (account: TokenAccount) => Promise<Result<T>>): Promise<Result<T>> | Result<T> =>
    onCurrent(current, async (account) => {
      const result = await act(account);
      // Not waited for: a secret that can be shown once is shown now.
      void readAgain(account, [{ kind: 'api-tokens' }]);
      return result;
    });
  return {
    mint: (request) => changing((account) => mintToken(account, request)),
    revoke: (request) =>
      changing(({ client, record, watches }) => {
        const name =
          watches.known({ kind: 'api-tokens' })?.find(({ id }) => id === request.tokenId)?.name ?? null;
        return revokeToken({ client, record, own: own(), openChanges: openChanges() }, { ...request, name });
      }),
    copySecret: ({ secret }) => {
      copySecret(secret);
      return done;
    },
  };
}

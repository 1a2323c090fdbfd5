import type { HandlersOf } from '../../../preload/contract/define.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { AccountWatches } from '../../monitor/index.ts';
import { mintToken, type TokensClient } from '../../tokens/mint-token.ts';
import { revokeToken, type OwnToken } from '../../tokens/revoke-token.ts';

/** The account that is shown, as far as its tokens are concerned. */
interface TokenAccount extends TokensClient {
  readonly watches: Pick<AccountWatches['watches'], 'refreshAnew'>;
}

/** What the calls about API tokens are answered by. */
export interface TokenHandlerParts {
  readonly current: () => TokenAccount | null;
  /** The tokens that the app uses for the account that is shown. */
  readonly own: () => readonly OwnToken[];
  /** Lends a secret to the clipboard. */
  readonly copySecret: (secret: string) => void;
}

/** Answers the calls about API tokens. */
export function createTokenHandlers({
  current,
  own,
  copySecret,
}: TokenHandlerParts): Pick<HandlersOf<Contract>, 'apiTokens'> {
  /** Runs `act` on the account that is shown, and has its list of tokens read again. */
  const changing = async <T>(act: (account: TokenAccount) => Promise<Result<T>>): Promise<Result<T>> => {
    const account = current();
    if (account === null) return fail({ kind: 'no-account' });
    const result = await act(account);
    // Not waited for: a secret that can be shown once is shown now.
    void account.watches.refreshAnew({ kind: 'api-tokens' });
    return result;
  };
  return {
    apiTokens: {
      mint: (wish) => changing(({ client }) => mintToken({ client }, wish)),
      revoke: (wish) => changing(({ client }) => revokeToken({ client, own: own() }, wish)),
      copySecret: ({ secret }) => {
        copySecret(secret);
        return ok(undefined);
      },
    },
  };
}

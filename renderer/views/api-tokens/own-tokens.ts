import type { Account } from '../../../preload/contract/account.ts';
import type { ApiTokenId } from '../../../preload/contract/brands.ts';

/** What the app uses a token for. */
export type OwnUse = 'main' | 'write';

/** What the app itself uses a token of an account for, by the token's id; null: nothing, as far as it knows. */
export function ownUse(
  tokenId: ApiTokenId,
  account: Pick<Account, 'tokenId' | 'writeToken'> | null,
): OwnUse | null {
  if (account === null) return null;
  if (account.tokenId === tokenId) return 'main';
  return account.writeToken?.id === tokenId ? 'write' : null;
}

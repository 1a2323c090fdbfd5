import type { SignedOut } from '../../preload/contract/account.ts';
import type { ApiTokenId } from '../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { OwnToken } from '../accounts/index.ts';
import type { TokensClient } from './mint-token.ts';

/**
 * Revokes a token, once. One that is gone already counts as revoked. One that the app itself uses is refused, unless
 * `ownToo`: it is revoked then, and the app lets go of it; refused also while a firewall's change waits to be confirmed at
 * `openChanges`. Answers with what the keychain still holds of it.
 */
export async function revokeToken(
  {
    client,
    record,
    own,
    openChanges,
  }: TokensClient & { readonly own: readonly OwnToken[]; readonly openChanges: readonly string[] },
  {
    tokenId,
    ownToo,
    name,
  }: { readonly tokenId: ApiTokenId; readonly ownToo: boolean; readonly name: string | null },
): Promise<Result<SignedOut>> {
  const mine = own.find(({ id }) => id === tokenId);
  if (mine !== undefined && !ownToo) {
    return fail({
      kind: 'refused',
      message: 'This is the token that the app itself uses. Nothing was revoked.',
    });
  }
  // Without the token nobody could take it back.
  if (mine !== undefined && openChanges.length > 0) {
    return fail({
      kind: 'refused',
      message: `A firewall change of ${openChanges.join(', ')} waits to be confirmed. Keep it or take it back first. Nothing was revoked.`,
    });
  }
  const revoked = await record.run({ kind: 'token-revoked', name }, async () => {
    const sent = await client.request('tokens.delete', { path: { id: tokenId } });
    return sent.ok || sent.error.kind === 'not-found' ? ok(undefined) : sent;
  });
  if (!revoked.ok) return revoked;
  return mine === undefined ? ok({ left: [] }) : mine.forget();
}

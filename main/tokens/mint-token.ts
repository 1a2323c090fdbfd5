import type { MintedToken } from '../../preload/contract/keys.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient } from '../api/index.ts';

/** What the use cases of tokens need of an account. */
export interface TokensClient {
  readonly client: Pick<ApiClient, 'request'>;
}

/** Makes a token, once. What it may do is always said. Errors: those of the API, in words where its answer was lost. */
export async function mintToken(
  { client }: TokensClient,
  { name, abilities }: { readonly name: string; readonly abilities: readonly string[] },
): Promise<Result<MintedToken>> {
  const sent = await client.request('tokens.create', { body: { name, abilities: [...abilities] } });
  if (sent.ok) return ok(sent.value.value);
  if (sent.error.kind !== 'unknown-outcome') return sent;
  return fail({
    kind: 'refused',
    message:
      'The answer was lost, and the secret with it. If the token is in the list now, revoke it and make another.',
  });
}

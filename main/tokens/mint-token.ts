import type { MintedToken } from '../../preload/contract/keys.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Recorder } from '../activity/index.ts';
import type { ApiClient } from '../api/index.ts';

/** What the use cases of tokens need of an account. */
export interface TokensClient {
  readonly client: Pick<ApiClient, 'request'>;
  /** Where it is recorded what an action came to. */
  readonly record: Pick<Recorder, 'run'>;
}

/** Makes a token, once. What it may do is always said. Errors: those of the API, in words where its answer was lost. */
export async function mintToken(
  { client, record }: TokensClient,
  { name, abilities }: { readonly name: string; readonly abilities: readonly string[] },
): Promise<Result<MintedToken>> {
  const sent = await record.run({ kind: 'token-made', name }, () =>
    client.request('tokens.create', { body: { name, abilities: [...abilities] } }),
  );
  if (sent.ok) return ok(sent.value.value);
  if (sent.error.kind !== 'unknown-outcome') return sent;
  return fail({
    kind: 'refused',
    message:
      'The answer was lost, and the secret with it. If the token is in the list now, revoke it and create another one.',
  });
}

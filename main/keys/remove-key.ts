import type { SshKeyId } from '../../preload/contract/brands.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { KeysClient } from './add-key.ts';

/** Deletes a key of the account, once. One that is gone already counts as deleted. Servers that have it keep it. */
export async function removeKey({ client }: KeysClient, id: SshKeyId): Promise<Result<undefined>> {
  const sent = await client.request('keys.delete', { path: { id } });
  return sent.ok || sent.error.kind === 'not-found' ? ok(undefined) : sent;
}

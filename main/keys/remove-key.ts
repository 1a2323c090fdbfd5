import type { SshKeyId } from '../../preload/contract/brands.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { KeysClient } from './add-key.ts';

/** Deletes a key of the account, once. One that is gone already counts as deleted. Instances that have it keep it. */
export function removeKey(
  { client, record }: KeysClient,
  { id, name }: { readonly id: SshKeyId; readonly name: string | null },
): Promise<Result<undefined>> {
  return record.run({ kind: 'key-deleted', name }, async () => {
    const sent = await client.request('keys.delete', { path: { id } });
    return sent.ok || sent.error.kind === 'not-found' ? ok(undefined) : sent;
  });
}

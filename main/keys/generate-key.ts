import { keyFileName } from '../../preload/contract/key-file-name.ts';
import type { GeneratedKey } from '../../preload/contract/keys.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { registerKey, type KeysClient } from './add-key.ts';
import type { RunKeyJob } from './process/jobs.ts';

/** What the user says of a key to be made; `passphrase` null: none. */
export interface NewKeyRequest {
  readonly name: string;
  readonly passphrase: string | null;
}

/**
 * Makes a key in ~/.ssh and registers its public half. The file stays where the registration fails, so that it can be
 * tried again with `addKey`. Error: `refused` where nothing was written.
 */
export function generateAndAddKey(
  parts: KeysClient & { readonly run: RunKeyJob },
  request: NewKeyRequest,
): Promise<Result<GeneratedKey>> {
  return parts.record.run(
    { kind: 'key-made', name: request.name },
    () => generate(parts, request),
    ({ problem }) => (problem === null ? { outcome: 'done' } : { error: problem }),
  );
}

async function generate(
  parts: KeysClient & { readonly run: RunKeyJob },
  { name, passphrase }: NewKeyRequest,
): Promise<Result<GeneratedKey>> {
  const job = { kind: 'generate', fileName: keyFileName(name), comment: name, passphrase } as const;
  const written = await parts.run(job);
  if (!written.ok) return written;
  const { path, publicKey } = written.value;
  const added = await registerKey(parts, { name, publicKey });
  return ok({
    path,
    publicKey,
    key: added.ok ? added.value : null,
    problem: added.ok ? null : added.error,
  });
}

import type { SshKey } from '../../preload/contract/keys.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Recorder } from '../activity/index.ts';
import { publicKeyLine, readPublicKey, type ApiClient } from '../api/index.ts';

/** What the use cases of keys need of an account. */
export interface KeysClient {
  readonly client: Pick<ApiClient, 'request'>;
  /** Where it is recorded what an action came to. */
  readonly record: Pick<Recorder, 'run'>;
}

/** A key as the user wants it registered. */
export interface NewKey {
  readonly name: string;
  readonly publicKey: string;
}

/** Says why a text is no key that can be registered. */
export const notAPublicKey = {
  kind: 'refused',
  message:
    'This is not a public key in OpenSSH’s format. It is one line that begins with its type, such as ssh-ed25519.',
} as const;

/**
 * Registers a public key, once. One that the account has is refused before anything is sent. Where the answer is lost
 * or cannot be read, the list says whether the key is there. Errors: `refused` with the reason, and those of the API.
 */
export function addKey(parts: KeysClient, key: NewKey): Promise<Result<SshKey>> {
  return parts.record.run({ kind: 'key-added', name: key.name }, () => registerKey(parts, key));
}

/** The same, as a part of what is recorded elsewhere. */
export async function registerKey(
  { client }: Pick<KeysClient, 'client'>,
  { name, publicKey }: NewKey,
): Promise<Result<SshKey>> {
  const facts = readPublicKey(publicKey);
  if (facts === null) return fail(notAPublicKey);
  const find = async (): Promise<SshKey | null> => {
    const listed = await client.request('keys.list', {});
    const keys = listed.ok ? listed.value.value : [];
    return keys.find((key) => key.facts?.fingerprint === facts.fingerprint) ?? null;
  };
  const known = await find();
  if (known !== null) {
    return fail({ kind: 'refused', message: `This key is already registered as “${known.name}”.` });
  }
  const sent = await client.request('keys.create', { body: { name, public_key: publicKeyLine(publicKey) } });
  if (!sent.ok && sent.error.kind !== 'unknown-outcome') return sent;
  const key = (sent.ok ? sent.value.value.key : null) ?? (await find());
  if (key !== null) return ok(key);
  return sent.ok
    ? fail({ kind: 'unknown-outcome', message: 'The key was sent, and is not in the list yet.' })
    : sent;
}

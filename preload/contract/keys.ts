import * as z from 'zod/mini';
import type { ApiTokenId, SshKeyId } from './brands.ts';
import type { AppError } from './errors.ts';
import { allAbilities, fullAccess } from './abilities.ts';
import { looksPrivate } from './private-key.ts';

/** What a public key says of itself, read on this machine. */
export interface PublicKeyFacts {
  /** As the user says it: "ed25519", "RSA 4096", "ECDSA P-256". */
  readonly type: string;
  /** Empty where the key has none. */
  readonly comment: string;
  /** `SHA256:…`, as OpenSSH prints it. */
  readonly fingerprint: string;
  /** Why it should be replaced, as a sentence; null where nothing speaks against it. */
  readonly weakness: string | null;
}

/** A public key of the account, which instances are built with. */
export interface SshKey {
  readonly id: SshKeyId;
  readonly name: string;
  /** Null where the answer does not show it. */
  readonly publicKey: string | null;
  /** Null where there is no public key, or none that can be read. */
  readonly facts: PublicKeyFacts | null;
  readonly createdAtMs: number | null;
}

/** A key that this machine has: in a file of ~/.ssh, in the SSH agent, or both. Never its secret part. */
export interface LocalKey {
  /** `type base64 comment`: a line of authorized_keys. */
  readonly publicKey: string;
  readonly facts: PublicKeyFacts;
  /** The file it was read from, with `~` for the home folder; null where only the agent has it. */
  readonly path: string | null;
  /** A file with its private key is here. */
  readonly hasPrivateFile: boolean;
  readonly inSshAgent: boolean;
}

/** A file that the user chose, as the key that can be registered. */
export interface PickedKey {
  readonly key: LocalKey;
  /** It was the private key's file that was chosen: `key` is its public half. */
  readonly isFromPrivate: boolean;
}

/** A key that was made and written to this machine; the file stays, whatever became of the registration. */
export interface GeneratedKey {
  /** Of the private key, with `~` for the home folder. */
  readonly path: string;
  readonly publicKey: string;
  /** Null where it could not be registered: `problem` says why. */
  readonly key: SshKey | null;
  readonly problem: AppError | null;
}

/** Guards a public key that was pasted or chosen. One that looks private goes no further, not even to main's use cases. */
export const publicKeyText = z.string().check(
  z.minLength(1),
  z.maxLength(20_000),
  z.refine((text) => !looksPrivate(text)),
);

/** Guards the label of a key or a token. */
export const labelText = z.string().check(z.trim(), z.minLength(1), z.maxLength(255));

/** Guards what a new token may do: it is always said, since the API takes nothing for everything. */
export const tokenAbilities = z
  .array(z.enum([fullAccess, ...allAbilities]))
  .check(z.minLength(1), z.maxLength(50));

/** What a new token is known by, the one time that it can be. The window keeps it for that view alone. */
export interface MintedToken {
  /** Null where no field of the answer is known to hold it. */
  readonly secret: string | null;
  /** The whole answer where the secret was not found in it, so that it is not lost. */
  readonly answer: string | null;
}

/** A personal access token, without its secret. */
export interface ApiToken {
  readonly id: ApiTokenId;
  readonly name: string;
  /** `*` stands for all. */
  readonly abilities: readonly string[];
  readonly lastUsedAtMs: number | null;
  readonly createdAtMs: number | null;
}

import type { ApiTokenId, SshKeyId } from './brands.ts';

/** A public key of the account, which servers are built with. */
export interface SshKey {
  readonly id: SshKeyId;
  readonly name: string;
  /** Null where the answer does not show it. */
  readonly publicKey: string | null;
  readonly createdAtMs: number | null;
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

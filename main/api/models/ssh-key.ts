export interface SshKey {
  readonly id: string;
  readonly name: string;
  readonly publicKey: string | null;
  readonly createdAtMs: number | null;
}

/** The key as the server has it; null where the answer does not say: read the list again. */
export interface SavedSshKey {
  readonly key: SshKey | null;
}

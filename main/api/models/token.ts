/** A personal access token, without its secret. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  /** `*` stands for all. */
  readonly abilities: readonly string[];
  readonly lastUsedAtMs: number | null;
  readonly createdAtMs: number | null;
}

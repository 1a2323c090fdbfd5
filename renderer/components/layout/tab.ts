/** One tab; its count stands behind its name. */
export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number;
}

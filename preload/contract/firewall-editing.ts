/** What a typed source comes to, for an address of a family. */
export interface SourceReading {
  /** The source in its one form; null where it cannot be used. */
  readonly cidr: string | null;
  /** What it really matches, as a sentence; null where it cannot be used. */
  readonly matches: string | null;
  /** What is said of the way it was typed: host bits that are dropped, an IPv4 address written as IPv6. */
  readonly note: string | null;
  /** Why it cannot be used, as a sentence. */
  readonly problem: string | null;
}

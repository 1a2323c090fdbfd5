/** A port forward that is open, or about to be. */
export interface RunningForward {
  readonly start: () => void;
  /** Closes its port and ends all connections through it, at once. */
  readonly stop: () => void;
}

/** What a port forward tells. */
export interface ForwardEvents {
  /** Its port is open; `note`: what else there is to know. May be told again, with another note. */
  readonly on: (port: number, note: string | null) => void;
  readonly failed: (sentence: string) => void;
}

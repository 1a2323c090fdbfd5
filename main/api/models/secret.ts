/** An answer with a secret that is shown once and cannot be asked for again. Never logged, never cached. */
export interface RevealedSecret {
  /** Null where no field of the answer is known to hold it. */
  readonly secret: string | null;
  /** The whole answer as text where the secret was not found in it, so that it is not lost. */
  readonly answer: string | null;
}

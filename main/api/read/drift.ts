/**
 * Says that a part of an answer is not what the reference promises. `path` names the part. The message never
 * quotes a value: it may be a secret, and it is somebody else's text.
 */
export type Report = (path: string, message: string) => void;

/** What a value is, for a report. */
export function typeName(raw: unknown): string {
  if (raw === null) return 'null';
  return Array.isArray(raw) ? 'array' : typeof raw;
}

/** A part of an answer that could not be read, and was left out. */
export interface Drift {
  readonly endpoint: string;
  /** Where it is in the answer: `[3].ram`. */
  readonly path: string;
  readonly message: string;
}

/** An answer of 10,000 bad rows says the same thing 10,000 times: the first ones are enough. */
const driftLimit = 100;

/** Collects what is reported about one answer. */
export class DriftList {
  readonly #endpoint: string;
  readonly #drift: Drift[] = [];

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  get all(): readonly Drift[] {
    return this.#drift;
  }

  readonly report: Report = (path, message) => {
    if (this.#drift.length < driftLimit) this.#drift.push({ endpoint: this.#endpoint, path, message });
  };
}

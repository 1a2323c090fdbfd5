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

/** Names of fields are somebody else's texts: neither endless, nor endlessly many. */
const fieldLimit = 60;
const fieldsLimit = 200;

/** Collects what is reported about one answer. */
export class DriftList {
  readonly #endpoint: string;
  readonly #drift: Drift[] = [];
  readonly #fields = new Map<string, number>();

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  get all(): readonly Drift[] {
    return this.#drift;
  }

  /** How often each field was reported: its path without the places of rows, `rules.src_cidr`. */
  get fields(): ReadonlyMap<string, number> {
    return this.#fields;
  }

  readonly report: Report = (path, message) => {
    const field = path
      .slice(0, 4 * fieldLimit)
      .replace(/\[\d+\]/g, '')
      .replace(/^\.+/, '')
      .slice(0, fieldLimit);
    const count = this.#fields.get(field);
    if (count !== undefined || this.#fields.size < fieldsLimit) this.#fields.set(field, (count ?? 0) + 1);
    if (this.#drift.length < driftLimit) this.#drift.push({ endpoint: this.#endpoint, path, message });
  };
}

import type { EndpointId } from '../../api/routes.ts';

/** A request that reached the sandbox. */
export interface LogEntry {
  readonly requestId: number;
  /** Null where the path is none of the 54. */
  readonly endpoint: EndpointId | null;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Of the answer; 0 while there is none, or when the connection was dropped instead. */
  readonly status: number;
  /** Who asked, by its own word: the app, or something beside it. */
  readonly userAgent: string;
  /** On the sandbox's clock. */
  readonly atMs: number;
}

const longestLog = 50_000;

/** What was asked, oldest first; the oldest entries go when there are too many. */
export class RequestLog {
  readonly #entries = new Map<number, LogEntry>();
  #nextId = 1;

  begin(entry: Omit<LogEntry, 'requestId' | 'status'>): number {
    const requestId = this.#nextId;
    this.#nextId += 1;
    this.#entries.set(requestId, { ...entry, requestId, status: 0 });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > longestLog && !oldest.done) this.#entries.delete(oldest.value);
    return requestId;
  }

  end(requestId: number, status: number): void {
    const entry = this.#entries.get(requestId);
    if (entry) this.#entries.set(requestId, { ...entry, status });
  }

  entries(): readonly LogEntry[] {
    return [...this.#entries.values()];
  }

  clear(): void {
    this.#entries.clear();
  }
}

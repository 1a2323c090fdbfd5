import type { Clock } from '../clock/index.ts';
import type { Fetch, FetchAnswer, FetchInit } from './fetch.ts';

/** An answer that has waited for longer is no longer news: it is asked for again. */
const freshForMs = 3_000;
/** One that nobody has taken over by then is given up. */
const unclaimedForMs = 15_000;

/** A fetch that was told of a request before the one who wants its answer is there. */
export interface AheadFetch {
  /** Gives the answer of the same request that was sent ahead, once; sends any other. */
  readonly fetch: Fetch;
  /**
   * Sends a request that only reads. Its answer can be read here too: who takes the request over is told all of it, whether that
   * was done or not.
   */
  readonly sendAhead: (url: string, init: FetchInit) => Promise<FetchAnswer>;
}

interface Ahead {
  readonly answer: Promise<FetchAnswer>;
  readonly abort: AbortController;
  /** When it was answered, or failed; null: not yet. */
  endedAtMs: number | null;
}

/** Lets requests leave before the client that counts, repeats and reads them is loaded: it takes them over as its own. */
export function createAheadFetch(fetch: Fetch, clock: Pick<Clock, 'monotonicMs' | 'setTimeout'>): AheadFetch {
  const sent = new Map<string, Ahead>();
  return {
    sendAhead: (url, init) => {
      const key = keyOf(url, init);
      const abort = new AbortController();
      const answer = fetch(url, { ...init, signal: abort.signal }).then(withSharedBody);
      const ahead: Ahead = { answer, abort, endedAtMs: null };
      const ended = (): void => {
        ahead.endedAtMs = clock.monotonicMs();
      };
      ahead.answer.then(ended, ended);
      sent.set(key, ahead);
      clock.setTimeout(() => {
        if (sent.get(key) !== ahead) return;
        sent.delete(key);
        abort.abort();
      }, unclaimedForMs);
      return answer;
    },
    fetch: (url, init, onTaken) => {
      const key = keyOf(url, init);
      const ahead = sent.get(key);
      sent.delete(key);
      if (ahead === undefined || init.signal?.aborted === true) return fetch(url, init, onTaken);
      if (ahead.endedAtMs !== null && clock.monotonicMs() - ahead.endedAtMs > freshForMs) {
        ahead.abort.abort();
        return fetch(url, init, onTaken);
      }
      // Who takes it over ends it, also while its body comes.
      init.signal?.addEventListener('abort', () => ahead.abort.abort(), { once: true });
      onTaken?.();
      return ahead.answer;
    },
  };
}

/** The same answer, whose body can be read by several: each is given all of its parts. */
function withSharedBody(answer: FetchAnswer): FetchAnswer {
  if (answer.body === null) return answer;
  const source = answer.body[Symbol.asyncIterator]();
  const parts: Promise<IteratorResult<Uint8Array>>[] = [];
  const shared = {
    [Symbol.asyncIterator]: () => {
      let index = 0;
      return { next: () => (parts[index++] ??= source.next()) };
    },
  };
  const { status, headers, type } = answer;
  return { status, headers, body: shared, ...(type !== undefined && { type }) };
}

/** All that a request which only reads consists of: the same to another origin, or with another token, is another one. */
function keyOf(url: string, { method = 'GET', headers = {}, body }: FetchInit): string {
  return JSON.stringify([method, url, Object.entries(headers).sort(), body ?? null]);
}

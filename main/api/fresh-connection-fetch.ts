import type { Fetch, FetchAnswer } from './fetch.ts';

/** A connection pool of its own. */
export interface ConnectionPool {
  readonly fetch: Fetch;
  /** Closes its connections; nothing is under way on them then. */
  reset(): Promise<void>;
}

/**
 * A fetch that sends what changes something over a new connection. Chromium's network stack sends a request again,
 * a POST too, when a connection that it had used before breaks without an answer: a server that acted and then
 * dropped the line would act twice. (Seen with Electron 33; `HttpNetworkTransaction::ShouldResendRequest`.)
 * It does not do so on a new connection, so each such request gets a pool that was reset just before. Pools are
 * used again, since Electron never lets go of a session; there are as many as requests were ever under way at once.
 *
 * A pool is free when the signal of its request is aborted, which the client does at the end of each exchange.
 */
export function createFreshConnectionFetch(
  readFetch: Fetch,
  openPool: (index: number) => ConnectionPool,
): Fetch {
  const idle: ConnectionPool[] = [];
  let opened = 0;
  /** Electron's fetch copies headers and body when it is called. */
  const send = (fetch: Fetch, ...[url, init, onTaken]: Parameters<Fetch>): Promise<FetchAnswer> => {
    const answer = fetch(url, init);
    onTaken?.();
    return answer;
  };
  return async (url, init, onTaken) => {
    if (init.method === undefined || init.method === 'GET') return send(readFetch, url, init, onTaken);
    const pool = idle.pop() ?? openPool(opened++);
    const free = (): void => void idle.push(pool);
    if (init.signal?.aborted === true) free();
    else init.signal?.addEventListener('abort', free, { once: true });
    await pool.reset();
    return send(pool.fetch, url, init, onTaken);
  };
}

import {
  createFreshConnectionFetch,
  type Fetch,
  type ConnectionPool,
  type RequestLog,
} from '../api/index.ts';
import { openNetworkSession } from '../desktop/lockdown.ts';
import { createSessionFetch } from '../desktop/session-fetch.ts';
import type { Log } from '../log/index.ts';

/** A session of its own for the API: the window's may load nothing but `app://`. */
function apiPool(name: string): ConnectionPool {
  const network = openNetworkSession(`evorxa-api-${name}`);
  return { fetch: createSessionFetch(network), reset: () => network.closeAllConnections() };
}

/** Opens what requests to the API go through. */
export function createApiFetch(): Fetch {
  return createFreshConnectionFetch(apiPool('reads').fetch, (index) => apiPool(`changes-${index}`));
}

/** Gives a function that logs each request that was sent, a line each. */
export function createRequestLog(log: Pick<Log, 'info'>): (entry: RequestLog) => void {
  return ({ endpoint, attempt, status, durationMs, outcome }) =>
    log.info(`${endpoint} ${status} ${Math.round(durationMs)} ms ${outcome}, try ${attempt + 1}`);
}

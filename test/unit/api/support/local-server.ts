import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { createApiClient, type ApiClient, type RequestLog } from '../../../../main/api/index.ts';
import { systemClock } from '../../../../main/clock/index.ts';
import { token } from './fake-api.ts';

/** A real server on this machine, with the requests that reached it. */
export interface LocalServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: readonly http.IncomingMessage[];
}

/** Starts a server; with `tls` it speaks https. Closing it drops what is still open. */
export async function serve(
  listener: (request: http.IncomingMessage, response: http.ServerResponse) => void,
  tls?: { readonly key: string; readonly cert: string },
): Promise<LocalServer> {
  const requests: http.IncomingMessage[] = [];
  const note: http.RequestListener = (request, response) => {
    requests.push(request);
    listener(request, response);
  };
  const server = tls === undefined ? http.createServer(note) : https.createServer(tls, note);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/api`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A client with the real fetch. Its deadlines run `speed` times as fast. */
export function realClient(
  baseUrl: string,
  { speed = 1, log = [] }: { readonly speed?: number; readonly log?: RequestLog[] } = {},
): ApiClient {
  return createApiClient({
    baseUrl,
    token,
    fetch: (url, init) => fetch(url, init),
    clock: {
      ...systemClock,
      setTimeout: (run, delayMs) => systemClock.setTimeout(run, delayMs / speed),
    },
    random: () => 0,
    log: (entry) => log.push(entry),
  });
}

import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

/** An HTTP server that is up. */
export interface Listening {
  /** Without a trailing slash. */
  readonly origin: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Serves an application on 127.0.0.1, at the given port or, for 0, one that the system chooses. */
export function listen(
  app: { readonly fetch: Parameters<typeof serve>[0]['fetch'] },
  port: number,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address: AddressInfo) => {
      resolve({ origin: `http://127.0.0.1:${address.port}`, close: () => close(server as Server) });
    });
    server.once('error', reject);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

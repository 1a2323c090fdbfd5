import { once } from 'node:events';
import { createServer } from 'node:http';

/** An API that says what a test wants, for answers that the sandbox, which keeps to the reference, never gives. */
export interface StandInApi {
  readonly apiUrl: string;
  /** The paths that were asked for, as they came over the wire. */
  readonly paths: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts it on a free port of 127.0.0.1.
 * @param answers Bodies by `METHOD /path` as on the wire, below the base URL; all else is a 404.
 */
export async function startStandInApi(answers: Readonly<Record<string, unknown>>): Promise<StandInApi> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const path = (request.url ?? '').replace(/^\/api/, '');
    paths.push(path);
    const body = answers[`${request.method ?? ''} ${path}`];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { message: 'Not found.' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in listens on no port.');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    paths: () => paths,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** An API whose answers are the sandbox's, but for what a test changes in them. */
export interface ChangedApi {
  readonly apiUrl: string;
  readonly close: () => Promise<void>;
}

/** What becomes of a body as it was parsed. */
type Change = (body: unknown) => unknown;

/**
 * Starts it on a free port of 127.0.0.1.
 * @param upstreamUrl The base URL that everything is asked of.
 * @param changes By `METHOD /path` below the base URL, without the query; looked up again for each answer.
 * @param onDone What follows a request that is no GET and was done, before it is answered.
 */
export async function startChangedApi(
  upstreamUrl: string,
  changes: Readonly<Record<string, Change>>,
  onDone: (path: string) => Promise<void> = () => Promise.resolve(),
): Promise<ChangedApi> {
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').replace(/^\/api/, '');
    const method = request.method ?? 'GET';
    const sent = (await request.toArray()) as Buffer[];
    const answer = await fetch(upstreamUrl + path, {
      method,
      headers: {
        accept: 'application/json',
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? 'application/json',
      },
      ...(sent.length > 0 && { body: Buffer.concat(sent) }),
    });
    const text = await answer.text();
    if (method !== 'GET' && answer.ok) await onDone(path);
    const change = changes[`${method} ${path.split('?')[0] ?? ''}`];
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(change === undefined || !answer.ok ? text : JSON.stringify(change(JSON.parse(text))));
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The changed API listens on no port.');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

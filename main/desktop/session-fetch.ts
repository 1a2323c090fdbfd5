import type { Readable } from 'node:stream';
import { net, type IncomingMessage, type Session } from 'electron';
import type { AnswerHeaders, Fetch } from '../api/index.ts';

/**
 * Sends requests through a session, as its own `fetch` does, without Node's `Request` and `Response`: the first of those
 * has Node load all of its fetch, which holds main's thread for 20 to 30 ms, just when the first list is waited for.
 */
export function createSessionFetch(session: Session): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers = {}, body, signal, credentials, cache, redirect } = init;
      if (signal?.aborted === true) {
        reject(aborted());
        return;
      }
      const request = net.request({
        session,
        method,
        url,
        ...(credentials !== undefined && { credentials }),
        ...(cache !== undefined && { cache }),
        ...(redirect !== undefined && { redirect }),
      });
      for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
      // What comes after the first of them changes nothing.
      signal?.addEventListener(
        'abort',
        () => {
          reject(aborted());
          request.abort();
        },
        { once: true },
      );
      request.on('error', reject);
      request.on('response', (response) => {
        // It is one, which its type leaves out.
        const stream = response as unknown as Readable;
        // Whoever reads it is told; one that nobody reads any more must not end the app.
        stream.on('error', () => undefined);
        resolve({ status: response.statusCode, headers: headersOf(response), body: stream });
      });
      request.end(body);
    });
}

const aborted = (): DOMException => new DOMException('The request was aborted.', 'AbortError');

function headersOf({ headers }: IncomingMessage): AnswerHeaders {
  const values = new Map(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  return {
    get: (name) => values.get(name.toLowerCase()) ?? null,
    forEach: (tell) => values.forEach(tell),
  };
}

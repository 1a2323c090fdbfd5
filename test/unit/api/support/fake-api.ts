import { createApiClient, type ApiClient, type RequestLog } from '../../../../main/api/index.ts';
import { FakeClock } from './fake-clock.ts';

export const baseUrl = 'https://api.test/api';
export const token = '8|a-canary-of-a-token';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Responder = (sent: Sent, index: number) => Response | Promise<Response>;

/** A client whose `fetch` is answered by a function, with everything that was sent. */
export interface FakeApi {
  readonly client: ApiClient;
  readonly clock: FakeClock;
  readonly sent: readonly Sent[];
  readonly log: readonly RequestLog[];
}

export function fakeApi(respond: Responder, random: () => number = () => 0.5): FakeApi {
  const sent: Sent[] = [];
  const log: RequestLog[] = [];
  const clock = new FakeClock();
  const client = createApiClient({
    baseUrl,
    token,
    clock,
    random,
    log: (entry) => log.push(entry),
    fetch: async (url, init) => {
      const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
      const entry = { method: init.method ?? 'GET', url, headers: new Headers(init.headers), body };
      sent.push(entry);
      return respond(entry, sent.length - 1);
    },
  });
  return { client, clock, sent, log };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

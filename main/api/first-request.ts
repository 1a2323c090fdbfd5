import { requestRules, type FetchInit } from './fetch.ts';
import { requestHeaders } from './request-headers.ts';
import { requestUrl } from './request-url.ts';
import { routes } from './routes.ts';

/** A request as `fetch` takes it. */
export interface PlainRequest {
  readonly url: string;
  readonly init: FetchInit;
}

/**
 * The first request of an account's monitor, word for word as its client sends it: that for the instances. It can be made
 * without the client. Null where the address cannot be used. `baseUrl` is as `parseBaseUrl` gives it.
 */
export function firstRequest(baseUrl: string, token: string): PlainRequest | null {
  const endpoint = 'instances.list';
  const route = routes[endpoint];
  const url = requestUrl(baseUrl, route.path, {}, {});
  if (url === null) return null;
  const headers = requestHeaders({ endpoint, route, url, origin: new URL(baseUrl).origin, token });
  return { url: url.href, init: { method: route.method, headers, ...requestRules } };
}

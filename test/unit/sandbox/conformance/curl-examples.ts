import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes, type EndpointId, type Route } from '../../../../main/api/routes.ts';

/** A request as the public reference shows it. */
export interface CurlExample {
  readonly endpoint: EndpointId;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The sample's body, with empty texts and zeros for values; null where it has none. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

const baseUrl = 'https://api.evorxa.com/api';

/** The 54 examples of the reference, word for word, one a line. */
export function curlExamples(): readonly CurlExample[] {
  const text = readFileSync(join(import.meta.dirname, 'curl-examples.txt'), 'utf8');
  return text.trimEnd().split('\n').map(parse);
}

function parse(line: string): CurlExample {
  const method = /-X (\w+)/.exec(line)?.[1] ?? 'GET';
  const url = /https:\S+/.exec(line)?.[0] ?? '';
  const path = url.slice(baseUrl.length);
  const headers = Object.fromEntries(
    [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]),
  );
  const data = /-d '(.*)'$/.exec(line)?.[1];
  const body = data === undefined ? null : (JSON.parse(data) as Record<string, unknown>);
  return { endpoint: endpointOf(method, path), method, path, headers, body };
}

function endpointOf(method: string, path: string): EndpointId {
  const found = (Object.entries(routes) as [EndpointId, Route][]).find(
    ([, route]) => route.method === method && route.path === path,
  );
  if (!found) throw new Error(`${method} ${path} is not in the table.`);
  return found[0];
}

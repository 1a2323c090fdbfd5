import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import { readList } from '../../../../main/api/read/shapes.ts';
import type { EndpointId } from '../../../../main/api/routes.ts';

/** What an endpoint makes of an answer, and what was reported, as `path: message`. */
export function readEndpoint(
  id: EndpointId,
  body: unknown,
  input: unknown = {},
): { readonly value: unknown; readonly said: readonly string[] } {
  const endpoint: AnyEndpoint = endpoints[id];
  const said: string[] = [];
  const report = (path: string, message: string): void => void said.push(`${path}: ${message}`);
  const value: unknown =
    endpoint.kind === 'list'
      ? readList(body, endpoint.readRow, '', report)
      : endpoint.decode(body, report, input as never);
  return { value, said };
}

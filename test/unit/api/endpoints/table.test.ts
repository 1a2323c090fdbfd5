import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { routes, type EndpointId } from '../../../../main/api/routes.ts';
import { fakeApi, json } from '../support/fake-api.ts';
import { samples } from '../support/samples.ts';

const ids = Object.keys(routes) as EndpointId[];

describe('the table of endpoints', () => {
  it('holds the 54 of the reference, each with what it takes and gives', () => {
    expect(ids).toHaveLength(54);
    expect(Object.keys(endpoints).sort()).toEqual([...ids].sort());
  });

  it('has no two at one address', () => {
    expect(new Set(ids.map((id) => `${routes[id].method} ${routes[id].path}`)).size).toBe(54);
  });

  it.each(ids)('%s: its sample fills the path, and nothing but GET changes something', (id) => {
    const endpoint: AnyEndpoint = endpoints[id];
    const parsed = endpoint.input.parse(samples[id].input);
    const placeholders = [...routes[id].path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(Object.keys(parsed.path ?? {}).sort()).toEqual(placeholders.sort());
    expect(routes[id].effect === 'read').toBe(routes[id].method === 'GET');
  });

  it.each(ids)('%s: the sample answer is decoded without drift', async (id) => {
    const { body, input } = samples[id];
    const api = fakeApi(() => (body === undefined ? new Response(null, { status: 204 }) : json(body)));
    // The sample of this id is an input of this endpoint: the test above has parsed it.
    const result = await api.client.request(id, input as never);
    expect(result).toMatchObject({ ok: true, value: { drift: [], truncated: false } });
    expect(api.sent).toHaveLength(1);
    expect(api.sent[0]?.method).toBe(routes[id].method);
  });
});

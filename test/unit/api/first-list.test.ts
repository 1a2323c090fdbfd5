import { describe, expect, it } from 'vitest';
import { createApiClient, readFirstList } from '../../../main/api/index.ts';
import { FakeClock } from './support/fake-clock.ts';

const row = (id: string) => ({ id, name: id, status: 'running', main_ip: '203.0.113.42', ram: 4 });

const client = (answer: () => Response) =>
  createApiClient({
    ...{ baseUrl: 'https://api.evorxa.com/api', token: 'ada', clock: new FakeClock(), random: () => 0 },
    fetch: () => Promise.resolve(answer()),
    log: () => undefined,
  });

describe('the first list', () => {
  it.each([
    ['in data', { data: [row('a'), row('b')] }],
    ['bare', [row('a')]],
    ['in a page that is the last', { data: [row('a')], current_page: 1, last_page: 1, total: 1 }],
    ['empty', { data: [] }],
    ['with a row twice', { data: [row('a'), row('a')], meta: { total: 2 } }],
  ])('%s is what the client reads', async (_form, body) => {
    const asked = await client(() => Response.json(body)).request('instances.list', {});
    if (!asked.ok) throw new Error(asked.error.kind);
    expect(asked.value).toMatchObject({ isWhole: true, drift: [] });
    expect(await readFirstList(Response.json(body))).toEqual(asked.value.value);
  });

  it.each([
    ['more pages are to come', Response.json({ data: [row('a')], current_page: 1, last_page: 2 })],
    ['more rows are counted than came', Response.json({ data: [row('a')], meta: { total: 3 } })],
    ['a row has no id', Response.json({ data: [row('a'), { name: 'b' }] })],
    ['a field cannot be read', Response.json({ data: [{ ...row('a'), name: { of: 'somebody' } }] })],
    ['it is no list', Response.json({ message: 'Maintenance' })],
    ['it is no JSON', new Response('<html></html>')],
    ['the token is refused', Response.json({ data: [] }, { status: 401 })],
    ['the server fails', Response.json({ data: [row('a')] }, { status: 500 })],
    ['it has no body', new Response(null, { status: 204 })],
    ['it is long', Response.json({ data: [{ ...row('a'), notes: 'x'.repeat(300 * 1024) }] })],
  ])('is left to the client where %s', async (_why, answer) => {
    expect(await readFirstList(answer)).toBeNull();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import {
  createApiClient,
  type AbilityNews,
  type ApiClient,
  type LendWriteToken,
} from '../../../main/api/index.ts';
import { routes } from '../../../main/api/routes.ts';
import { takesWriteToken } from '../../../main/api/write-token.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { baseUrl } from './support/fake-api.ts';
import { FakeClock } from './support/fake-clock.ts';

let sent: (readonly [string, string | null])[];
let news: AbilityNews[];
let held: number;
let status: number;
beforeEach(() => {
  sent = [];
  news = [];
  held = 0;
  status = 200;
});

function clientWith(lendWriteToken?: LendWriteToken): ApiClient {
  return createApiClient({
    baseUrl,
    token: '1|reads',
    ...(lendWriteToken === undefined ? {} : { lendWriteToken }),
    onAbilityNews: (each) => news.push(each),
    clock: new FakeClock(),
    random: () => 0.5,
    log: () => undefined,
    fetch: (_url, { method = 'GET', headers }) => {
      sent.push([method, new Headers(headers).get('authorization')]);
      const body = status === 200 ? '[]' : '{"message":"Invalid ability provided."}';
      return Promise.resolve(new Response(body, { status, headers: { 'content-type': 'application/json' } }));
    },
  });
}
const lending: LendWriteToken = () => {
  held += 1;
  return Promise.resolve(ok({ token: '2|writes', release: () => (held -= 1) }));
};
const power = { path: { id: 'a', action: 'boot' } } as const;

describe('the token of a request', () => {
  it('is the write token for what changes something or reveals a secret, for all of the table', () => {
    const reading = Object.entries(routes).filter(([, route]) => !takesWriteToken(route));
    expect(reading.every(([, { method }]) => method === 'GET')).toBe(true);
    expect(reading.map(([id]) => id)).not.toContain('instances.vnc');
    expect(takesWriteToken(routes['instances.vnc'])).toBe(true);
    expect(takesWriteToken(routes['instances.resetPassword'])).toBe(true);
    expect(takesWriteToken(routes['tokens.create'])).toBe(true);
  });

  it('is fetched for that request alone and let go of, whatever came of it', async () => {
    const client = clientWith(lending);
    await client.request('instances.list', {});
    await client.request('instances.power', power);
    status = 500;
    await client.request('instances.power', power);
    expect(sent).toEqual([
      ['GET', 'Bearer 1|reads'],
      ['POST', 'Bearer 2|writes'],
      ['POST', 'Bearer 2|writes'],
    ]);
    expect(held).toBe(0);
  });

  it('is the only one where the account has one', async () => {
    await clientWith().request('instances.power', power);
    await clientWith(() => null).request('instances.power', power);
    expect(sent).toEqual([
      ['POST', 'Bearer 1|reads'],
      ['POST', 'Bearer 1|reads'],
    ]);
  });

  it('is not replaced by the other where the keychain does not give it: nothing is sent', async () => {
    const error = { kind: 'no-write-token', reason: 'locked' } as const;
    const client = clientWith(() => Promise.resolve(fail(error)));
    expect(await client.request('instances.power', power)).toEqual(fail(error));
    expect(sent).toEqual([]);
    expect(news).toEqual([]);
  });
});

it('each answer says what it shows of its token', async () => {
  const client = clientWith(lending);
  await client.request('instances.list', {});
  status = 403;
  await client.request('instances.power', power);
  await client.request('wallet.balance', {});
  expect(news).toMatchObject([
    { by: 'main', ability: 'instances:read', error: null },
    { by: 'write', ability: 'instances:write', error: { kind: 'forbidden', ability: 'instances:write' } },
    { by: 'main', ability: 'wallet:read', error: { kind: 'forbidden', ability: 'wallet:read' } },
  ]);
});

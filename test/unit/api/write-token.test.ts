import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createApiClient,
  type AbilityNews,
  type ApiClient,
  type LendWriteToken,
} from '../../../main/api/index.ts';
import { routes } from '../../../main/api/routes.ts';
import { createFreshConnectionFetch } from '../../../main/api/fresh-connection-fetch.ts';
import { takesWriteToken } from '../../../main/api/write-token.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { gate } from '../accounts/fakes.ts';
import { baseUrl } from './support/fake-api.ts';
import { FakeClock, settle } from './support/fake-clock.ts';

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

function clientWith(lendWriteToken?: LendWriteToken, clock = new FakeClock()): ApiClient {
  return createApiClient({
    baseUrl,
    token: '1|reads',
    ...(lendWriteToken === undefined ? {} : { lendWriteToken }),
    onAbilityNews: (each) => news.push(each),
    clock,
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
    expect(reading.map(([id]) => id).sort()).toEqual([
      'agent.conversation',
      'agent.conversations',
      'agent.credits',
      'agent.telegram',
      'catalog.billingCycles',
      'catalog.myPlans',
      'catalog.osTemplates',
      'catalog.plans',
      'catalog.regions',
      'instances.get',
      'instances.list',
      'instances.metrics',
      'instances.reinstallOptions',
      'keys.list',
      'me.get',
      'shield.bandwidth',
      'shield.countries',
      'shield.ip',
      'shield.ips',
      'shield.ports',
      'shield.pps',
      'shield.topAsns',
      'shield.topIps',
      'tokens.list',
      'waf.get',
      'waf.list',
      'wallet.balance',
      'wallet.transactions',
    ]);
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

  it('is let go of once the network has the request, however long the answer takes', async () => {
    const inits: RequestInit[] = [];
    let answer = (): void => undefined;
    const client = createApiClient({
      baseUrl,
      token: '1|reads',
      lendWriteToken: lending,
      clock: new FakeClock(),
      random: () => 0.5,
      log: () => undefined,
      fetch: createFreshConnectionFetch(
        () => Promise.reject(new Error('nothing is read')),
        () => ({
          reset: () => Promise.resolve(),
          fetch: (_url, init) => {
            sent.push([init.method ?? '', new Headers(init.headers).get('authorization')]);
            inits.push(init);
            return new Promise((resolve) => (answer = () => resolve(new Response('[]'))));
          },
        }),
      ),
    });
    const asked = client.request('instances.power', power);
    await vi.waitFor(() => expect(sent).toEqual([['POST', 'Bearer 2|writes']]));
    expect(held).toBe(0);
    expect(JSON.stringify(inits[0]?.headers)).not.toContain('writes');
    answer();
    expect(await asked).toMatchObject({ ok: true });
    expect(held).toBe(0);
  });

  it('is waited for until the request is cancelled, and let go of where it comes later', async () => {
    const { opened, open } = gate();
    const client = clientWith(() => opened.then(lending) as ReturnType<LendWriteToken>);
    const stop = new AbortController();
    const asked = client.request('instances.power', power, { signal: stop.signal });
    await settle();
    stop.abort();
    expect(await asked).toEqual(fail({ kind: 'aborted' }));
    open();
    await settle();
    expect([sent, held, news]).toEqual([[], 0, []]);
  });

  it('is waited for until the deadline of the request: nothing was sent then', async () => {
    const { opened, open } = gate();
    const clock = new FakeClock();
    const client = clientWith(() => opened.then(lending) as ReturnType<LendWriteToken>, clock);
    const asked = client.request('instances.power', power);
    await settle();
    // Far beyond the longest deadline.
    await clock.advance(3_600_000);
    expect(await asked).toEqual(fail({ kind: 'no-write-token', reason: 'locked' }));
    open();
    await settle();
    expect([sent, held]).toEqual([[], 0]);
  });

  it('is not asked for while the server wants no request', async () => {
    const lendings = vi.fn(lending);
    const client = clientWith(lendings);
    status = 429;
    await client.request('instances.power', power);
    expect(await client.request('instances.power', power)).toMatchObject({ error: { kind: 'rate-limited' } });
    expect(lendings).toHaveBeenCalledTimes(1);
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

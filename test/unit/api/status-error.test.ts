import { describe, expect, it } from 'vitest';
import { routes } from '../../../main/api/routes.ts';
import { statusError } from '../../../main/api/status-error.ts';
import { fakeApi, json } from './support/fake-api.ts';

const power = { path: { id: '01H9', action: 'boot' } } as const;

async function errorOf(
  status: number,
  body: unknown,
  id: 'shield.ips' | 'instances.power' = 'instances.power',
) {
  const response = (): Response =>
    typeof body === 'string'
      ? new Response(body, { status, headers: { 'content-type': 'text/html' } })
      : json(body, status);
  const { client, clock } = fakeApi(response);
  const pending = id === 'shield.ips' ? client.request(id, {}) : client.request(id, power);
  await clock.advance(60_000);
  const result = await pending;
  return result.ok ? null : result.error;
}

describe('a status', () => {
  it('401: the token was refused', async () => {
    expect(await errorOf(401, { message: 'Unauthenticated.' })).toEqual({
      kind: 'unauthorized',
      message: 'Unauthenticated.',
    });
  });

  it.each([
    [{ message: 'Insufficient balance.', balance_cents: 120 }, 120],
    [{ message: 'Insufficient balance.', wallet_balance_cents: '-5' }, -5],
    [{ error: 'Insufficient balance.', balance: 1.2 }, null],
    [{ error: { message: 'Insufficient balance.' }, balance_cents: 1.2 }, null],
  ])('402: with the balance where its unit is known: %j', async (body, balanceCents) => {
    const message = 'Insufficient balance.';
    expect(await errorOf(402, body)).toEqual({ kind: 'insufficient-funds', message, balanceCents });
  });

  it.each([
    ['Invalid ability provided.', 'instances:write'],
    ['This token needs waf:* for that.', 'waf:*'],
    ['Missing scope "analytics:read"', 'analytics:read'],
    ['Instance is suspended.', null],
  ])('403: "%s" is about %s', async (message, ability) => {
    expect(await errorOf(403, { message })).toEqual({ kind: 'forbidden', ability, message });
  });

  it('403 without a word is about what the route needs', async () => {
    expect(await errorOf(403, '', 'shield.ips')).toMatchObject({ kind: 'forbidden', ability: 'shield:read' });
  });

  it.each([404, 410])('%i: not found', async (status) => {
    expect(await errorOf(status, '<h1>Not found</h1>')).toEqual({
      kind: 'not-found',
      message: 'This was not found.',
    });
  });

  it.each([400, 409, 422, 423])('%i: what the server says of each field', async (status) => {
    const errors = { name: ['The name is taken.', 'Too long.'], plan: 'Unknown.', odd: { a: 1 } };
    expect(await errorOf(status, { message: 'Invalid.', errors })).toEqual({
      kind: 'invalid',
      message: 'Invalid.',
      fields: { name: ['The name is taken.', 'Too long.'], plan: ['Unknown.'], odd: [] },
    });
  });

  it.each([500, 502, 503, 504, 520])('%i of a read: unavailable', async (status) => {
    expect(await errorOf(status, '<h1>Bad</h1>', 'shield.ips')).toEqual({
      kind: 'unavailable',
      status,
      message: `The server answered with status ${status}.`,
    });
  });

  it.each([408, 500, 502, 504, 524])('%i of a change: it may have taken effect', async (status) => {
    expect(await errorOf(status, {})).toMatchObject({ kind: 'unknown-outcome' });
  });

  it.each([405, 413, 501, 503])('%i of a change: it was refused', async (status) => {
    expect(await errorOf(status, {})).toMatchObject({ kind: 'unavailable', status });
  });

  it('with a long and hostile message: one short line', async () => {
    const error = await errorOf(404, { message: `a\u0000\u202eb\n\n${'x'.repeat(10_000)}` });
    if (error?.kind !== 'not-found') throw new Error('not-found was expected');
    expect(error.message).toHaveLength(300);
    expect(error.message.startsWith('a b xxx')).toBe(true);
  });
});

describe('what is said of a status', () => {
  const { 'instances.power': route } = routes;
  it.each([
    [401, 'The token was refused.'],
    [402, 'The balance is too low.'],
    [403, 'The token is not allowed to do this.'],
    [404, 'This was not found.'],
    [410, 'This was not found.'],
    [422, 'The server did not accept what was sent.'],
    [418, 'The server answered with status 418.'],
  ])('of %i without a word is "%s"', (status, message) => {
    for (const body of [undefined, null, [], 'no', {}, { message: '' }, { message: 7 }, { error: ' \n ' }])
      expect(statusError(status, body, route)).toHaveProperty('message', message);
  });

  it.each([
    [{ message: 'One.', error: 'Two.' }, 'One.'],
    [{ error: 'Two.' }, 'Two.'],
    [{ error: { message: 'Three.' } }, 'Three.'],
    [{ error: { code: 3 } }, 'This was not found.'],
    [{ message: '  a \t b\u0007 ' }, 'a b'],
  ])('is what %j says', (body, message) => {
    expect(statusError(404, body, route)).toHaveProperty('message', message);
  });

  it.each([
    [{ message: 'Suspended' }, null],
    [{ message: 'The SUSPENSION is on.' }, 'instances:write'],
    [{ message: 'Needs shield:write, and more:reading' }, 'shield:write'],
    [{ message: 'Needs x:write' }, 'x:write'],
    [{ message: 'Needs 9x:write' }, 'instances:write'],
  ])('403 with %j is about %s', (body, ability) => {
    expect(statusError(403, body, route)).toHaveProperty('ability', ability);
  });

  it('of fields is bounded: fifty of them, ten texts each, none endless', () => {
    const long = 'x'.repeat(400);
    const texts = Array.from({ length: 11 }, () => long);
    const errors = Object.fromEntries(
      Array.from({ length: 51 }, (_, index) => [`${index}${'f'.repeat(200)}`, texts]),
    );
    const error = statusError(422, { errors }, route);
    const fields = error.kind === 'invalid' ? error.fields : {};
    expect(Object.keys(fields)).toHaveLength(50);
    expect(Object.keys(fields)[0]).toHaveLength(100);
    expect(Object.values(fields)[0]).toEqual(Array.from({ length: 10 }, () => 'x'.repeat(300)));
  });

  it('of fields that are none is nothing', () => {
    for (const errors of [undefined, null, 'name', ['name']])
      expect(statusError(400, { errors }, route)).toHaveProperty('fields', {});
  });
});

describe('an answer', () => {
  it('of 204 is not parsed', async () => {
    const { client } = fakeApi(() => new Response(null, { status: 204 }));
    expect(await client.request('keys.delete', { path: { id: '1' } })).toMatchObject({
      ok: true,
      value: { value: { done: true }, drift: [] },
    });
  });

  it('carries the clock of the server', async () => {
    const { client } = fakeApi(() =>
      json({ balance_cents: 1 }, 200, { date: 'Thu, 14 May 2026 12:00:00 GMT' }),
    );
    const result = await client.request('wallet.balance', {});
    expect(result).toMatchObject({ ok: true, value: { serverTimeMs: Date.UTC(2026, 4, 14, 12) } });
  });

  it('of a change that cannot be read may have taken effect', async () => {
    const { client } = fakeApi(() => new Response('<h1>Hello</h1>'));
    const result = await client.request('instances.resetPassword', { path: { id: '1' } });
    expect(result).toMatchObject({ ok: false, error: { kind: 'unknown-outcome' } });
  });

  it('that cannot be read is drift, where money is at stake', async () => {
    const { client } = fakeApi(() => json({ balance_cents: '52.40' }));
    expect(await client.request('wallet.balance', {})).toEqual({
      ok: false,
      error: { kind: 'drift', message: 'Evorxa’s answer could not be read (field balance_cents).' },
    });
  });
});

describe('a request', () => {
  it('with an input that its endpoint does not take is not sent', async () => {
    const { client, sent } = fakeApi(() => json({}));
    const dstPort = { path: { id: '5' }, body: { action: 'allow', protocol: 'tcp', dst_port: 0 } } as const;
    expect(await client.request('shield.createRule', dstPort)).toMatchObject({
      ok: false,
      error: { kind: 'invalid', fields: { dst_port: [expect.any(String)] } },
    });
    const chat = { path: { id: '1' }, body: { message: 'Hello', conversation_id: '0' } };
    expect(await client.request('agent.chat', chat)).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    const key = { body: { name: 'a', public_key: '-----BEGIN OPENSSH PRIVATE KEY-----' } };
    expect(await client.request('keys.create', key)).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    expect(sent).toHaveLength(0);
  });

  it('says of each value that cannot be sent where it stood', async () => {
    const { client, sent } = fakeApi(() => json({}));
    const body = { name: '', hostname: 'a.b', project_id: '1', package_id: '1', category: 'standard' };
    const rest = { os_template_id: '0', os_name: 'Debian', billing_cycle: 'monthly', ssh_key_ids: ['3', ''] };
    const result = await client.request('instances.create', { body: { ...body, ...rest } });
    if (result.ok || result.error.kind !== 'invalid') throw new Error('invalid was expected');
    expect(result.error.message).toBe('These values cannot be sent.');
    expect(Object.keys(result.error.fields).sort()).toEqual(['name', 'os_template_id', 'ssh_key_ids.1']);
    expect(result.error.fields['name']).toHaveLength(1);
    expect(sent).toEqual([]);
  });

  it('leaves out what is not given, and sends ids as the reference has them', async () => {
    const { client, sent } = fakeApi(() => json({}));
    await client.request('agent.chat', { path: { id: '1' }, body: { message: 'Hello' } });
    await client.request('agent.chat', {
      path: { id: '1' },
      body: { message: 'Hello', conversation_id: '7' },
    });
    await client.request('agent.chat', {
      path: { id: '1' },
      body: { message: 'Hello', conversation_id: '01H9' },
    });
    await client.request('wallet.transactions', { query: { limit: 50 } });
    expect(sent.map((it) => it.body)).toEqual([
      { message: 'Hello' },
      { message: 'Hello', conversation_id: 7 },
      { message: 'Hello', conversation_id: '01H9' },
      undefined,
    ]);
    expect(sent[3]?.url).toBe('https://api.test/api/wallet/transactions?limit=50');
  });

  it('of a public endpoint carries no token', async () => {
    const { client, sent } = fakeApi(() => json([]));
    await client.request('catalog.plans', {});
    await client.request('catalog.myPlans', {});
    expect(sent.map((it) => it.headers.has('authorization'))).toEqual([false, true]);
  });
});

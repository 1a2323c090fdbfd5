import { describe, expect, it } from 'vitest';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { fakeApi, json, token } from './support/fake-api.ts';

const instance = {
  id: '01H9',
  name: 'api-prod-1',
  hostname: 'api-prod-1.server.evorxa.net',
  plan: 'scout-2',
  status: 'running',
  main_ip: '203.0.113.42',
  vcpu: 2,
  ram: 4,
  storage: 60,
  billed_till: '2026-06-14T00:00:00.000Z',
  ip_addresses: ['203.0.113.42', { ip: '2001:db8::1' }],
};

describe('a request', () => {
  it('carries the token and asks for JSON', async () => {
    const api = fakeApi(() => json({ user: { id: 42, name: 'Jane', email: null }, projects: [] }));
    await api.client.request('me.get', {});
    expect(api.sent).toHaveLength(1);
    expect(api.sent[0]?.url).toBe('https://api.test/api/me');
    expect(api.sent[0]?.headers.get('authorization')).toBe(`Bearer ${token}`);
    expect(api.sent[0]?.headers.get('accept')).toBe('application/json');
  });

  it('decodes the person', async () => {
    const api = fakeApi(() =>
      json({
        user: {
          id: 42,
          email: 'jane@example.com',
          name: 'Jane Operator',
          wallet_balance: 5240,
          onboarded: true,
        },
        projects: [{ id: 1, name: 'default', type: 'personal' }],
      }),
    );
    const result = await api.client.request('me.get', {});
    expect(result).toMatchObject({
      ok: true,
      value: {
        value: {
          id: '42',
          name: 'Jane Operator',
          email: 'jane@example.com',
          onboarded: true,
          projects: [{ id: '1', name: 'default' }],
        },
        drift: [],
      },
    });
  });

  it('decodes the instances of the reference, and leaves a bad one out', async () => {
    const api = fakeApi(() => json({ data: [instance, { name: 'no id' }] }));
    const result = await api.client.request('instances.list', {});
    if (!result.ok) throw new Error(result.error.kind);
    expect(result.value.value).toEqual([
      {
        id: '01H9' as InstanceId,
        name: 'api-prod-1',
        hostname: 'api-prod-1.server.evorxa.net',
        status: 'running',
        planSlug: 'scout-2',
        vcpu: 2,
        ramGb: 4,
        storageGb: 60,
        mainIp: '203.0.113.42',
        addresses: ['203.0.113.42', '2001:db8::1'],
        projectId: null,
        osName: null,
        billedTillMs: Date.UTC(2026, 5, 14),
        createdAtMs: null,
        isDeletionPending: false,
        isRebootPending: false,
        deletionAtMs: null,
      },
    ]);
    expect(result.value.drift).toEqual([
      { endpoint: 'instances.list', path: '[1].id', message: 'expected an id, got null' },
    ]);
  });

  it('gives the very same array where nothing changed', async () => {
    const api = fakeApi(() => json([instance]));
    const first = await api.client.request('instances.list', {});
    const second = await api.client.request('instances.list', {});
    if (!first.ok || !second.ok) throw new Error('both are answered');
    expect(second.value.value).toBe(first.value.value);
    expect([first.value.unchanged, second.value.unchanged]).toEqual([false, true]);
  });

  it('reads the balance in cents', async () => {
    const api = fakeApi(() => json({ balance_cents: 5240, balance_usd: 52.4 }));
    const result = await api.client.request('wallet.balance', {});
    expect(result).toMatchObject({ ok: true, value: { value: { balanceCents: 5240 }, drift: [] } });
  });

  it('sends a power action once, with its id encoded', async () => {
    const api = fakeApi(() => json({ message: 'Server error' }, 500));
    const result = await api.client.request('instances.power', { path: { id: '../me', action: 'boot' } });
    expect(api.sent.map((it) => [it.method, it.url])).toEqual([
      ['POST', 'https://api.test/api/instances/..%2Fme/power/boot'],
    ]);
    expect(result).toMatchObject({ ok: false, error: { kind: 'unknown-outcome' } });
  });

  it('repeats a GET twice at most', async () => {
    const api = fakeApi(() => json({}, 503));
    const pending = api.client.request('me.get', {});
    await api.clock.advance(10_000);
    expect(await pending).toMatchObject({ ok: false, error: { kind: 'unavailable', status: 503 } });
    expect(api.sent).toHaveLength(3);
  });
});

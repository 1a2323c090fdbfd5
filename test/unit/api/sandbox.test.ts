import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createApiClient,
  type ApiClient,
  type EndpointInput,
  type EndpointOutput,
} from '../../../main/api/index.ts';
import type { EndpointId } from '../../../main/api/routes.ts';
import { startSandbox, variants, type Sandbox } from '../../../main/sandbox/index.ts';
import { leapingClock } from '../support/leaping-clock.ts';

describe.each(variants)('the sandbox in its %s shape', (variant) => {
  let sandbox: Sandbox;
  let client: ApiClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ variant, sshHosts: false });
    client = createApiClient({
      baseUrl: sandbox.apiUrl,
      token: sandbox.tokens.full,
      fetch: (url, init) => fetch(url, init),
      clock: leapingClock(),
      random: () => 0,
      log: () => undefined,
    });
  });
  afterAll(() => sandbox.close());

  async function get<Id extends EndpointId>(id: Id, input: EndpointInput<Id>): Promise<EndpointOutput<Id>> {
    const result = await client.request(id, input);
    if (!result.ok) throw new Error(`${id}: ${JSON.stringify(result.error)}`);
    expect(result.value.drift).toEqual([]);
    return result.value.value;
  }

  it('is read without drift, and the same in both shapes', async () => {
    expect(await get('me.get', {})).toMatchObject({ name: 'Jane Operator', onboarded: true });
    expect((await get('tokens.list', {})).map((it) => it.abilities[0])).toEqual([
      '*',
      'instances:read',
      'instances:read',
    ]);
    expect(await get('wallet.balance', {})).toEqual({ balanceCents: 5240 });
    const [newest] = await get('wallet.transactions', { query: { limit: 20 } });
    expect(newest).toMatchObject({ kind: 'debit', amountCents: -1000, balanceAfterCents: 5240 });
    const plans = await get('catalog.plans', {});
    const scout = { slug: 'scout-2', category: 'standard', vcpu: 2, ramGb: 4, storageGb: 60 };
    expect(plans.find((it) => it.slug === 'scout-2')).toMatchObject(scout);
    expect(plans.find((it) => it.slug === 'scout-2')?.prices[0]).toEqual({ cycle: 'monthly', cents: 1000 });
    expect(await get('catalog.myPlans', {})).toHaveLength(plans.length);
    expect((await get('catalog.regions', {}))[0]).toMatchObject({ code: 'fra', name: 'Frankfurt' });
    expect((await get('catalog.billingCycles', {}))[2]).toMatchObject({
      cycle: 'yearly',
      discountPercent: 15,
    });
    const packageId = plans[0]?.packageId ?? '';
    expect((await get('catalog.osTemplates', { path: { packageId } }))[1]?.templates).toHaveLength(2);
    expect((await get('keys.list', {}))[0]).toMatchObject({ name: 'jane@laptop' });
  });

  it('tells about its servers', async () => {
    const list = await get('instances.list', {});
    expect(list).toHaveLength(16);
    const instance = list.find((it) => it.name === 'api-prod-1');
    expect(instance).toMatchObject({
      status: 'running',
      mainIp: '203.0.113.42',
      ramGb: 4,
      planSlug: 'scout-2',
    });
    expect(instance?.addresses).toEqual(['203.0.113.42', '2001:db8:1::42']);
    const input = { path: { id: instance?.id ?? '' } };
    expect(await get('instances.get', input)).toMatchObject({
      vfState: 'complete',
      detail: { remoteState: 'running' },
    });
    const metrics = await get('instances.metrics', { ...input, query: { period: '1h' } });
    for (const series of [
      metrics.cpuPercent,
      metrics.memoryUsedBytes,
      metrics.diskUsedBytes,
      metrics.rxBitsPerSecond,
    ]) {
      expect(series).toHaveLength(metrics.atMs.length);
      expect(series.some((value) => value !== null && value > 0)).toBe(true);
    }
    expect(metrics.memoryTotalBytes).toBe(4 * 1024 ** 3);
    expect((await get('instances.reinstallOptions', input))[1]).toMatchObject({ name: 'Debian' });
    expect((await get('instances.vnc', input)).url).toMatch(/^wss:.*token=/);
    expect(await get('agent.credits', {})).toEqual({ balanceCents: 1240, trialRemainingCents: 500 });
    const [conversation] = await get('agent.conversations', input);
    const convId = conversation?.id ?? '';
    const { entries } = await get('agent.conversation', { path: { ...input.path, convId } });
    expect(entries[2]).toMatchObject({ kind: 'tool', tool: 'shell', exitCode: 0, durationMs: 900 });
    expect(entries.every((entry) => entry.atMs !== null)).toBe(true);
    expect(await get('agent.telegram', input)).toEqual({ chatId: null });
  });

  it('tells about its addresses and applications', async () => {
    const [ip] = await get('shield.ips', {});
    const input = { path: { id: ip?.id ?? '' } };
    const profile = await get('shield.ip', input);
    expect(profile).toMatchObject({ defaultIn: 'block', rdns: 'api-prod-1.server.evorxa.net' });
    expect(profile.rules?.map((rule) => rule.destinationPort)).toEqual([22, 443]);
    const { atMs, inBitsPerSecond } = await get('shield.bandwidth', input);
    expect(inBitsPerSecond.filter((value) => value !== null)).not.toHaveLength(0);
    expect(atMs.length).toBeGreaterThan(10);
    expect((await get('shield.pps', input)).packetsPerSecond.some((value) => value !== null)).toBe(true);
    for (const id of ['shield.topIps', 'shield.topAsns', 'shield.countries', 'shield.ports'] as const) {
      expect((await get(id, input)).rows.length).toBeGreaterThan(3);
    }
    const [app] = await get('waf.list', {});
    const { hostnames, cnameCandidates } = await get('waf.get', { path: { id: app?.id ?? '' } });
    expect(hostnames[0]).toMatchObject({ hostname: 'shop.example.com', sslStatus: 'active' });
    // The reference does not say whether the target lies at the application or at its hostnames.
    const candidates = [cnameCandidates, ...hostnames.map((it) => it.cnameCandidates)].flat();
    expect(candidates[0]).toMatchObject({ field: 'cname_target' });
  });

  it('says what a change did', async () => {
    const id = (await get('instances.list', {})).find((it) => it.status === 'running')?.id ?? '';
    const [ip] = await get('shield.ips', {});
    const rule = { action: 'allow', protocol: 'tcp', dst_port: 8443 } as const;
    const saved = await get('shield.createRule', { path: { id: ip?.id ?? '' }, body: rule });
    expect(saved.rule).toMatchObject({ destinationPort: 8443, sourceCidr: '0.0.0.0/0' });
    expect(await get('instances.resetPassword', { path: { id } })).toMatchObject({ answer: null });
    const minted = await get('tokens.create', { body: { name: 'CI', abilities: ['instances:read'] } });
    expect(minted.secret).toMatch(/^\d+\|/);
    const { refundCents } = await get('instances.delete', { path: { id }, body: { mode: 'immediate' } });
    expect(refundCents).toBeGreaterThan(0);
  });
});

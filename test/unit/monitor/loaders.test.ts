import { describe, expect, it, vi } from 'vitest';
import type { ApiAnswer } from '../../../main/api/index.ts';
import { createLoader, type LoaderDependencies } from '../../../main/monitor/loaders/index.ts';
import type {
  ConversationId,
  PackageId,
  ShieldIpId,
  TransactionId,
  WafAppId,
} from '../../../preload/contract/brands.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import type { WatchKey } from '../../../preload/contract/watch.ts';
import { instance } from '../domain/samples.ts';
import { followed } from '../waf/builders.ts';
import { apiAnswer, cents, instanceId, offline, record, unavailable } from './builders.ts';

const web = instanceId('web');
const { signal } = new AbortController();
const poll = { signal, priority: 'poll' };
const nowMs = Date.UTC(2026, 4, 14, 12);

const brought = <T>(value: T, more: Partial<ApiAnswer<T>> = {}) => ok(apiAnswer(value, more));
const gapsOfField = (field: string, count: number) => ({ cut: null, unreadable: [{ field, count }] });

/** A loader whose requests are answered by their endpoint; what has no answer is offline. */
function loader(answers: Readonly<Record<string, unknown>>, instances: readonly Instance[] = []) {
  let monotonicMs = 700;
  const request = vi.fn<(endpoint: string, ...args: readonly unknown[]) => Promise<unknown>>((endpoint) => {
    monotonicMs += 50;
    return Promise.resolve(answers[endpoint] ?? fail(offline));
  });
  const saw = { sawLive: vi.fn(), sawConversations: vi.fn(), sawConversation: vi.fn() };
  const load = createLoader({
    client: { request } as unknown as LoaderDependencies['client'],
    monotonicMs: () => monotonicMs,
    nowMs: () => nowMs,
    instances: () => instances,
    turnOf: () => ({ phase: 'idle' }),
    forWindow: (_id, conversation) => conversation,
    sawWafApp: followed,
    sawWafApps: (apps) => apps.map(followed),
    notesOf: () => ({}),
    ...saw,
  });
  const pass = (ms: number): void => void (monotonicMs += ms);
  return { request, ...saw, pass, load: (key: WatchKey, isAsked = false) => load(key, signal, isAsked) };
}

describe('what is watched', () => {
  const path = { path: { id: 'web' } };
  const ip = { path: { id: 'ip-1' } };

  it.each<[WatchKey, string, object]>([
    [{ kind: 'instance', instanceId: web }, 'instances.get', path],
    [
      { kind: 'metrics', instanceId: web, period: '6h' },
      'instances.metrics',
      { ...path, query: { period: '6h' } },
    ],
    [{ kind: 'cpu-trend', instanceId: web }, 'instances.metrics', { ...path, query: { period: '1h' } }],
    [{ kind: 'agent-credits' }, 'agent.credits', {}],
    [{ kind: 'agent', instanceId: web }, 'agent.conversations', path],
    [
      { kind: 'conversation', instanceId: web, conversationId: 'c' as ConversationId },
      'agent.conversation',
      { path: { id: 'web', convId: 'c' } },
    ],
    [{ kind: 'telegram', instanceId: web }, 'agent.telegram', path],
    [{ kind: 'shield-ips' }, 'shield.ips', {}],
    [{ kind: 'shield-ip', ipId: 'ip-1' as ShieldIpId }, 'shield.ip', ip],
    [{ kind: 'waf-apps' }, 'waf.list', {}],
    [{ kind: 'waf-app', appId: '71' as WafAppId }, 'waf.get', { path: { id: '71' } }],
    [{ kind: 'plans' }, 'catalog.myPlans', {}],
    [{ kind: 'billing-cycles' }, 'catalog.billingCycles', {}],
    [
      { kind: 'os-templates', packageId: '3' as PackageId },
      'catalog.osTemplates',
      { path: { packageId: '3' } },
    ],
    [{ kind: 'reinstall-options', instanceId: web }, 'instances.reinstallOptions', path],
    [{ kind: 'ssh-keys' }, 'keys.list', {}],
    [{ kind: 'api-tokens' }, 'tokens.list', {}],
  ])('%j is one request, behind those of people, which ends in what that ends in', async (key, ...asked) => {
    const { request, load } = loader({});
    expect(await load(key)).toEqual(fail(offline));
    expect(request.mock.calls).toEqual([[...asked, poll]]);
  });

  it.each<[WatchKey, string]>([
    [{ kind: 'plans' }, 'catalog.myPlans'],
    [{ kind: 'billing-cycles' }, 'catalog.billingCycles'],
    [{ kind: 'os-templates', packageId: '3' as PackageId }, 'catalog.osTemplates'],
    [{ kind: 'reinstall-options', instanceId: web }, 'instances.reinstallOptions'],
    [{ kind: 'ssh-keys' }, 'keys.list'],
    [{ kind: 'api-tokens' }, 'tokens.list'],
    [{ kind: 'agent-credits' }, 'agent.credits'],
    [{ kind: 'metrics', instanceId: web, period: '1h' }, 'instances.metrics'],
  ])('%j is shown as it comes, with what is missing in it', async (key, endpoint) => {
    const value = ['as it came'];
    const { load } = loader({ [endpoint]: brought(value, { unreadable: new Map([['name', 1]]) }) });
    expect(await load(key)).toEqual(ok({ value, gaps: gapsOfField('name', 1), isWhole: true }));
  });

  it('of an instance tells the list what the hypervisor says, as of when it was asked', async () => {
    const detail = { id: web, remoteState: 'shutoff', cpuPercent: 3 };
    const row = record('web', 'running');
    const answers = { 'instances.get': brought({ record: row, vfState: 'complete', detail }) };
    const { load, sawLive } = loader(answers);
    expect(await load({ kind: 'instance', instanceId: web })).toEqual(
      ok({ value: detail, gaps: null, isWhole: true }),
    );
    expect(sawLive.mock.calls).toEqual([
      [row, { status: 'running', vfState: 'complete', remoteState: 'shutoff', askedMonotonicMs: 700 }],
    ]);
    const failing = loader({});
    await failing.load({ kind: 'instance', instanceId: web });
    expect(failing.sawLive).not.toHaveBeenCalled();
  });

  it('of the agent tells its turns, and has the one that is under way', async () => {
    const conversations = [{ id: 'c', title: 'Disk', updatedAtMs: null }];
    const conversation = { id: 'c', title: 'Disk', entries: [] };
    const { load, sawConversations, sawConversation } = loader({
      'agent.conversations': brought(conversations),
      'agent.conversation': brought(conversation),
    });
    expect(await load({ kind: 'agent', instanceId: web })).toMatchObject({
      value: { value: { instanceId: 'web', conversations, turn: { phase: 'idle' } } },
    });
    expect(sawConversations.mock.calls).toEqual([['web', conversations]]);
    const key: WatchKey = { kind: 'conversation', instanceId: web, conversationId: 'c' as ConversationId };
    expect(await load(key)).toMatchObject({ value: { value: conversation } });
    expect(sawConversation.mock.calls).toEqual([['web', conversation]]);
  });
});

describe('protected addresses', () => {
  const ip = (address: string, id: string | null = null) => ({ id: address, address, instanceId: id });
  const owner = instance('web', 'running', { mainIp: '203.0.113.1', addresses: ['2001:db8::1'] });
  const bare = instance('bare', 'running', { mainIp: null, addresses: ['203.0.113.2'] });

  it('belong to the server that has the address, whatever else is said of them', async () => {
    const ips = [ip('203.0.113.1'), ip('2001:db8::1', 'gone'), ip('203.0.113.2'), ip('198.51.100.1', 'x')];
    const result = await loader({ 'shield.ips': brought(ips) }, [owner, bare]).load({ kind: 'shield-ips' });
    expect(result.ok && result.value.value).toEqual([
      ip('203.0.113.1', 'web'),
      ip('2001:db8::1', 'web'),
      ip('203.0.113.2', 'bare'),
      ips[3],
    ]);
  });

  it('of which one is shown is joined in the same way', async () => {
    const { load } = loader({ 'shield.ip': brought(ip('203.0.113.1')) }, [owner]);
    expect(await load({ kind: 'shield-ip', ipId: 'ip-1' as ShieldIpId })).toEqual(
      ok({ value: ip('203.0.113.1', 'web'), gaps: null, isWhole: true }),
    );
  });
});

describe('the ledger', () => {
  const line = (id: string, atMs: number | null, description = ''): Transaction => ({
    id: id as TransactionId,
    atMs,
    kind: 'debit',
    description,
    amountCents: cents(-100),
    balanceAfterCents: null,
    instanceId: null,
    isLinkedByName: false,
  });
  const ask = (answer: unknown, limit: '50' | 'all', filter: 'all' | 'credit' = 'all') => {
    const made = loader({ 'wallet.transactions': answer }, [instance('web')]);
    return { ...made, result: made.load({ kind: 'ledger', filter, limit }) };
  };

  it('is as many lines as are wanted, on one page', async () => {
    const { request, result } = ask(brought([]), '50', 'credit');
    await result;
    expect(request.mock.calls).toEqual([
      ['wallet.transactions', { query: { type: 'credit', limit: 50 } }, { ...poll, pages: 1 }],
    ]);
    const all = ask(brought([]), 'all');
    await all.result;
    expect(all.request.mock.calls).toEqual([['wallet.transactions', { query: { limit: 200 } }, poll]]);
  });

  it('has each line once, the newest first, those without a time before them as they came', async () => {
    const lines = [
      line('a', 1),
      line('n1', null),
      line('b', 3),
      line('a', 1),
      line('n2', null),
      line('c', 2),
    ];
    const loaded = await ask(brought(lines), 'all').result;
    expect(loaded).toMatchObject({
      value: { value: { transactions: ['n1', 'n2', 'b', 'c', 'a'].map((id) => ({ id })) } },
    });
  });

  it('says which server a line is about by the name in it', async () => {
    expect(await ask(brought([line('a', 1, 'Renewal of web')]), '50').result).toMatchObject({
      value: { value: { transactions: [{ instanceId: 'web', isLinkedByName: true }] } },
    });
  });

  it('says how much of it was left out or could not be read', async () => {
    const rest = { truncated: true, isWhole: false, total: 900, unusable: 2 };
    const unreadable = new Map([['amount', 2]]);
    expect(await ask(brought([line('a', 1)], { ...rest, unreadable }), 'all').result).toMatchObject({
      value: {
        value: { filter: 'all', limit: 'all', truncated: true, unreadLines: 2 },
        gaps: { cut: { shown: 1, total: 900 }, unreadable: [{ field: 'amount', count: 2 }] },
      },
    });
    expect(await ask(brought([]), 'all').result).toMatchObject({
      value: { value: { truncated: false, unreadLines: 0 }, gaps: null },
    });
  });

  it('of so many lines lacks nothing where there are more', async () => {
    const rest = { truncated: true, isWhole: false, total: 900 };
    const gaps = async (more: object) => {
      const result = await ask(brought([line('a', 1)], { ...rest, ...more }), '50').result;
      return result.ok ? result.value.gaps : 'failed';
    };
    expect(await gaps({})).toBeNull();
    expect(await gaps({ unreadable: new Map([['amount', 2]]) })).toEqual(gapsOfField('amount', 2));
    expect(await ask(fail(unavailable), '50').result).toEqual(fail(unavailable));
  });
});

describe('the plan of an instance', () => {
  const key: WatchKey = { kind: 'instance-plan', instanceId: web };
  const plan = {
    packageId: '1',
    slug: 'scout-2',
    name: 'Scout 2',
    vcpu: 2,
    ramGb: 4,
    storageGb: 60,
    prices: [{ cycle: 'monthly', cents: 3000 }],
  };
  const cycles = [{ cycle: 'monthly', label: 'Monthly', months: 1, discountPercent: 0 }];
  const inTenDays = instance('web', 'running', { billedTillMs: nowMs + 10 * 86_400_000 });

  it('is joined from two requests, by the clock of the server', async () => {
    const both = (serverTimeMs: number | null) =>
      loader(
        {
          'catalog.myPlans': brought([plan], { serverTimeMs, unreadable: new Map([['ram', 1]]) }),
          'catalog.billingCycles': brought(cycles, { unreadable: new Map([['ram', 2]]) }),
        },
        [instance('other'), inTenDays],
      );
    const own = both(null);
    expect(await own.load(key)).toMatchObject({
      value: { value: { plan, refundCents: 1000 }, gaps: gapsOfField('ram', 3), isWhole: true },
    });
    expect(own.request.mock.calls).toEqual([
      ['catalog.myPlans', {}, poll],
      ['catalog.billingCycles', {}, poll],
    ]);
    expect(await both(nowMs + 5 * 86_400_000).load(key)).toMatchObject({
      value: { value: { refundCents: 500 } },
    });
  });

  it('is not known where either request fails, or the instance is gone', async () => {
    const some = (endpoint: string, value: unknown) => loader({ [endpoint]: brought(value) }, [inTenDays]);
    expect(await some('catalog.myPlans', [plan]).load(key)).toEqual(fail(offline));
    expect(await some('catalog.billingCycles', cycles).load(key)).toEqual(fail(offline));
    const gone = loader({ 'catalog.myPlans': brought([plan]), 'catalog.billingCycles': brought(cycles) }, []);
    expect(await gone.load(key)).toEqual(
      fail({ kind: 'not-found', message: 'This instance is no longer listed.' }),
    );
  });
});

describe('the traffic of an address', () => {
  const parts = {
    'shield.bandwidth': 'bandwidth',
    'shield.pps': 'packets',
    'shield.topIps': 'topIps',
    'shield.topAsns': 'topAsns',
    'shield.countries': 'countries',
    'shield.ports': 'ports',
  } as const;
  const key: WatchKey = { kind: 'shield-traffic', ipId: 'ip-1' as ShieldIpId };
  const noSamples = { atMs: [], inBitsPerSecond: [], packetsPerSecond: [] };
  const nothingUsual = {
    low: [],
    high: [],
    usual: null,
    latest: null,
    sinceMs: null,
    learned: 0,
    needed: 15,
  };
  const all = Object.fromEntries(
    Object.entries(parts).map(([endpoint, part]) => [
      endpoint,
      brought({ of: part, ...noSamples }, { unreadable: new Map([['value', 1]]) }),
    ]),
  );

  it('is of six parts, each from a request of its own', async () => {
    const { request, load } = loader(all);
    expect(await load(key)).toEqual(
      ok({
        value: {
          bandwidth: { of: 'bandwidth', ...noSamples },
          packets: { of: 'packets', ...noSamples },
          baselines: { bandwidth: nothingUsual, packets: nothingUsual },
          topIps: { of: 'topIps', ...noSamples },
          topAsns: { of: 'topAsns', ...noSamples },
          countries: { of: 'countries', ...noSamples },
          ports: { of: 'ports', ...noSamples },
          failed: {},
        },
        gaps: gapsOfField('value', 6),
        isWhole: true,
      }),
    );
    expect(request.mock.calls).toEqual(
      Object.keys(parts).map((endpoint) => [endpoint, { path: { id: 'ip-1' } }, poll]),
    );
  });

  it.each(Object.entries(parts))('lacks what %s does not give: %s', async (endpoint, part) => {
    const result = await loader({ ...all, [endpoint]: fail(offline) }).load(key);
    expect(result).toMatchObject({
      value: { value: { [part]: null, failed: { [part]: 'There is no connection.' } } },
    });
    expect(result.ok && result.value.gaps).toEqual(gapsOfField('value', 5));
  });

  it('asks for the rankings less often than for the charts, and keeps them in between', async () => {
    const { request, load, pass } = loader(all);
    await load(key);
    request.mockClear();
    pass(10_000);
    expect(await load(key)).toMatchObject({
      value: { value: { bandwidth: { of: 'bandwidth' }, ports: { of: 'ports' }, failed: {} } },
    });
    expect(request.mock.calls.map(([endpoint]) => endpoint)).toEqual(['shield.bandwidth', 'shield.pps']);
    pass(20_000);
    await load(key);
    expect(request).toHaveBeenCalledTimes(8);
    // Of another address, nothing is kept.
    request.mockClear();
    await load({ kind: 'shield-traffic', ipId: 'ip-2' as ShieldIpId });
    expect(request).toHaveBeenCalledTimes(6);
  });

  it('asks for the rankings whenever somebody asks: what is shown then is of now', async () => {
    const { request, load } = loader(all);
    await load(key);
    await load(key, true);
    expect(request).toHaveBeenCalledTimes(12);
  });

  it('asks for rankings again at once where one of them failed', async () => {
    const { request, load, pass } = loader({ ...all, 'shield.ports': fail(offline) });
    await load(key);
    pass(10_000);
    await load(key);
    expect(request).toHaveBeenCalledTimes(12);
  });

  it('is an error where nothing came that was asked for, whatever is kept', async () => {
    const answers: Record<string, unknown> = { ...all };
    const { load, pass } = loader(answers);
    await load(key);
    answers['shield.bandwidth'] = fail(unavailable);
    answers['shield.pps'] = fail(offline);
    pass(10_000);
    expect(await load(key)).toEqual(fail(unavailable));
  });

  it('is an error where no part came: the first one', async () => {
    const { load } = loader({ 'shield.bandwidth': fail(unavailable) });
    expect(await load(key)).toEqual(fail(unavailable));
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { ApiAnswer, ApiClient } from '../../../main/api/index.ts';
import { createMonitorApi, type MonitorApi } from '../../../main/monitor/index.ts';
import type { PackageId } from '../../../preload/contract/brands.ts';
import type { Plan } from '../../../preload/contract/catalog.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { apiAnswer, instanceId, offline, record } from './builders.ts';

const { signal } = new AbortController();
const noRows = (): undefined => undefined;

/** A client that gives this to every request, and the monitor's questions to it. */
function asked(answer: unknown) {
  const request = vi.fn<(...args: readonly unknown[]) => Promise<unknown>>(() => Promise.resolve(answer));
  const client = { request, waitMs: () => 4_200 } as unknown as ApiClient;
  return { request, api: createMonitorApi(client) };
}
const brought = <T>(value: T, more: Partial<ApiAnswer<T>> = {}) => ok(apiAnswer(value, more));

const questions: readonly (readonly [
  keyof MonitorApi,
  (api: MonitorApi) => Promise<unknown>,
  string,
  object,
])[] = [
  ['listInstances', (api) => api.listInstances(signal, noRows), 'instances.list', {}],
  ['balance', (api) => api.balance(signal), 'wallet.balance', {}],
  ['plans', (api) => api.plans(signal), 'catalog.myPlans', {}],
  [
    'payments',
    (api) => api.payments(signal),
    'wallet.transactions',
    { query: { type: 'debit', limit: 200 } },
  ],
  [
    'findInstance',
    (api) => api.findInstance(instanceId('web'), signal),
    'instances.get',
    { path: { id: 'web' } },
  ],
];

describe.each(questions)('%s', (name, ask, endpoint, input) => {
  it('asks once, behind what people ask for, and can be given up', async () => {
    const { request, api } = asked(fail(offline));
    await ask(api);
    expect(request).toHaveBeenCalledTimes(1);
    expect(request).toHaveBeenCalledWith(
      endpoint,
      input,
      name === 'listInstances'
        ? { signal, priority: 'poll', onRows: expect.any(Function) as unknown }
        : { signal, priority: 'poll' },
    );
  });

  it('ends in what the request ended in', async () => {
    expect(await ask(asked(fail(offline)).api)).toEqual(fail(offline));
  });
});

describe('what is brought', () => {
  const half = { isWhole: false, total: 9, unreadable: new Map([['name', 2]]) };
  const gaps = (shown: number) => ({
    cut: { shown, total: 9, isArriving: false },
    unreadable: [{ field: 'name', count: 2 }],
  });

  it('is the list with what is missing in it', async () => {
    const rows = [record('a'), record('b')];
    const list = (more = {}) => asked(brought(rows, more)).api.listInstances(signal, noRows);
    expect(await list()).toEqual(ok({ value: rows, gaps: null, isWhole: true }));
    expect(await list(half)).toEqual(ok({ value: rows, gaps: gaps(2), isWhole: false }));
  });

  it('is of the wallet its balance alone', async () => {
    const { api } = asked(brought({ balanceCents: 5240, currency: 'USD' }, half));
    expect(await api.balance(signal)).toEqual(ok({ value: 5240, gaps: gaps(0), isWhole: false }));
  });

  it('is of the catalog each plan by its names', async () => {
    const plan: Plan = {
      packageId: '1' as PackageId,
      slug: 'scout-2',
      name: 'Scout 2',
      category: null,
      vcpu: null,
      ramGb: null,
      storageGb: null,
      prices: [],
      isSoldOut: false,
    };
    const found = await asked(brought([plan])).api.plans(signal);
    expect(found.ok && [...found.value.value.keys()].sort()).toEqual(['1', 'Scout 2', 'scout-2']);
  });

  it('tells of the rows of a list while others are on their way, and waits for who is told', async () => {
    const { request, api } = asked(brought([]));
    const seen = Promise.resolve('seen');
    const onRows = vi.fn(() => seen);
    await api.listInstances(signal, onRows);
    const options = request.mock.calls[0]?.[2] as { readonly onRows: (...args: unknown[]) => unknown };
    const rows = [record('a')];
    expect(options.onRows(rows, 12)).toBe(seen);
    expect(onRows).toHaveBeenCalledWith(rows, 12);
  });
});

it('waits as long as the client is told to', () => {
  expect(asked(null).api.waitMs()).toBe(4_200);
});

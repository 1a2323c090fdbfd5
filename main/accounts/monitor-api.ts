import { fail, ok } from '../../preload/contract/result.ts';
import type { ApiClient, ApiResult } from '../api/index.ts';
import type { Asked, MonitorApi } from '../monitor/index.ts';

async function asked<T, U>(request: Promise<ApiResult<T>>, take: (value: T) => U): Asked<U> {
  const result = await request;
  return result.ok
    ? ok({ value: take(result.value.value), drift: result.value.drift.length })
    : fail(result.error);
}

/** What a monitor asks, by the client of its account. Everything goes behind what a person asks for. */
export function createMonitorApi(client: ApiClient): MonitorApi {
  return {
    listInstances: (signal) =>
      asked(client.request('instances.list', {}, { signal, priority: 'poll' }), (records) => records),
    balance: (signal) =>
      asked(
        client.request('wallet.balance', {}, { signal, priority: 'poll' }),
        ({ balanceCents }) => balanceCents,
      ),
    planPrices: () => Promise.resolve(ok({ value: new Map(), drift: 0 })),
    findInstance: () => Promise.resolve(fail({ kind: 'not-found', message: '' })),
  };
}

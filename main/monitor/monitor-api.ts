import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient, ApiResult, InstanceRecord } from '../api/index.ts';

/** What a request brought, and how many of its rows and fields could not be read. */
export interface Answer<T> {
  readonly value: T;
  readonly drift: number;
}

export type Asked<T> = Promise<Result<Answer<T>, ApiError>>;

/** What the monitor asks of an account, whatever is in view. */
export interface MonitorApi {
  readonly listInstances: (signal: AbortSignal) => Asked<readonly InstanceRecord[]>;
  readonly balance: (signal: AbortSignal) => Asked<Cents>;
  /** Monthly prices by plan slug. Left out: prices stay unknown. */
  readonly planPrices?: (signal: AbortSignal) => Asked<ReadonlyMap<string, Cents>>;
  /** Whether an instance still exists; `not-found` when it does not. Left out: only the list tells. */
  readonly findInstance?: (id: InstanceId, signal: AbortSignal) => Asked<unknown>;
}

/** The monitor's questions to one account, in the API's words. People's requests go before these. */
export function createMonitorApi(client: ApiClient): MonitorApi {
  const options = (signal: AbortSignal) => ({ signal, priority: 'poll' }) as const;
  return {
    listInstances: async (signal) => counted(await client.request('instances.list', {}, options(signal))),
    balance: async (signal) =>
      mapped(await client.request('wallet.balance', {}, options(signal)), ({ balanceCents }) => balanceCents),
  };
}

function counted<T>(result: ApiResult<T>): Result<Answer<T>, ApiError> {
  return mapped(result, (value) => value);
}

function mapped<T, U>(result: ApiResult<T>, map: (value: T) => U): Result<Answer<U>, ApiError> {
  return result.ok ? ok({ value: map(result.value.value), drift: result.value.drift.length }) : result;
}

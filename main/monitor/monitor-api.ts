import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { Gaps } from '../../preload/contract/gaps.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { Transaction } from '../../preload/contract/wallet.ts';
import type { ApiClient, ApiResult, InstanceRecord } from '../api/index.ts';
import { plansByName, type ListedPlan } from '../domain/index.ts';
import { gapsOf } from './gaps.ts';

/** What a request brought, and what is missing in it. */
export interface Answer<T> {
  readonly value: T;
  readonly gaps: Gaps | null;
  /** A list: each row of it came and could be used. */
  readonly isWhole: boolean;
}

export type Asked<T> = Promise<Result<Answer<T>, ApiError>>;

/** What the monitor asks of an account, whatever is in view. */
export interface MonitorApi {
  /**
   * `onRows` is told the rows that came while others are on their way; those behind the first page are asked for once
   * what it gives has resolved.
   */
  readonly listInstances: (signal: AbortSignal, onRows: OnRows) => Asked<readonly InstanceRecord[]>;
  readonly balance: (signal: AbortSignal) => Asked<Cents>;
  /** Prices of whole cycles by plan slug. */
  readonly plans: (signal: AbortSignal) => Asked<ReadonlyMap<string, ListedPlan>>;
  /** What the wallet paid for. */
  readonly payments: (signal: AbortSignal) => Asked<readonly Transaction[]>;
  /** One instance by itself; `not-found` where it does not exist. */
  readonly findInstance: (id: InstanceId, signal: AbortSignal) => Asked<{ readonly record: InstanceRecord }>;
  /** How long the API wants no request of this account; 0: it takes any now. */
  readonly waitMs: () => number;
}

/** Rows of a list so far, and how many there are where the API says it. */
type OnRows = (rows: readonly InstanceRecord[], total: number | null) => Promise<unknown> | undefined;

/** The monitor's questions to one account, in the API's words. People's requests go before these. */
export function createMonitorApi(client: ApiClient): MonitorApi {
  const options = (signal: AbortSignal) => ({ signal, priority: 'poll' }) as const;
  return {
    listInstances: async (signal, onRows) =>
      answerOf(
        await client.request(
          'instances.list',
          {},
          {
            ...options(signal),
            // What this endpoint's rows are decoded to.
            onRows: (rows, total) => onRows(rows as readonly InstanceRecord[], total),
          },
        ),
      ),
    balance: async (signal) =>
      mapAnswer(
        answerOf(await client.request('wallet.balance', {}, options(signal))),
        (wallet) => wallet.balanceCents,
      ),
    plans: async (signal) =>
      mapAnswer(answerOf(await client.request('catalog.myPlans', {}, options(signal))), plansByName),
    payments: async (signal) =>
      answerOf(
        await client.request(
          'wallet.transactions',
          { query: { type: 'debit', limit: 200 } },
          options(signal),
        ),
      ),
    findInstance: async (id, signal) =>
      answerOf(await client.request('instances.get', { path: { id } }, options(signal))),
    waitMs: () => client.waitMs(),
  };
}

/** A client's answer as the monitor counts it. */
export function answerOf<T>(result: ApiResult<T>): Result<Answer<T>, ApiError> {
  if (!result.ok) return result;
  const { value, isWhole } = result.value;
  return ok({ value, gaps: gapsOf(result.value), isWhole });
}

/** The same answer with another value. */
export function mapAnswer<T, U>(
  result: Result<Answer<T>, ApiError>,
  map: (value: T) => U,
): Result<Answer<U>, ApiError> {
  return result.ok ? ok({ ...result.value, value: map(result.value.value) }) : result;
}

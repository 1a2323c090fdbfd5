import type { Gaps } from '../../../preload/contract/gaps.ts';
import type { AccountId, Cents, InstanceId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import type { ApiAnswer, InstanceRecord } from '../../../main/api/index.ts';
import type { ListedPlan } from '../../../main/domain/index.ts';
import type { Answer, Asked, MonitorApi } from '../../../main/monitor/index.ts';

// Ids and cents are plain values with a name: a test may make them.
export const accountId = 'account-1' as AccountId;
export const instanceId = (id: string): InstanceId => id as InstanceId;
export const cents = (value: number): Cents => value as Cents;

/** A row of the list. */
export function record(id: string, status = 'running', more: Partial<InstanceRecord> = {}): InstanceRecord {
  return {
    id: instanceId(id),
    name: id,
    hostname: `${id}.server.evorxa.net`,
    status,
    planSlug: 'scout-2',
    vcpu: 2,
    ramGb: 4,
    storageGb: 60,
    mainIp: '203.0.113.42',
    addresses: ['203.0.113.42'],
    projectId: null,
    osName: 'Debian 12',
    billedTillMs: Date.UTC(2026, 5, 14),
    createdAtMs: null,
    isDeletionPending: false,
    deletionAtMs: null,
    isRebootPending: false,
    ...more,
  };
}

/** An answer; with `lost` rows more that came and could not be read. */
export const answer = <T>(value: T, lost = 0): { readonly ok: true; readonly value: Answer<T> } =>
  ok({ value, isWhole: lost === 0, gaps: lost === 0 ? null : gapsOfLost(value, lost) });

function gapsOfLost(value: unknown, lost: number): Gaps {
  const shown = Array.isArray(value) ? value.length : 0;
  return {
    cut: { shown, total: shown + lost, isArriving: false },
    unreadable: [{ field: 'id', count: lost }],
  };
}

export const unavailable: ApiError = { kind: 'unavailable', status: 500, message: 'Instance error' };
export const unauthorized: ApiError = { kind: 'unauthorized', message: 'Unauthenticated.' };
export const offline: ApiError = { kind: 'offline', message: 'No network' };

/** An API whose answers a test sets; it counts what it was asked. */
export class FakeApi implements MonitorApi {
  records: readonly InstanceRecord[] = [];
  balanceCents = 5240;
  catalog: ReadonlyMap<string, ListedPlan> = new Map();
  paid: readonly Transaction[] = [];
  /** When set, every request ends in it. */
  error: ApiError | null = null;
  listError: ApiError | null = null;
  walletError: ApiError | null = null;
  /** Ids that can be asked for by themselves though the list lacks them. */
  readonly existing = new Set<InstanceId>();
  readonly calls = { list: 0, balance: 0, plans: 0, payments: 0, find: 0 };
  /** Holds the list's answers back until it resolves. */
  gate: Promise<void> = Promise.resolve();

  /** Rows that come before all the others. */
  firstPage: readonly InstanceRecord[] | null = null;

  readonly listInstances: MonitorApi['listInstances'] = async (_signal, onRows) => {
    this.calls.list += 1;
    await this.gate;
    if (this.firstPage !== null) await onRows(this.firstPage, this.records.length);
    const error = this.error ?? this.listError;
    return error ? fail(error) : answer(this.records);
  };

  /** How long the server wants no request. */
  waitMs = (): number => 0;

  readonly balance = (): Asked<Cents> => {
    this.calls.balance += 1;
    const error = this.error ?? this.walletError;
    return Promise.resolve(error ? fail(error) : answer(cents(this.balanceCents)));
  };

  readonly plans = (): Asked<ReadonlyMap<string, ListedPlan>> => {
    this.calls.plans += 1;
    return Promise.resolve(this.error ? fail(this.error) : answer(this.catalog));
  };

  readonly payments = (): Asked<readonly Transaction[]> => {
    this.calls.payments += 1;
    const error = this.error ?? this.walletError;
    return Promise.resolve(error ? fail(error) : answer(this.paid));
  };

  readonly findInstance = (id: InstanceId): Asked<{ readonly record: InstanceRecord }> => {
    this.calls.find += 1;
    const exists = this.existing.has(id);
    return Promise.resolve(
      exists ? answer({ record: record(id) }) : fail({ kind: 'not-found', message: 'Not found' }),
    );
  };
}

/** An answer that came whole, with a value and all of it readable, but for what is named. */
export function apiAnswer<T>(value: T, more: Partial<ApiAnswer<T>> = {}): ApiAnswer<T> {
  return {
    value,
    drift: [],
    unreadable: new Map(),
    serverTimeMs: null,
    unchanged: false,
    truncated: false,
    total: null,
    unusable: 0,
    isWhole: true,
    ...more,
  };
}

import type { Cents, InstanceId, ProjectId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { Result } from '../../preload/contract/result.ts';

/** An instance as the API lists it. A row that did not change since the last answer is the same object. */
export interface InstanceRecord {
  readonly id: InstanceId;
  readonly name: string;
  readonly hostname: string | null;
  readonly status: string;
  readonly planSlug: string | null;
  readonly vcpu: number | null;
  readonly ramGb: number | null;
  readonly storageGb: number | null;
  readonly mainIp: string | null;
  readonly addresses: readonly string[];
  readonly projectId: ProjectId | null;
  readonly osName: string | null;
  readonly billedTillMs: number | null;
}

/** What a request brought, and how many of its rows and fields could not be read. */
export interface Answer<T> {
  readonly value: T;
  readonly drift: number;
}

export type Asked<T> = Promise<Result<Answer<T>, ApiError>>;

/** What the monitor asks of an account, whatever is in view. */
export interface MonitorApi {
  listInstances(signal: AbortSignal): Asked<readonly InstanceRecord[]>;
  balance(signal: AbortSignal): Asked<Cents>;
  /** Monthly price by plan slug. */
  planPrices(signal: AbortSignal): Asked<ReadonlyMap<string, Cents>>;
  /** Whether an instance still exists; `not-found` when it does not. */
  findInstance(id: InstanceId, signal: AbortSignal): Asked<InstanceRecord>;
}

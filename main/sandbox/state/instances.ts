import type { BillingCycle } from './catalog.ts';

/** A server as the sandbox knows it; what the API says of it is made in `routes/`. */
export interface InstanceRecord {
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  readonly projectId: number;
  readonly packageId: number;
  /** Paid for, and applied by the next restart; null when there is none. */
  readonly pendingPackageId: number | null;
  /** The API's word; the control channel can set any. */
  readonly status: string;
  /** Null until it is provisioned. */
  readonly mainIp: string | null;
  readonly ipv6: string | null;
  readonly osTemplateId: number;
  readonly osName: string;
  readonly billingCycle: BillingCycle;
  readonly billedTillMs: number;
  /** When it will be deleted at the end of its cycle; null when it renews. */
  readonly deletionAtMs: number | null;
  readonly createdAtMs: number;
  /** Start of the current run, also of counters and uptime; null when it is off. */
  readonly bootedAtMs: number | null;
  readonly rootPassword: string;
  /** Rises with each reinstall: the host key changes with it. */
  readonly hostKeyGeneration: number;
  /** Its system does not react to a shutdown, only to power-off. */
  readonly ignoresShutdown: boolean;
  /** Made in bulk for `--instances`: without SSH host and Shield record, to stay cheap. */
  readonly isBulk: boolean;
}

export type InstancePatch = Partial<Omit<InstanceRecord, 'id'>>;

/** Called after a change with the record as it is now; undefined when it was removed. */
export type InstanceListener = (id: string, record: InstanceRecord | undefined) => void;

/** All servers of the account, in the order in which they were made. */
export class InstanceStore {
  readonly #records = new Map<string, InstanceRecord>();
  readonly #listeners = new Set<InstanceListener>();
  #revision = 0;

  /** Rises with each change: what was derived from an older one is stale. */
  get revision(): number {
    return this.#revision;
  }

  all(): readonly InstanceRecord[] {
    return [...this.#records.values()];
  }

  get(id: string): InstanceRecord | undefined {
    return this.#records.get(id);
  }

  add(record: InstanceRecord): void {
    this.#records.set(record.id, record);
    this.#changed(record.id, record);
  }

  /** Returns the record as it is now; undefined when there is none (it was deleted meanwhile). */
  update(id: string, patch: InstancePatch): InstanceRecord | undefined {
    const record = this.#records.get(id);
    if (!record) return undefined;
    const updated = { ...record, ...patch };
    this.#records.set(id, updated);
    this.#changed(id, updated);
    return updated;
  }

  remove(id: string): void {
    if (this.#records.delete(id)) this.#changed(id, undefined);
  }

  /** Returns the unsubscribe. */
  onChange(listener: InstanceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(id: string, record: InstanceRecord | undefined): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener(id, record);
  }
}

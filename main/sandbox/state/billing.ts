import type { SandboxClock } from '../clock.ts';
import { cycleCents, cycleMs, cycleTerms, knownPlan, type Plan } from './catalog.ts';
import type { InstanceRecord, InstanceStore } from './instances.ts';
import type { Lifecycle } from './lifecycle.ts';
import { InsufficientFunds, type Wallet } from './wallet.ts';

/** The part of a cycle's price that is not used up yet, in cents; 0 when the cycle is over. */
export function prorate(cents: number, cycleLengthMs: number, remainingMs: number): number {
  const part = Math.min(Math.max(remainingMs, 0), cycleLengthMs);
  return Math.round((cents * part) / cycleLengthMs);
}

/** What an upgrade costs for the rest of the cycle, in cents; negative for a smaller plan. */
export function upgradeCents(record: InstanceRecord, to: Plan, nowMs: number): number {
  const cycle = record.billingCycle;
  const from = knownPlan(record.pendingPackageId ?? record.packageId);
  return prorate(
    cycleCents(to, cycle) - cycleCents(from, cycle),
    cycleMs(cycle),
    record.billedTillMs - nowMs,
  );
}

/** What an immediate deletion gives back, in cents. */
export function refundCents(record: InstanceRecord, nowMs: number): number {
  const cycle = record.billingCycle;
  const price = cycleCents(knownPlan(record.pendingPackageId ?? record.packageId), cycle);
  return prorate(price, cycleMs(cycle), record.billedTillMs - nowMs);
}

/** Renews servers when their paid time ends; suspends those the wallet cannot pay, removes those to be deleted. */
export class Billing {
  readonly #clock: SandboxClock;
  readonly #instances: InstanceStore;
  readonly #lifecycle: Lifecycle;
  readonly #wallet: Wallet;
  readonly #due = new Map<string, { readonly atMs: number; readonly cancel: () => void }>();

  constructor(clock: SandboxClock, instances: InstanceStore, lifecycle: Lifecycle, wallet: Wallet) {
    this.#clock = clock;
    this.#instances = instances;
    this.#lifecycle = lifecycle;
    this.#wallet = wallet;
  }

  /** Watches the servers from now on. */
  start(): void {
    this.#instances.onChange((id, record) => this.#schedule(id, record));
  }

  #schedule(id: string, record: InstanceRecord | undefined): void {
    const before = this.#due.get(id);
    if (before?.atMs === record?.billedTillMs) return;
    before?.cancel();
    this.#due.delete(id);
    if (!record || record.billedTillMs <= this.#clock.now()) return;
    const cancel = this.#clock.at(record.billedTillMs, () => this.#endOfCycle(id));
    this.#due.set(id, { atMs: record.billedTillMs, cancel });
  }

  #endOfCycle(id: string): void {
    this.#due.delete(id);
    const record = this.#instances.get(id);
    if (!record) return;
    if (record.deletionAtMs !== null) {
      this.#lifecycle.remove(id);
      return;
    }
    const { billingCycle } = record;
    const cents = cycleCents(knownPlan(record.pendingPackageId ?? record.packageId), billingCycle);
    try {
      this.#wallet.debit(cents, {
        description: `Renewal, ${cycleTerms[billingCycle].words}`,
        instanceId: id,
      });
    } catch (error) {
      if (!(error instanceof InsufficientFunds)) throw error;
      this.#lifecycle.force(id, { status: 'suspended' });
      return;
    }
    this.#instances.update(id, { billedTillMs: record.billedTillMs + cycleMs(billingCycle) });
  }
}

import type { Account, AccountsState } from '../../preload/contract/account.ts';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';
import type { Visibility } from '../monitor/index.ts';
import { isLoopback } from '../api/index.ts';
import type { AccountRuntime } from './account-runtime.ts';

/**
 * Makes the runtime of an account; null where it has no token to use. `isCurrent`: whether the window shows it now.
 */
type CreateRuntime = (id: AccountId, isCurrent: () => boolean) => AccountRuntime | null;

/** Keeps one runtime for each account that can be used: made when it becomes ready, stopped when it no longer is. */
export class Runtimes {
  readonly #create: CreateRuntime;
  readonly #tokenOf: (id: AccountId) => string | null;
  readonly #cached: (id: AccountId) => Snapshot | null;
  readonly #running = new Map<AccountId, AccountRuntime>();
  /** Those whose token was refused (401): once accepted again they start again, also with the same token. */
  readonly #refused = new Set<AccountId>();
  #currentId: AccountId | null = null;
  #visibility: Visibility = 'hidden';

  /**
   * `tokenOf` gives null where the account has no token to use; `cached` gives what the last run knew, to be shown
   * until then.
   */
  constructor(
    create: CreateRuntime,
    tokenOf: (id: AccountId) => string | null,
    cached: (id: AccountId) => Snapshot | null,
  ) {
    this.#create = create;
    this.#tokenOf = tokenOf;
    this.#cached = cached;
  }

  /** The runtime of the account that the window shows, or null. */
  current(): AccountRuntime | null {
    return this.#currentId === null ? null : (this.#running.get(this.#currentId) ?? null);
  }

  /** The instance with this id and whose it is: of the account that is shown first, since a pending action may be another's. */
  find(id: InstanceId): { readonly account: Account; readonly instance: Instance } | null {
    for (const runtime of [this.current(), ...this.all()]) {
      const instance = runtime?.monitor.snapshot().instances.find((each) => each.id === id);
      if (runtime !== null && instance !== undefined) return { account: runtime.account, instance };
    }
    return null;
  }

  /** What is known of the account that is shown: also while its token is locked away, from the last run. */
  currentSnapshot(): Snapshot | null {
    const runtime = this.current();
    if (runtime !== null) return runtime.monitor.snapshot();
    return this.#currentId === null ? null : this.#cached(this.#currentId);
  }

  /** What a window that knows nothing yet has to be told. */
  currentUpdate(): SnapshotUpdate {
    const snapshot = this.currentSnapshot();
    return snapshot === null ? { kind: 'none' } : { kind: 'full', snapshot };
  }

  /** The runtime of an account, or null while it cannot be used. */
  of(id: AccountId): AccountRuntime | null {
    return this.#running.get(id) ?? null;
  }

  all(): readonly AccountRuntime[] {
    return [...this.#running.values()];
  }

  /**
   * Brings the runtimes in line with the accounts. One that was refused (401) keeps its last snapshot; one whose account
   * is only described again, as when its token reaches the keychain, goes on as it is.
   */
  follow({ accounts, currentId }: AccountsState): void {
    this.#currentId = currentId;
    const known = new Map(accounts.map((account) => [account.id, account]));
    for (const [id, runtime] of this.#running) {
      const account = known.get(id);
      if (account !== undefined && account.access !== 'ready') this.#refused.add(id);
      else if (account === undefined || this.#refused.has(id) || !runtime.isFor(account, this.#tokenOf(id))) {
        this.#refused.delete(id);
        runtime.stop();
        this.#running.delete(id);
      } else runtime.follow(account);
    }
    for (const { id, access } of accounts) {
      if (access !== 'ready' || this.#running.has(id)) continue;
      const runtime = this.#create(id, () => id === this.#currentId);
      if (runtime === null) continue;
      this.#running.set(id, runtime);
      runtime.monitor.start();
      runtime.alerts.start();
      runtime.certificates.start();
      runtime.wafWatcher.start();
      runtime.turns.resume();
      runtime.shield.takeUp();
      runtime.automaticRules.takeUp();
    }
    this.setVisibility(this.#visibility);
  }

  /** The window came into view or went out of it. Only the account that it shows is polled as in view. */
  setVisibility(visibility: Visibility): void {
    this.#visibility = visibility;
    for (const [id, { monitor }] of this.#running) {
      monitor.setVisibility(id === this.#currentId ? visibility : 'hidden');
    }
  }

  /** What the system says of the network. An account on this machine does not need one. */
  networkChanged(online: boolean): void {
    for (const { account, monitor, automaticRules } of this.#running.values()) {
      if (online) automaticRules.checkAddresses();
      if (!isLoopback(new URL(account.apiUrl).hostname)) monitor.networkChanged(online);
    }
  }

  /** The machine goes to sleep. */
  suspend(): void {
    for (const { monitor, watches, alerts, certificates, wafWatcher } of this.#running.values()) {
      alerts.stop();
      certificates.stop();
      wafWatcher.stop();
      monitor.suspend();
      watches.suspend();
    }
  }

  /** The machine woke up. */
  resume(): void {
    for (const runtime of this.#running.values()) {
      const { monitor, watches, alerts, certificates, wafWatcher, automaticRules } = runtime;
      monitor.resume();
      automaticRules.checkAddresses();
      alerts.start();
      certificates.start();
      wafWatcher.start();
      watches.resume();
    }
  }

  /** The terminal sessions, of any account. */
  sessionsChanged(sessions: readonly TerminalSession[]): void {
    for (const { automaticRules } of this.#running.values()) automaticRules.sessionsChanged(sessions);
  }

  /** The window's page is gone: nobody watches anything. */
  resetWatches(): void {
    for (const { watches } of this.#running.values()) watches.resetAll();
  }

  stopAll(): void {
    for (const runtime of this.#running.values()) runtime.stop();
    this.#running.clear();
  }
}

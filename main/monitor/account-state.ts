import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import type { Clock } from '../clock/index.ts';
import { nextDeadline } from './expected-state.ts';
import type { LocalChanges } from './local-changes.ts';
import type { MonitorState } from './monitor-state.ts';
import { reduce, type MonitorEvent } from './reduce.ts';
import { momentOf } from './time.ts';
import { toUpdate } from './to-update.ts';

/** Who hears of what became of an account's state. */
export interface AccountStateOptions {
  readonly initial: MonitorState;
  readonly clock: Clock;
  /** The snapshot became another; `update` brings who holds the one before up to it. */
  readonly onUpdate: (update: SnapshotUpdate, snapshot: Snapshot) => void;
  readonly onLocalChanges: (localChanges: ReadonlyMap<InstanceId, LocalChanges>) => void;
}

/** What is known of an account: takes in what happens, and passes the deadlines of what is expected. */
export class AccountState {
  readonly #options: AccountStateOptions;
  #now: MonitorState;
  #published: Snapshot;
  #isRunning = false;
  #cancelDeadline = (): void => undefined;

  constructor(options: AccountStateOptions) {
    this.#options = options;
    this.#now = options.initial;
    this.#published = options.initial.snapshot;
  }

  /** All that is known. */
  get now(): MonitorState {
    return this.#now;
  }

  /** The snapshot that `onUpdate` told of last. */
  get published(): Snapshot {
    return this.#published;
  }

  /** Takes in an event, and tells what it changed. */
  apply(event: MonitorEvent): void {
    this.hold(event);
    this.publish();
  }

  /** Takes in an event, and leaves it to a later `publish`, or the next event, to tell what it changed. */
  hold(event: MonitorEvent): void {
    this.publish();
    const { clock, onLocalChanges } = this.#options;
    const before = this.#now;
    this.#now = reduce(before, event, momentOf(clock));
    if (this.#now.expectations !== before.expectations) this.#watchDeadlines();
    if (this.#now.localChanges !== before.localChanges) onLocalChanges(this.#now.localChanges);
  }

  /** Tells what is not told yet. */
  publish(): void {
    const before = this.#published;
    const { snapshot } = this.#now;
    if (snapshot === before) return;
    this.#published = snapshot;
    this.#options.onUpdate(toUpdate(before, snapshot), snapshot);
  }

  /** Passes deadlines from now on. */
  start(): void {
    this.#isRunning = true;
    this.#watchDeadlines();
  }

  /** Passes no more of them. */
  stop(): void {
    this.#isRunning = false;
    this.#cancelDeadline();
  }

  #watchDeadlines(): void {
    this.#cancelDeadline();
    const { clock } = this.#options;
    const deadlines = [...this.#now.expectations.values()].map(nextDeadline);
    if (!this.#isRunning || deadlines.length === 0) return;
    this.#cancelDeadline = clock.setTimeout(
      () => {
        this.apply({ kind: 'time' });
        this.#watchDeadlines();
      },
      Math.max(0, Math.min(...deadlines) - clock.monotonicMs()),
    );
  }
}

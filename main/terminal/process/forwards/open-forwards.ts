import type { Client } from 'ssh2';
import type { ForwardOrder, ForwardReport } from '../../forward-protocol.ts';
import type { WallClock } from '../../../clock/index.ts';
import { Counts } from './counts.ts';
import { LocalForward } from './local-forward.ts';
import { RemoteForward } from './remote-forward.ts';
import type { RunningForward } from './running-forward.ts';

/** So often, at most, it is told what goes through. */
const reportEveryMs = 500;

interface Held {
  readonly order: ForwardOrder;
  readonly counts: Counts;
  readonly running: RunningForward;
  state: ForwardReport['state'];
}

/** The port forwards that are open on one connection, from its sign-in to its end. */
export class OpenForwards {
  readonly #client: Client;
  readonly #user: string;
  readonly #clock: WallClock;
  readonly #report: (reports: readonly ForwardReport[]) => void;
  readonly #held = new Map<string, Held>();
  #cancelReport: (() => void) | null = null;

  constructor(
    { client, user, clock }: { readonly client: Client; readonly user: string; readonly clock: WallClock },
    report: (reports: readonly ForwardReport[]) => void,
  ) {
    this.#client = client;
    this.#user = user;
    this.#clock = clock;
    this.#report = report;
    client.on('tcp connection', (details, accept, reject) => {
      const takes = [...this.#held.values()].some(
        ({ running }) => running instanceof RemoteForward && running.take(details, accept, reject),
      );
      // Its port is being closed. ssh2 itself leaves a connection waiting that nobody takes.
      if (!takes) reject();
    });
  }

  /** Opens and closes ports, so that these forwards are there and no others. */
  set(orders: readonly ForwardOrder[]): void {
    const wanted = new Map(orders.map((order) => [order.id as string, order]));
    for (const [id, { order, running }] of this.#held)
      if (!isSame(order, wanted.get(id))) {
        running.stop();
        this.#held.delete(id);
      }
    for (const order of orders) if (!this.#held.has(order.id)) this.#open(order);
    this.#tell();
  }

  /** The connection is over. */
  stop(): void {
    this.#cancelReport?.();
    for (const { running } of this.#held.values()) running.stop();
    this.#held.clear();
  }

  #open(order: ForwardOrder): void {
    const counts = new Counts(() => this.#tellSoon());
    const told = (state: ForwardReport['state']): void => {
      if (this.#held.get(order.id) !== held) return;
      held.state = state;
      this.#tell();
    };
    const events = {
      on: (port: number, note: string | null) => told({ phase: 'on', port, note }),
      failed: (sentence: string) => told({ phase: 'failed', sentence }),
    };
    const connection = { client: this.#client, user: this.#user, clock: this.#clock };
    const running =
      order.kind === 'remote'
        ? new RemoteForward(order, connection, counts, events)
        : new LocalForward(order, connection, counts, events);
    const held: Held = { order, counts, running, state: { phase: 'opening' } };
    this.#held.set(order.id, held);
    running.start();
  }

  #tellSoon(): void {
    this.#cancelReport ??= this.#clock.setTimeout(() => this.#tell(), reportEveryMs);
  }

  #tell(): void {
    this.#cancelReport?.();
    this.#cancelReport = null;
    this.#report(
      [...this.#held.values()].map(({ order, state, counts }) => ({
        id: order.id,
        state,
        traffic: counts.now,
      })),
    );
  }
}

/** Where any port will do it is no other forward that had another one before. */
function isSame(one: ForwardOrder, other: ForwardOrder | undefined): boolean {
  if (other === undefined) return false;
  const key = ({ kind, bindAddress, port, destination }: ForwardOrder): string =>
    JSON.stringify([kind, bindAddress, port, destination?.host, destination?.port]);
  return key(one) === key(other);
}

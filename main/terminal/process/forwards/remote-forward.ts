import { connect, type Socket } from 'node:net';
import type { AcceptConnection, Client, ClientChannel, RejectConnection, TcpConnectionDetails } from 'ssh2';
import type { WallClock } from '../../../clock/index.ts';
import type { ForwardOrder } from '../../forward-protocol.ts';
import { errorCode } from '../errors.ts';
import type { Counts } from './counts.ts';
import { notConnectedHere, notOpenedThere } from './forward-words.ts';
import { joinStreams } from './joined.ts';
import type { ForwardEvents, RunningForward } from './running-forward.ts';

/** So long this computer tries to connect to where a remote forward leads. */
const connectDeadlineMs = 15_000;

/** A port of the instance that leads to what this computer reaches. */
export class RemoteForward implements RunningForward {
  readonly #order: ForwardOrder;
  readonly #client: Client;
  readonly #clock: WallClock;
  readonly #counts: Counts;
  readonly #events: ForwardEvents;
  readonly #user: string;
  readonly #cuts = new Map<Socket, () => void>();
  #port: number | null = null;
  #isOver = false;

  constructor(
    order: ForwardOrder,
    { client, user, clock }: { readonly client: Client; readonly user: string; readonly clock: WallClock },
    counts: Counts,
    events: ForwardEvents,
  ) {
    this.#order = order;
    this.#client = client;
    this.#user = user;
    this.#clock = clock;
    this.#counts = counts;
    this.#events = events;
  }

  /**
   * As the server is asked. Not `localhost` where it can be avoided: OpenSSH opens the port on ::1 alone where it is taken
   * on 127.0.0.1, and says that it did. `askSignOfLife` would close port 1.
   */
  get #address(): string {
    const { bindAddress, port } = this.#order;
    return bindAddress === '127.0.0.1' && port === 1 ? 'localhost' : bindAddress;
  }

  start(): void {
    const { port, formerPort } = this.#order;
    this.#listen(port === 0 && formerPort !== null ? formerPort : port);
  }

  stop(): void {
    this.#isOver = true;
    if (this.#port !== null) this.#unlisten(this.#port);
    for (const cut of this.#cuts.values()) cut();
  }

  #listen(port: number): void {
    try {
      // ssh2's type leaves out that there is an error.
      this.#client.forwardIn(this.#address, port, (error: Error | undefined, opened: number) => {
        if (error !== undefined) {
          if (this.#isOver) return;
          if (port !== this.#order.port) this.#listen(this.#order.port);
          else this.#events.failed(notOpenedThere(this.#order, this.#user));
        } else if (this.#isOver) this.#unlisten(opened);
        else {
          this.#port = opened;
          this.#events.on(opened, null);
        }
      });
    } catch {
      // The connection ends at this moment, and its session says so.
    }
  }

  #unlisten(port: number): void {
    try {
      this.#client.unforwardIn(this.#address, port, () => undefined);
    } catch {
      // It has ended with its connection.
    }
  }

  /** Takes a connection that came to its port; false where it came to another one. */
  take(
    { destIP, destPort }: TcpConnectionDetails,
    accept: AcceptConnection<ClientChannel>,
    reject: RejectConnection,
  ): boolean {
    const { destination } = this.#order;
    if (destIP !== this.#address || destPort !== this.#port || destination === null) return false;
    this.#counts.opened();
    const socket = connect({ ...destination, allowHalfOpen: true, noDelay: true });
    const cancel = this.#clock.setTimeout(
      () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
      connectDeadlineMs,
    );
    let isConnected = false;
    this.#cuts.set(socket, () => socket.destroy());
    socket.once('connect', () => {
      cancel();
      isConnected = true;
      this.#counts.connected(null);
      this.#cuts.set(socket, joinStreams(socket, accept(), this.#counts));
    });
    socket.on('error', (error) => {
      if (!isConnected) this.#counts.connected(notConnectedHere(destination, errorCode(error)));
    });
    socket.once('close', () => {
      cancel();
      if (!isConnected) reject();
      this.#cuts.delete(socket);
      this.#counts.closed();
    });
    return true;
  }
}

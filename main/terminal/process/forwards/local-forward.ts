import { createServer, type Server, type Socket } from 'node:net';
import type { Client } from 'ssh2';
import type { WallClock } from '../../../clock/index.ts';
import type { ForwardOrder } from '../../forward-protocol.ts';
import { errorCode } from '../errors.ts';
import type { Counts } from './counts.ts';
import { notConnectedThere, notListening, socksReasonOf } from './forward-words.ts';
import { joinStreams } from './joined.ts';
import type { ForwardEvents, RunningForward } from './running-forward.ts';
import { SocksHandshake, socksReplies, socksReply } from './socks5.ts';

type Destination = NonNullable<ForwardOrder['destination']>;

/** So long a program may take to say where it wants to. */
export const socksDeadlineMs = 10_000;

/** A port of this computer that leads to what the server reaches: to one host, or by SOCKS5 to any. */
export class LocalForward implements RunningForward {
  readonly #order: ForwardOrder;
  readonly #client: Client;
  readonly #clock: WallClock;
  readonly #counts: Counts;
  readonly #events: ForwardEvents;
  readonly #server: Server;
  readonly #cuts = new Map<Socket, () => void>();
  #isOver = false;

  constructor(
    order: ForwardOrder,
    { client, clock }: { readonly client: Client; readonly clock: WallClock },
    counts: Counts,
    events: ForwardEvents,
  ) {
    this.#order = order;
    this.#client = client;
    this.#clock = clock;
    this.#counts = counts;
    this.#events = events;
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) =>
      this.#accept(socket),
    );
  }

  start(): void {
    const { port, formerPort } = this.#order;
    this.#listen(port === 0 && formerPort !== null ? formerPort : port);
  }

  stop(): void {
    this.#isOver = true;
    this.#server.close();
    for (const [socket, cut] of this.#cuts) {
      cut();
      socket.destroy();
    }
  }

  #listen(port: number): void {
    const failed = (error: Error): void => {
      if (this.#isOver) return;
      if (port !== this.#order.port && errorCode(error) === 'EADDRINUSE') this.#listen(this.#order.port);
      else this.#events.failed(notListening(this.#order, error));
    };
    this.#server.once('error', failed);
    this.#server.listen({ host: this.#order.bindAddress, port, exclusive: true }, () => {
      this.#server.off('error', failed);
      // Too many files are open: the connection is not taken, and the port stays open.
      this.#server.on('error', () => undefined);
      const address = this.#server.address();
      if (!this.#isOver && typeof address === 'object' && address !== null)
        this.#events.on(address.port, null);
    });
  }

  #accept(socket: Socket): void {
    if (this.#isOver) {
      socket.destroy();
      return;
    }
    this.#counts.opened();
    this.#cuts.set(socket, () => undefined);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#cuts.delete(socket);
      this.#counts.closed();
    });
    const { destination } = this.#order;
    if (destination === null) this.#greet(socket);
    else
      this.#connect(socket, destination, {
        connected: () => undefined,
        refused: () => socket.destroy(),
      });
  }

  /** Has a program say where it wants to. */
  #greet(socket: Socket): void {
    const handshake = new SocksHandshake();
    const cancel = this.#clock.setTimeout(() => socket.destroy(), socksDeadlineMs);
    socket.once('close', cancel);
    // It hung up before it said all.
    const hungUp = (): void => void socket.destroy();
    const over = (): void => {
      cancel();
      socket.off('data', take);
      socket.off('end', hungUp);
    };
    const refuse = (answer: Buffer): void => {
      over();
      socket.resume();
      socket.end(answer, () => socket.destroy());
    };
    const take = (chunk: Buffer): void => {
      const step = handshake.take(chunk);
      switch (step.kind) {
        case 'more':
          return;
        case 'greeted':
          socket.write(step.answer);
          take(Buffer.alloc(0));
          return;
        case 'refused':
          refuse(step.answer);
          return;
        case 'connect': {
          over();
          socket.pause();
          const { destination, rest } = step;
          if (rest.length > 0) socket.unshift(rest);
          this.#connect(socket, destination, {
            connected: () => socket.write(socksReply(socksReplies.done)),
            refused: (error) => refuse(socksReply(socksReasonOf(error))),
          });
        }
      }
    };
    socket.on('data', take);
    socket.on('end', hungUp);
    socket.resume();
  }

  /** Asks the server for a connection, and joins the two. */
  #connect(
    socket: Socket,
    destination: Destination,
    then: { readonly connected: () => void; readonly refused: (error: Error) => void },
  ): void {
    const { remoteAddress = '127.0.0.1', remotePort = 0 } = socket;
    const refused = (error: Error): void => {
      this.#counts.connected(notConnectedThere(destination, error));
      then.refused(error);
    };
    try {
      this.#client.forwardOut(
        remoteAddress,
        remotePort,
        destination.host,
        destination.port,
        (error, channel) => {
          if (error) {
            if (!this.#isOver && !socket.destroyed) refused(error);
            return;
          }
          if (this.#isOver || socket.destroyed) {
            channel.close();
            return;
          }
          this.#counts.connected(null);
          then.connected();
          this.#cuts.set(socket, joinStreams(socket, channel, this.#counts));
        },
      );
    } catch {
      // The connection ends at this moment, and its session says so.
      socket.destroy();
    }
  }
}

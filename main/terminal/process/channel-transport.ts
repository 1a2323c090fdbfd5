import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/** What a connection reads and writes: a socket, or a channel of the connection to a jump host. */
export interface ConnectionTransport extends Duplex {
  /** Whether the memory of a chunk may be used again as soon as it has been emitted. */
  reuseBuffer: boolean;
  /** Bytes that came in. */
  readonly received: number;
}

/** A connection to another server by way of a jump host. */
export class ChannelTransport extends Duplex implements ConnectionTransport {
  readonly #channel: ClientChannel;
  /** Chunks are memory of their own in any case. */
  reuseBuffer = false;
  received = 0;

  constructor(channel: ClientChannel) {
    super({ autoDestroy: true, allowHalfOpen: false });
    this.#channel = channel;
    channel.on('data', (chunk: Buffer) => {
      this.received += chunk.length;
      if (!this.push(Buffer.from(chunk))) channel.pause();
    });
    channel.on('error', (error: Error) => this.destroy(error));
    // What came before the end is still to be read: the stream ends itself after it.
    channel.on('end', () => this.push(null));
    channel.on('close', () => this.push(null));
    channel.stderr.resume();
    channel.pause();
  }

  override _read(): void {
    this.#channel.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#channel.writable) this.#channel.write(chunk, encoding, done);
    else done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#channel.close();
    done(error);
  }
}

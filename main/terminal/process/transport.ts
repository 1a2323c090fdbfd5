import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';

const readBufferBytes = 64 * 1024;

/**
 * A TCP connection that reads into one buffer over and over: in Electron each fresh 64 KB buffer costs
 * 72–88 µs, which would halve a session's speed. Nagle is off, so that a keystroke leaves at once.
 * Errors come as `error` with the socket's own code.
 */
export class Transport extends Duplex {
  readonly #socket: Socket;
  /** On: the reader is done with each chunk as soon as it has been emitted. Off: each chunk is a copy. */
  reuseBuffer = false;
  /** Bytes that came in. */
  received = 0;

  constructor(target: { readonly host: string; readonly port: number }) {
    super({ autoDestroy: true, allowHalfOpen: false });
    this.#socket = connect({
      host: target.host,
      port: target.port,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(readBufferBytes),
        callback: (length, buffer) => this.#onRead(length, buffer),
      },
    });
    this.#socket.on('lookup', () => this.emit('lookup'));
    this.#socket.on('connect', () => this.emit('connect'));
    this.#socket.on('error', (error) => this.destroy(error));
    // What came before the end is still to be read: the stream ends itself after it.
    this.#socket.on('end', () => this.push(null));
    this.#socket.on('close', () => this.push(null));
  }

  /** ssh2 asks this to know whether it must wait for `connect`. */
  get connecting(): boolean {
    return this.#socket.connecting;
  }

  #onRead(length: number, buffer: Uint8Array): boolean {
    this.received += length;
    const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, length);
    // Flowing and empty: the chunk is emitted now, and not kept here for later.
    const isPassedOn = this.readableFlowing === true && this.readableLength === 0;
    return this.push(this.reuseBuffer && isPassedOn ? chunk : Buffer.from(chunk));
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    // Ended by itself when the server ended: to end it once more would be an error.
    if (this.#socket.writableEnded) done();
    else this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}

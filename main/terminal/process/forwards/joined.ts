import type { Socket } from 'node:net';
import type { ClientChannel } from 'ssh2';

/** What is counted of a connection. */
export interface JoinedCounts {
  /** Bytes from this computer to the instance. */
  readonly up: (bytes: number) => void;
  readonly down: (bytes: number) => void;
}

/**
 * Joins a connection of this computer with a channel, until both have ended: each side's end is passed on by itself, and who
 * reads slowly holds the other side up. Gives what ends both at once. The socket's `close` comes last.
 */
export function joinStreams(socket: Socket, channel: ClientChannel, { up, down }: JoinedCounts): () => void {
  const cut = (): void => {
    channel.close();
    channel.end();
    socket.destroy();
  };
  socket.on('data', (chunk: Buffer) => up(chunk.length));
  channel.on('data', (chunk: Buffer) => down(chunk.length));
  channel.stderr.resume();
  socket.on('error', cut);
  channel.on('error', cut);
  // What it has sent is still delivered; ssh2 answers nothing that is written to it from now on.
  channel.on('close', () => socket.destroySoon());
  socket.pipe(channel);
  channel.pipe(socket);
  return cut;
}

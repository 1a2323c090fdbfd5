import { connect } from 'node:net';

/** Whether something accepts connections there within `timeoutMs`. Sends nothing, and never throws. */
export function acceptsConnections(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (accepts: boolean): void => {
      socket.destroy();
      resolve(accepts);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    // Stays after the first: a socket that is destroyed may have one more to report.
    socket.on('error', () => end(false));
  });
}

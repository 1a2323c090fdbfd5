import type { Client } from 'ssh2';

/**
 * Asks a server for a sign of life; `gone` where the connection is over. ssh2 has no public ping. Every server must answer
 * this request, and there is no such forward to cancel.
 */
export function askSignOfLife(client: Client, answered: () => void, gone: () => void): void {
  try {
    client.unforwardIn('127.0.0.1', 1, answered);
  } catch {
    gone();
  }
}

import type { Client } from 'ssh2';
import type { ConnectionParts } from './connection-parts.ts';
import { Keepalive } from './keepalive.ts';

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

/** Watches the connection to a jump host, which has no shell that would. */
export function jumpHostKeepalive(
  client: Client,
  { clock, limits }: Pick<ConnectionParts, 'clock' | 'limits'>,
  { gone, dead }: { readonly gone: () => void; readonly dead: (silentMs: number) => void },
): Keepalive {
  return new Keepalive(clock, limits.keepalive, {
    ask: (answered) => askSignOfLife(client, answered, gone),
    onLatency: () => undefined,
    onDead: dead,
  });
}

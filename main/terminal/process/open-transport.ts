import { isIP } from 'node:net';
import { ChannelTransport, type ConnectionTransport } from './channel-transport.ts';
import type { ConnectingPhase, ConnectionParts, ConnectionTarget } from './connection-parts.ts';
import type { Deadline } from './deadline.ts';
import { Transport } from './transport.ts';

/** What making a connection's transport tells it. */
export interface TransportHooks {
  readonly deadline: Deadline;
  readonly phase: (phase: ConnectingPhase) => void;
  /** It can be written to. */
  readonly connected: () => void;
}

/** Makes the way of a connection to its server: over the network, or by the channel of a jump host. */
export function openTransport(
  { host, port }: ConnectionTarget,
  { channel, limits }: Pick<ConnectionParts, 'channel' | 'limits'>,
  { deadline, phase, connected }: TransportHooks,
): ConnectionTransport {
  if (channel !== undefined) {
    // It is open; told later, as the network does.
    queueMicrotask(connected);
    return new ChannelTransport(channel);
  }
  phase(isIP(host) === 0 ? 'resolving' : 'connecting');
  deadline.start(limits.connectTimeoutMs);
  const transport = new Transport({ host, port });
  transport.once('lookup', () => phase('connecting'));
  transport.once('connect', connected);
  return transport;
}

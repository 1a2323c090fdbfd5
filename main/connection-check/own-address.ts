import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * The address with which this computer sends to another one, where that is an address of the Internet; null behind a
 * router that translates addresses, and without a network. Nothing is sent.
 */
export function ownAddressTowards(address: string): Promise<string | null> {
  const family = isIP(address);
  if (family === 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    const end = (found: string | null): void => {
      socket.close();
      resolve(found);
    };
    socket.once('error', () => end(null));
    // "Connecting" UDP chooses a route, and with it the address of this side.
    socket.connect(53, address, () => {
      const own = socket.address().address;
      end(ipaddr.isValid(own) && ipaddr.process(own).range() === 'unicast' ? own : null);
    });
  });
}

import type { NetworkInterfaceInfo } from 'node:os';
import { beforeEach, describe, expect, test } from 'vitest';
import { NetworkWatch } from '../../../main/terminal/network-watch.ts';
import { FakeClock } from './fake-clock.ts';

describe('the watch of the network', () => {
  let clock: FakeClock;
  let addresses: Record<string, readonly string[]>;
  let changes: number;
  let looks: number;
  let watch: NetworkWatch;

  beforeEach(() => {
    clock = new FakeClock();
    addresses = { lo: ['127.0.0.1'], wlan0: ['192.0.2.7', '2001:db8::7'] };
    changes = 0;
    looks = 0;
    watch = new NetworkWatch({
      clock,
      interfaces: () => {
        looks += 1;
        return Object.fromEntries(
          Object.entries(addresses).map(([name, list]) => [
            name,
            list.map((address) => ({ address, internal: name === 'lo' }) as NetworkInterfaceInfo),
          ]),
        );
      },
      onChanged: () => (changes += 1),
    });
    watch.setActive(true);
  });

  test.each([
    ['another address', { wlan0: ['198.51.100.9'] }],
    ['another interface', { eth0: ['192.0.2.7', '2001:db8::7'] }],
    ['a further one, as of a VPN', { wlan0: ['192.0.2.7', '2001:db8::7'], tun0: ['10.8.0.2'] }],
    ['one less', { wlan0: ['192.0.2.7'] }],
  ])('tells of %s, once, within 5 s', (_what, next) => {
    clock.advance(60_000);
    expect(changes).toBe(0);
    addresses = { lo: ['127.0.0.1'], ...next };
    clock.advance(5_000);
    expect(changes).toBe(1);
    clock.advance(60_000);
    expect(changes).toBe(1);
  });

  test.each([
    ['the order', { wlan0: ['2001:db8::7', '192.0.2.7'], lo: ['127.0.0.1'] }],
    ['what stays in this computer', { wlan0: ['192.0.2.7', '2001:db8::7'], lo: ['127.0.0.1', '127.0.0.2'] }],
    [
      'what leads to a link alone',
      { wlan0: ['192.0.2.7', '2001:db8::7', 'fe80::1', 'FEB0::1'], veth1: ['169.254.3.4'] },
    ],
  ])('tells nothing of %s', (_what, next) => {
    addresses = next;
    clock.advance(60_000);
    expect(changes).toBe(0);
  });

  test('waits without a network, and tells when there is one again, also the same', () => {
    const before = addresses;
    addresses = { lo: ['127.0.0.1'] };
    clock.advance(60_000);
    expect(changes).toBe(0);
    addresses = before;
    clock.advance(5_000);
    expect(changes).toBe(1);
  });

  test('looks while it is asked to, by one timer, and knows nothing of what was meanwhile', () => {
    watch.setActive(true);
    expect([clock.pending, looks]).toEqual([1, 1]);
    watch.setActive(false);
    watch.setActive(false);
    expect(clock.pending).toBe(0);
    addresses = { wlan0: ['198.51.100.9'] };
    clock.advance(60_000);
    expect(looks).toBe(1);
    watch.setActive(true);
    clock.advance(60_000);
    expect([changes, clock.pending]).toEqual([0, 1]);
  });
});

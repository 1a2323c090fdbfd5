import { describe, expect, it } from 'vitest';
import { readPort, readServices } from '../../../../main/terminal/process/config/ports.ts';

describe('services(5)', () => {
  it('names TCP ports, with aliases; the first line that has a name counts', () => {
    const text =
      'ssh\t\t22/tcp\t\t# SSH\nsyslog 514/udp\nhttp 80/tcp www\r\n# old 1/tcp\nwww 8080/tcp\n\nbad x/tcp';
    expect([...readServices(text)]).toEqual([
      ['ssh', 22],
      ['http', 80],
      ['www', 80],
    ]);
  });
});

describe('a port', () => {
  it.each(['0', '65536', '0x16', '-1', '22 ', 'no-such-service', '', '2.5'])('is not %j', (text) => {
    expect(readPort(text)).toBeNull();
  });
  it.each([
    ['22', 22],
    ['022', 22],
    ['+2222', 2222],
    [' 2222', 2222],
    ['65535', 65535],
  ])('is %j', (text, port) => {
    expect(readPort(text)).toBe(port);
  });
});

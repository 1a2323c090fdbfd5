import { describe, expect, it } from 'vitest';
import { readSshConnection } from '../../../main/ssh/index.ts';

describe('SSH_CONNECTION', () => {
  it.each([
    ['198.51.100.7 50312 203.0.113.42 22', '198.51.100.7', '203.0.113.42', 22],
    ['198.51.100.7 50312 203.0.113.42 22\r\n', '198.51.100.7', '203.0.113.42', 22],
    ['2001:DB8:0::7 1 2001:db8::42 2222', '2001:db8::7', '2001:db8::42', 2222],
    ['::ffff:198.51.100.7 50312 ::ffff:203.0.113.42 22', '198.51.100.7', '203.0.113.42', 22],
    ['fe80::1%eth0 50312 fe80::2%eth0 22', 'fe80::1', 'fe80::2', 22],
    ['198.51.100.7 50312 10.0.0.5 65535', '198.51.100.7', '10.0.0.5', 65_535],
  ])('%j', (text, clientAddress, serverAddress, serverPort) => {
    expect(readSshConnection(text)).toEqual({ clientAddress, serverAddress, serverPort });
  });

  it.each([
    '',
    '%SSH_CONNECTION%',
    'UNKNOWN 65535 UNKNOWN 65535',
    '198.51.100.7 50312 203.0.113.42',
    '198.51.100.7 50312 203.0.113.42 22 extra',
    '198.51.100.7 0 203.0.113.42 22',
    '198.51.100.7 50312 203.0.113.42 65536',
    '198.51.100.7/24 50312 203.0.113.42 22',
    '198.51.100.256 50312 203.0.113.42 22',
    '198.51.100.7 50312 web 22',
    '::1%a%b 50312 ::1 22',
    'Welcome!\n198.51.100.7 50312 203.0.113.42 22',
    '% Invalid input detected',
  ])('says nothing by %j', (text) => {
    expect(readSshConnection(text)).toBeNull();
  });
});

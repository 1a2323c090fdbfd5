import { describe, expect, it } from 'vitest';
import { hostAndPort, sshFingerprint } from '../../../main/ssh/index.ts';

describe('a host with its port', () => {
  it.each([
    ['web.example.com', 22, 'web.example.com'],
    ['web.example.com', 2222, 'web.example.com:2222'],
    ['2001:db8::1', 22, '2001:db8::1'],
    ['2001:db8::1', 2222, '[2001:db8::1]:2222'],
  ])('%s and %i is %s', (host, port, expected) => {
    expect(hostAndPort({ host, port })).toBe(expected);
  });
});

it('writes a fingerprint as ssh-keygen does', () => {
  // The key of 32 times 0x01: printed by `ssh-keygen -lf` of OpenSSH 9.2.
  const line = 'AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB';
  expect(sshFingerprint(Buffer.from(line, 'base64'))).toBe(
    'SHA256:RXm/ruZ0eTzRXKwi1AQEDynB0VgHQ2ac9KPSFdf/YnA',
  );
});

import { expect, test } from 'vitest';
import { openSshMajor } from '../../../scripts/lib/openssh-10.mjs';

test.each([
  ['OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.20 7 Apr 2026\n', 9],
  ['OpenSSH_10.0p2 Debian-7+deb13u4, OpenSSL 3.5.9 9 Jun 2026\n', 10],
  ['sh: 1: ssh: not found', 0],
])('the version in %j is %i', (text, major) => {
  expect(openSshMajor(text)).toBe(major);
});

import { expect, it } from 'vitest';
import { fingerprintCommand } from '../../../../renderer/terminal/host-key-words.ts';

it.each([
  ['ssh-ed25519', 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub'],
  ['ecdsa-sha2-nistp256', 'ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub'],
  ['rsa-sha2-512', 'ssh-keygen -lf /etc/ssh/ssh_host_rsa_key.pub'],
  ['ssh-rsa', 'ssh-keygen -lf /etc/ssh/ssh_host_rsa_key.pub'],
  ['ssh-dss', null],
  ['ssh-ed25519; reboot', null],
])('a key of type %s is printed on its server by %s', (keyType, command) => {
  expect(fingerprintCommand(keyType)).toBe(command);
});

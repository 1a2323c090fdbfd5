import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPublicKey } from '../../../main/api/index.ts';
import { systemClock } from '../../../main/clock/index.ts';
import { localKeys } from '../../../main/keys/process/local-keys.ts';
import { offeredKeyOfLine } from '../../../main/terminal/process/auth/offered-key.ts';
import { wireString } from '../../../main/terminal/process/auth/wire.ts';
import { sshFingerprint } from '../../../main/ssh/index.ts';
import { parseKnownHosts } from '../../../main/terminal/process/known-hosts.ts';

const folder = mkdtempSync(join(tmpdir(), 'fingerprints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const made = (name: string, ...args: readonly string[]): string => {
  execFileSync('ssh-keygen', ['-q', '-N', '', '-C', '', '-f', join(folder, name), ...args]);
  return readFileSync(join(folder, `${name}.pub`), 'utf8').trim();
};
/** A security key's public half, as no machine without one can make it, around the key of another line. */
const onSecurityKey = (type: string, line: string): string => {
  const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  const kind = blob.subarray(4, 4 + blob.readUInt32BE(0)).toString();
  const fields = blob.subarray(4 + kind.length);
  return `${type} ${Buffer.concat([wireString(type), fields, wireString('ssh:')]).toString('base64')}`;
};

test.each<[string, () => string]>([
  ['ed25519', () => made('ed25519', '-t', 'ed25519')],
  ['ECDSA P-256', () => made('p256', '-t', 'ecdsa', '-b', '256')],
  ['ECDSA P-384', () => made('p384', '-t', 'ecdsa', '-b', '384')],
  ['ECDSA P-521', () => made('p521', '-t', 'ecdsa', '-b', '521')],
  ['RSA 2048', () => made('rsa2048', '-t', 'rsa', '-b', '2048')],
  ['RSA 3073, of odd length', () => made('rsa3073', '-t', 'rsa', '-b', '3073')],
  [
    'ed25519 on a security key',
    () => onSecurityKey('sk-ssh-ed25519@openssh.com', made('sk1', '-t', 'ed25519')),
  ],
  [
    'ECDSA on a security key',
    () => onSecurityKey('sk-ecdsa-sha2-nistp256@openssh.com', made('sk2', '-t', 'ecdsa', '-b', '256')),
  ],
])('%s: every place has the fingerprint that ssh-keygen prints', async (_type, make) => {
  const line = make();
  const home = mkdtempSync(join(folder, 'home-'));
  execFileSync('mkdir', [join(home, '.ssh')]);
  const path = join(home, '.ssh', 'id_any.pub');
  writeFileSync(path, `${line}\n`);
  const printed = execFileSync('ssh-keygen', ['-lf', path], { encoding: 'utf8' }).split(' ')[1];
  expect(printed).toMatch(/^SHA256:[\w+/]{43}$/);

  expect(readPublicKey(line)?.fingerprint).toBe(printed);
  expect(offeredKeyOfLine(line)?.fingerprint).toBe(printed);
  const [known] = parseKnownHosts(`h ${line}\n`, 'f');
  expect(sshFingerprint(Buffer.from(known?.key ?? '', 'base64'))).toBe(printed);
  const local = await localKeys({ env: {}, platform: 'linux', home }, systemClock);
  expect(local.map(({ facts }) => facts.fingerprint)).toEqual([printed]);
});

test('a certificate has the fingerprint of its key, as ssh-keygen prints it', () => {
  made('authority', '-t', 'ed25519');
  made('certified', '-t', 'ecdsa', '-b', '384');
  const path = join(folder, 'certified');
  execFileSync('ssh-keygen', ['-q', '-s', join(folder, 'authority'), '-I', 'jane', `${path}.pub`]);
  const printed = execFileSync('ssh-keygen', ['-lf', `${path}-cert.pub`], { encoding: 'utf8' }).split(' ')[1];
  expect(offeredKeyOfLine(readFileSync(`${path}-cert.pub`, 'utf8'))?.fingerprint).toBe(printed);
});

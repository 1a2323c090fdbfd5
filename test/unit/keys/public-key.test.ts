import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readPublicKey } from '../../../main/api/index.ts';
import { looksPrivate } from '../../../preload/contract/private-key.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const make = (name: string, ...args: readonly string[]): string => {
  execFileSync('ssh-keygen', ['-q', '-N', '', '-C', `${name} of a test`, '-f', join(folder, name), ...args]);
  return join(folder, name);
};
const printed = (path: string): string =>
  execFileSync('ssh-keygen', ['-l', '-f', `${path}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '';

describe('a public key that ssh-keygen made', () => {
  it.each([
    ['ed25519', ['-t', 'ed25519'], 'ed25519', false],
    ['rsa', ['-t', 'rsa', '-b', '2048'], 'RSA 2048', false],
    ['rsa4096', ['-t', 'rsa', '-b', '4096'], 'RSA 4096', false],
    ['short', ['-t', 'rsa', '-b', '1024'], 'RSA 1024', true],
    ['ecdsa', ['-t', 'ecdsa', '-b', '384'], 'ECDSA P-384', false],
  ] as const)('%s: has its type, comment and fingerprint', (name, args, type, isWeak) => {
    const path = make(name, ...args);
    const facts = readPublicKey(readFileSync(`${path}.pub`, 'utf8'));
    expect(facts).toMatchObject({ type, comment: `${name} of a test`, fingerprint: printed(path) });
    expect(facts?.weakness !== null).toBe(isWeak);
    const secret = readFileSync(path, 'utf8');
    expect(looksPrivate(secret)).toBe(true);
    expect(readPublicKey(secret)).toBeNull();
  });
});

describe('what is no public key', () => {
  const body = 'AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh';
  const field = (bytes: Buffer | string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, Buffer.from(bytes)]);
  };
  const blobOf = (name: string, ...args: readonly string[]): Buffer =>
    Buffer.from(readFileSync(`${make(name, ...args)}.pub`, 'utf8').split(' ')[1] ?? '', 'base64');

  test.each<[string, string, () => Buffer]>([
    [
      'bytes after its fields',
      'ssh-ed25519',
      () => Buffer.concat([Buffer.from(body, 'base64'), Buffer.of(0)]),
    ],
    [
      'an RSA number that is negative',
      'ssh-rsa',
      () => Buffer.concat([field('ssh-rsa'), field(Buffer.of(1, 0, 1)), field(Buffer.alloc(256, 0xff))]),
    ],
    [
      'the name of another curve',
      'ecdsa-sha2-nistp256',
      () => {
        const blob = blobOf('curve', '-t', 'ecdsa', '-b', '256');
        blob.write('nistp384', blob.indexOf('nistp256', 20), 'latin1');
        return blob;
      },
    ],
    [
      'a point off its curve',
      'ecdsa-sha2-nistp256',
      () => {
        const blob = blobOf('point', '-t', 'ecdsa', '-b', '256');
        const last = blob.length - 1;
        blob.writeUInt8(blob.readUInt8(last) ^ 1, last);
        return blob;
      },
    ],
  ])('one with %s, as for ssh-keygen', (what, type, blob) => {
    const text = `${type} ${blob().toString('base64')} me`;
    const path = join(folder, what.replaceAll(' ', '-'));
    writeFileSync(path, `${text}\n`);
    expect(() => execFileSync('ssh-keygen', ['-l', '-f', path], { stdio: 'pipe' })).toThrow();
    expect(readPublicKey(text)).toBeNull();
  });
});

describe('a public key is none, whatever is said about it', () => {
  const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh';
  test.each([
    ['a comment', `${line} my private key`],
    ['a comment line before it', `# private key of the laptop\n${line} me`],
    ['its options', `environment="N=private key" ${line} me`],
  ])('with "private key" in %s', (_where, text) => {
    expect(looksPrivate(text)).toBe(false);
    expect(readPublicKey(text)).not.toBeNull();
  });

  test("with it in the comment of SSH2's format, or of a certificate", () => {
    const path = make('private key', '-t', 'ed25519');
    const exported = execFileSync('ssh-keygen', ['-e', '-f', path], { encoding: 'utf8' }).replace(
      /^Comment: .*$/m,
      'Comment: "my private key"',
    );
    expect(exported).toContain('my private key');
    execFileSync('ssh-keygen', ['-q', '-s', path, '-I', 'private key', `${path}.pub`]);
    for (const text of [exported, readFileSync(`${path}-cert.pub`, 'utf8')])
      expect(looksPrivate(text)).toBe(false);
  });

  test('but beside a private key it is no excuse', () => {
    const secret = readFileSync(make('beside', '-t', 'ed25519'), 'utf8');
    const oneLine = secret.replaceAll('\n', ' ');
    for (const text of [
      `${line} me\n${secret}`,
      `${line} ${oneLine}`,
      `# ${oneLine}`,
      secret.slice(3),
      `“${secret}`,
    ])
      expect(looksPrivate(text)).toBe(true);
    expect(looksPrivate(secret.replaceAll('-----', '—–'))).toBe(true);
    expect(looksPrivate(secret.slice(60))).toBe(true);
    expect(looksPrivate('---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----')).toBe(true);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { md5Fingerprint, readFingerprints, sshFingerprint } from '../../../main/ssh/index.ts';
import { makeKey, publicKeyOf } from '../../support/sshd.ts';

const folder = mkdtempSync(join(tmpdir(), 'fingerprints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = makeKey(folder, 'ed25519');
const line = publicKeyOf(path);
const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
const sha256 = sshFingerprint(blob);
const md5 = md5Fingerprint(blob);
const keygen = (...args: readonly string[]): string =>
  execFileSync('ssh-keygen', ['-l', ...args, '-f', `${path}.pub`], { encoding: 'utf8' });

describe('fingerprints', () => {
  test('are those of ssh-keygen', () => {
    expect(keygen()).toContain(sha256);
    expect(keygen('-E', 'md5')).toContain(md5);
  });

  test.each([
    ['what ssh-keygen -l prints', () => keygen(), [sha256]],
    ['what ssh-keygen -l -E md5 prints', () => keygen('-E', 'md5'), [md5]],
    ['SHA256 alone', () => `  ${sha256}\n`, [sha256]],
    ['SHA256 with its padding', () => `${sha256}=`, [sha256]],
    ['MD5 without its name', () => md5.slice(4).toUpperCase(), [md5]],
    ['MD5 without colons', () => md5.slice(4).replaceAll(':', ''), [md5]],
    ['a public key', () => line, [sha256]],
    ['a line of known_hosts', () => `[203.0.113.7]:2222,web ${line}`, [sha256]],
    ['a marked line', () => `@revoked * ${line}`, [sha256]],
    ['what ssh-keyscan prints', () => `# web:22 SSH-2.0-OpenSSH_9.2p1\nweb ${line}\nweb ${line}\n`, [sha256]],
    ['several lines', () => `${sha256}\r\n${md5}\r\n`, [sha256, md5]],
    ['a key that was cut', () => line.slice(0, 30), []],
    ['a base64 text that is another type', () => `ssh-rsa ${line.split(' ')[1] ?? ''}`, []],
    ['SHA256 that was cut', () => sha256.slice(0, -1), []],
    ['SHA256 with more behind it', () => `${sha256}A`, []],
    ['words', () => 'is this the key?', []],
    ['nothing', () => '', []],
  ])('in %s are found', (_title, text, found) => {
    expect(readFingerprints(text())).toEqual(found);
  });

  test('of a file without end are the first hundred', () => {
    const many = Array.from({ length: 300 }, (_each, index) => sshFingerprint(Buffer.from(String(index))));
    expect(readFingerprints(many.join('\n'))).toEqual(many.slice(0, 100));
  });
});

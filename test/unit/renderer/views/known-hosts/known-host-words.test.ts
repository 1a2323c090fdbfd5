import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import type { KnownHostKey, KnownHostLine } from '../../../../../preload/contract/known-hosts.ts';
import {
  artTitle,
  hostsWord,
  keysAmong,
  placeWord,
  removalCommand,
  shownLines,
  typeWord,
} from '../../../../../renderer/views/known-hosts/known-host-words.ts';
import { randomart } from '../../../../../renderer/views/known-hosts/randomart.ts';
import { makeKey } from '../../../../support/sshd.ts';

const folder = mkdtempSync(join(tmpdir(), 'randomart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = (changes: Partial<KnownHostKey> = {}): KnownHostKey => ({
  kind: 'key',
  lineId: 'a',
  path: '~/.ssh/known_hosts',
  isOwn: false,
  lineNumber: 4,
  marker: null,
  hosts: ['[203.0.113.7]:2222', 'web.example'],
  keyType: 'ssh-ed25519',
  bits: null,
  fingerprint: 'SHA256:abc',
  md5: 'MD5:aa',
  instances: [],
  ...changes,
});
const unreadable: KnownHostLine = {
  kind: 'unreadable',
  lineId: 'b',
  path: '~/known_hosts',
  isOwn: true,
  lineNumber: 1,
  text: 'web ssh-',
  reason: 'The key is not whole.',
};
const instances = [{ id: 'web' as InstanceId, name: '203.0.113.7' }];

test.each(['ed25519', 'rsa', 'ecdsa'] as const)('the picture of a key is that of ssh-keygen: %s', (type) => {
  for (let nth = 0; nth < 3; nth += 1) {
    const path = makeKey(folder, type, '', `${type}-${nth}`);
    const printed = execFileSync('ssh-keygen', ['-lvf', path], { encoding: 'utf8' }).trimEnd();
    const [first = '', ...art] = printed.split('\n');
    const [bits = '', fingerprint = ''] = first.split(' ');
    const keyType = { ed25519: 'ssh-ed25519', rsa: 'ssh-rsa', ecdsa: `ecdsa-sha2-nistp${bits}` }[type];
    expect(randomart(fingerprint, artTitle({ keyType, bits: Number(bits) }))).toBe(art.join('\n'));
  }
});

describe('a line in words', () => {
  test.each([
    ['ssh-ed25519', null, 'ed25519'],
    ['ssh-rsa', 3072, 'RSA 3072'],
    ['ssh-rsa', null, 'RSA'],
    ['ecdsa-sha2-nistp384', null, 'ECDSA P-384'],
    ['sk-ssh-ed25519@openssh.com', null, 'sk-ssh-ed25519@openssh.com'],
  ])('names the type %s', (keyType, bits, word) => expect(typeWord({ keyType, bits })).toBe(word));

  test('names a hashed host by its instance’s address, where it is one', () => {
    expect(hostsWord(key())).toBe('[203.0.113.7]:2222, web.example');
    expect(hostsWord(key({ hosts: null }))).toBe('hashed');
    expect(hostsWord(key({ hosts: null, instances: [...instances, ...instances] }))).toBe(
      '203.0.113.7 (hashed)',
    );
  });

  test('says where it stands', () => {
    expect(placeWord(key())).toBe('~/.ssh/known_hosts, line 4');
    expect(placeWord(unreadable)).toBe('This app, line 1');
  });
});

describe('the lines that are shown', () => {
  const lines = [key({ instances }), unreadable];
  const nameOf = (id: string): string | null => (id === 'web' ? 'api-prod-1' : null);
  const found = (filter: 'all' | 'own' | 'others', ...words: string[]) =>
    shownLines(lines, filter, words, nameOf).map(({ kind }) => kind);

  test('are those of a file, or all', () => {
    expect(found('all')).toEqual(['key', 'unreadable']);
    expect(found('own')).toEqual(['unreadable']);
    expect(found('others')).toEqual(['key']);
  });

  test.each([
    [['203.0.113'], ['key']],
    [['web', 'ed25519'], ['key']],
    [['api-prod'], ['key']],
    [['sha256:abc'], ['key']],
    [['not whole'], ['unreadable']],
    [['web'], ['key', 'unreadable']],
    [['web', 'nobody'], []],
  ])('have all the words %s', (words, kinds) => expect(found('all', ...words)).toEqual(kinds));
});

test('keys are found by either fingerprint', () => {
  const other = key({ fingerprint: 'SHA256:def', md5: 'MD5:bb' });
  expect(keysAmong([key(), other, unreadable], ['MD5:bb'])).toEqual([other]);
  expect(keysAmong([key(), other, unreadable], ['SHA256:abc', 'MD5:aa'])).toEqual([key()]);
  expect(keysAmong([key()], ['SHA256:x'])).toEqual([]);
});

describe('how a line of the user’s file is removed', () => {
  test.each([
    [key(), "ssh-keygen -R '[203.0.113.7]:2222' -f ~/.ssh/known_hosts"],
    [key({ hosts: null, instances }), "ssh-keygen -R '203.0.113.7' -f ~/.ssh/known_hosts"],
    [key({ hosts: null }), null],
    [key({ hosts: ['*.example'] }), null],
    [key({ hosts: ["x'; rm -rf ~; '"] }), null],
    [key({ marker: '@revoked' }), null],
    [unreadable, null],
  ])('%#', (line, command) => expect(removalCommand(line)).toBe(command));
});

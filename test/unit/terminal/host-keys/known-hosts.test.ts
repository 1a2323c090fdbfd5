import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knownHostsFiles } from '../../../../main/terminal/process/known-hosts-file.ts';
import {
  judgeHostKey,
  knownHostsLine,
  knownKeyTypes,
  parseKnownHosts,
  withoutHost,
} from '../../../../main/terminal/process/known-hosts.ts';
import { makeKey, publicKeyOf } from '../../../support/sshd.ts';

const folder = mkdtempSync(join(tmpdir(), 'known-hosts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let line: string;
let otherLine: string;
let key: Buffer;
let other: Buffer;

beforeAll(() => {
  const read = (name: string): string =>
    publicKeyOf(makeKey(folder, 'ed25519', '', name))
      .split(' ')
      .slice(0, 2)
      .join(' ');
  line = read('a');
  otherLine = read('b');
  key = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  other = Buffer.from(otherLine.split(' ')[1] ?? '', 'base64');
});

const verdict = (text: string, host: string, port = 22, shown = key): string =>
  judgeHostKey(parseKnownHosts(text, 'file'), { host, port }, shown).kind;

describe('judging a host key', () => {
  test.each([
    ['example.com', 'example.com', 22, 'trusted'],
    ['example.com', 'EXAMPLE.com', 22, 'trusted'],
    ['example.com', 'example.com', 2222, 'unknown'],
    ['[example.com]:2222', 'example.com', 2222, 'trusted'],
    ['[2001:db8::1]:2222', '2001:db8::1', 2222, 'trusted'],
    ['2001:db8::1', '2001:db8::1', 22, 'trusted'],
    ['other.example,203.0.113.42', '203.0.113.42', 22, 'trusted'],
    ['*.example.com', 'web.example.com', 22, 'trusted'],
    ['*.example.com', 'example.com', 22, 'unknown'],
    ['web?.example.com', 'web1.example.com', 22, 'trusted'],
    ['web.example.com', 'webxexample.com', 22, 'unknown'],
    ['*.example.com,!bad.example.com', 'bad.example.com', 22, 'unknown'],
    ['*.example.com,!bad.example.com', 'web.example.com', 22, 'trusted'],
    ['@cert-authority *', 'example.com', 22, 'unknown'],
    ['@revoked *', 'example.com', 22, 'revoked'],
    ['@strange *', 'example.com', 22, 'unknown'],
    ['# example.com', 'example.com', 22, 'unknown'],
    ['|1|broken', 'example.com', 22, 'unknown'],
  ])('%s for %s, port %i: %s', (hosts, host, port, expected) => {
    expect(verdict(`${hosts} ${line} a comment\n`, host, port)).toBe(expected);
  });

  test('another key of the same host has changed; one of several is enough', () => {
    expect(verdict(`h ${otherLine}\n`, 'h')).toBe('changed');
    expect(verdict(`h ${otherLine}\nh ${line}\n`, 'h')).toBe('trusted');
  });

  test('revoked wins, wherever it stands; a revoked key says nothing about another', () => {
    expect(verdict(`h ${line}\n@revoked h ${line}\n`, 'h')).toBe('revoked');
    expect(verdict(`@revoked h ${otherLine}\nh ${line}\n`, 'h')).toBe('trusted');
    expect(verdict(`@revoked h ${otherLine}\n`, 'h', 22, other)).toBe('revoked');
  });

  test('a file with Windows line ends, tabs and broken lines is read as far as it goes', () => {
    expect(verdict(`nonsense\r\n\r\nh\t${line.replace(' ', '\t')}\r\n`, 'h')).toBe('trusted');
  });

  test('names what it found by file and line', () => {
    const found = judgeHostKey(
      parseKnownHosts(`# note\nh ${otherLine}\n`, '/x'),
      { host: 'h', port: 22 },
      key,
    );
    expect(found).toMatchObject({ kind: 'changed', known: { path: '/x', lineNumber: 2 } });
  });

  test('the known types are those of trusting lines only', () => {
    const entries = parseKnownHosts(`h ${line}\n@revoked h ssh-rsa AAAA\nx ssh-rsa AAAA\n`, 'file');
    expect(knownKeyTypes(entries, { host: 'h', port: 22 })).toEqual(['ssh-ed25519']);
  });

  test('agrees with ssh-keygen about hashed names', () => {
    const path = join(folder, 'hashed');
    writeFileSync(path, `[h.example]:2222 ${line}\n`);
    execFileSync('ssh-keygen', ['-H', '-f', path], { stdio: 'ignore' });
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('h.example');
    expect(verdict(text, 'h.example', 2222)).toBe('trusted');
    expect(verdict(text, 'h.example', 2222, other)).toBe('changed');
    expect(verdict(text, 'h.example', 22)).toBe('unknown');
    const rest = withoutHost(readFileSync(path), { host: 'h.example', port: 2222 });
    expect(rest.toString().trim()).toBe('');
  });
});

describe('the known_hosts file', () => {
  const address = { host: 'h.example', port: 2222 };

  test('is made with its folder, private, and OpenSSH finds in it what was added', async () => {
    const path = join(folder, 'new', 'known_hosts');
    const hosts = knownHostsFiles(path, []);
    expect(await hosts.read()).toEqual([]);
    await Promise.all([hosts.add(address, key), hosts.add({ host: '2001:db8::1', port: 22 }, other)]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const name of ['[h.example]:2222', '2001:db8::1']) {
      expect(execFileSync('ssh-keygen', ['-F', name, '-f', path]).toString()).toContain('ssh-ed25519');
    }
  });

  test.each(['*', 'a,b', 'a b', '!x', '|1|', 'a\nb'])(
    'a name that would be read otherwise is not written: %s',
    async (host) => {
      const path = join(folder, 'names');
      await expect(knownHostsFiles(path, []).add({ host, port: 22 }, key)).rejects.toThrow('not a host name');
    },
  );

  test('a line is added after one that was left without an end', async () => {
    const path = join(folder, 'no-newline');
    writeFileSync(path, `x ${otherLine}`);
    await knownHostsFiles(path, []).add(address, key);
    expect(readFileSync(path, 'utf8')).toBe(`x ${otherLine}\n${knownHostsLine(address, key)}\n`);
  });

  test("forgetting takes the host's lines out, keeps the rest to the letter, and leaves nothing behind", async () => {
    const path = join(folder, 'forget', 'known_hosts');
    const hosts = knownHostsFiles(path, []);
    await hosts.add(address, key);
    const rest = `# note\n\nx ${otherLine} me\n@revoked [h.example]:2222 ${otherLine}\n`;
    writeFileSync(path, `${knownHostsLine(address, key)}\n${rest}`);
    await hosts.forget(address);
    expect(readFileSync(path, 'utf8')).toBe(rest);
    // A comment that an editor wrote in another encoding, a line of Windows, no end of line.
    const odd = Buffer.from(`# Caf\xe9 \xff\0\r\ny ${otherLine} f\xfcr`, 'latin1');
    writeFileSync(path, Buffer.concat([Buffer.from(`${knownHostsLine(address, key)}\n`), odd]));
    await hosts.forget(address);
    expect(readFileSync(path).equals(odd)).toBe(true);
    expect(readdirSync(join(folder, 'forget'))).toEqual(['known_hosts']);
    await knownHostsFiles(join(folder, 'absent'), []).forget(address);
    expect(readdirSync(folder)).not.toContain('absent');
  });

  test('a file of its own that cannot be read is an error, not an empty one', async () => {
    await expect(knownHostsFiles(folder, []).read()).rejects.toThrow('EISDIR');
    await expect(knownHostsFiles(join(folder, 'nothing'), [folder]).read()).resolves.toEqual([]);
  });
});

describe('a line counts as OpenSSH 10 counts it', () => {
  const shownKey = 'AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh';
  const shown = Buffer.from(shownKey, 'base64');
  const hash = createHmac('sha1', Buffer.alloc(20)).update('h').digest('base64');
  const hashed = `|1|${Buffer.alloc(20).toString('base64')}|${hash}`;
  const judged = (text: string, port = 22): unknown =>
    judgeHostKey(parseKnownHosts(text, 'f'), { host: 'h', port }, shown);

  test.each([
    ['DSA', 'h ssh-dss AAAAB3NzaC1kc3MAAAAA'],
    ['SSH 1', 'h 1024 35 15971234'],
    ['no base64', 'h ssh-ed25519 ????'],
    ['cut short', `h ssh-ed25519 ${shownKey.slice(0, -12)}`],
    ['a key of another kind than is named', `h ssh-rsa ${shownKey}`],
    ['padding that is not the key’s', `h ssh-ed25519 ${shownKey}=`],
    ['a name that is too long beside it', `${'x'.repeat(1_023)},h ssh-ed25519 ${shownKey}`],
    ['a hash with more after it', `${hashed},h ssh-ed25519 ${shownKey}`],
    ['a hash with one more part', `${hashed}|x ssh-ed25519 ${shownKey}`],
    ['a mark of byte order', `\ufeffh ssh-ed25519 ${shownKey}`],
  ])('%s: passed over', (_name, line) => {
    expect(judged(`${line}\n`)).toEqual({ kind: 'unknown', isKnownOnPort22: false });
  });

  test('a hashed name and a list with a long name count', () => {
    for (const name of [hashed, `${'x'.repeat(1_022)},h`])
      expect(judged(`${name} ssh-ed25519 ${shownKey}\n`)).toEqual({ kind: 'trusted' });
  });

  test('a key that is known on port 22 is said to be', () => {
    expect(judged(`h ssh-ed25519 ${shownKey}\n`, 2222)).toEqual({ kind: 'unknown', isKnownOnPort22: true });
  });

  test('a revoked key is refused on every port', () => {
    expect(judged(`@revoked h ssh-ed25519 ${shownKey}\n`, 2222)).toEqual({ kind: 'revoked' });
  });
});

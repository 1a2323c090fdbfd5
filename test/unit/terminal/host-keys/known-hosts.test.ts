import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knownHostsFiles, withOtherFiles } from '../../../../main/terminal/process/known-hosts-file.ts';
import {
  judgeHostKey,
  keyTypeOf,
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

describe('a line to the letter', () => {
  const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh';
  const ed25519 = Buffer.from(blob, 'base64');
  const rsa = Buffer.concat([
    Buffer.from('000000077373682d727361' + '00000003010001' + '0000000200ff', 'hex'),
  ]).toString('base64');
  const of = (text: string) => parseKnownHosts(text, '/f', false);

  test.each([
    ['web.Example', 22, 'web.example'],
    ['web.example', 2222, '[web.example]:2222'],
    ['2001:db8::1', 22, '2001:db8::1'],
    ['2001:db8::1', 2222, '[2001:db8::1]:2222'],
    ['größe_1-a.example', 22, 'größe_1-a.example'],
  ])('that trusts %s at %i names %s', (host, port, name) => {
    expect(knownHostsLine({ host, port }, ed25519)).toBe(`${name} ssh-ed25519 ${blob}`);
  });

  test('the type of a key is what its bytes name first, as far as they go', () => {
    expect(keyTypeOf(ed25519)).toBe('ssh-ed25519');
    expect(keyTypeOf(Buffer.from('0000000361626364', 'hex'))).toBe('abc');
    expect(keyTypeOf(Buffer.from('000000', 'hex'))).toBe('');
    expect(keyTypeOf(Buffer.from('00000001', 'hex'))).toBe('');
    expect(keyTypeOf(Buffer.concat([Buffer.of(0, 0, 0, 99), Buffer.alloc(99, 'x')]))).toBe('x'.repeat(64));
  });

  test('is read with its marker, hosts, type, key and place', () => {
    const line = { hosts: 'a,b', keyType: 'ssh-ed25519', key: blob, path: '/f', own: false };
    expect(of(`a,b ssh-ed25519 ${blob}\n\n \t@revoked\ta,b  ssh-ed25519 ${blob} me \r\n`)).toEqual([
      { ...line, marker: null, lineNumber: 1 },
      { ...line, marker: '@revoked', lineNumber: 3 },
    ]);
    expect(of(`@cert-authority a,b ssh-ed25519 ${blob}`)).toEqual([
      { ...line, marker: '@cert-authority', lineNumber: 1 },
    ]);
    expect(parseKnownHosts(`a ssh-ed25519 ${blob}`, '/f')).toMatchObject([{ own: true }]);
  });

  test.each([
    `#a ssh-ed25519 ${blob}`,
    `  # a ssh-ed25519 ${blob}`,
    `@revokedx a ssh-ed25519 ${blob}`,
    `@ a ssh-ed25519 ${blob}`,
    '@revoked',
    '@revoked a',
    '@revoked a ssh-ed25519',
    'a',
    'a ssh-ed25519',
    `a rsa-sha2-256 ${blob}`,
  ])('%s is none', (line) => {
    expect(of(line)).toEqual([]);
  });

  test.each(['ssh-rsa', 'rsa-sha2-256', 'rsa-sha2-512'])('an RSA key may be filed as %s', (named) => {
    expect(of(`a ${named} ${rsa}`)).toMatchObject([{ keyType: 'ssh-rsa' }]);
    expect(of(`a x${named} ${rsa}`)).toEqual([]);
    expect(of(`a ${named}x ${rsa}`)).toEqual([]);
  });

  test('the known types are each named once, in the order of the file, and only those of the host', () => {
    const text = [
      `a ssh-rsa ${rsa}`,
      `a ssh-ed25519 ${blob}`,
      `a,b ssh-rsa ${rsa}`,
      `@revoked * ssh-ed25519 ${blob}`,
    ];
    const types = (host: string, port = 22) => knownKeyTypes(of(text.join('\n')), { host, port });
    expect([types('a'), types('b'), types('c'), types('a', 2222)]).toEqual([
      ['ssh-rsa', 'ssh-ed25519'],
      ['ssh-rsa'],
      [],
      [],
    ]);
  });

  test('a key of a type that the app cannot ask for is not trusted', () => {
    const sk = Buffer.concat([
      Buffer.from('0000001a736b2d7373682d65643235353139406f70656e7373682e636f6d', 'hex'),
      Buffer.from('0000000161' + '0000000161', 'hex'),
    ]);
    const entries = of(`a sk-ssh-ed25519@openssh.com ${sk.toString('base64')}`);
    expect(entries).toHaveLength(1);
    expect(judgeHostKey(entries, { host: 'a', port: 22 }, sk)).toEqual({
      kind: 'unknown',
      isKnownOnPort22: false,
    });
  });

  test('of several known keys the changed one is that of the same type, or else the first', () => {
    const other = Buffer.from(ed25519);
    other[50] = 0;
    const entries = of(`a ssh-rsa ${rsa}\na ssh-ed25519 ${other.toString('base64')}`);
    const changed = (shown: Buffer) => judgeHostKey(entries, { host: 'a', port: 22 }, shown);
    expect(changed(ed25519)).toMatchObject({ kind: 'changed', known: { lineNumber: 2 } });
    const ecdsa = Buffer.concat([Buffer.of(0, 0, 0, 19), Buffer.from('ecdsa-sha2-nistp256')]);
    expect(changed(ecdsa)).toMatchObject({ kind: 'changed', known: { lineNumber: 1 } });
  });

  test('another key that is known on port 22 says nothing of this one, nor does the same on the same port', () => {
    const at = (port: number, shown: Buffer) =>
      judgeHostKey(of(`a ssh-ed25519 ${blob}`), { host: 'a', port }, shown);
    const other = Buffer.from(ed25519);
    other[50] = 0;
    expect(at(2222, other)).toEqual({ kind: 'unknown', isKnownOnPort22: false });
    expect(at(2222, ed25519)).toEqual({ kind: 'unknown', isKnownOnPort22: true });
  });

  test('a hash is that of the whole name, with a salt of its own length', () => {
    const hashed = (salt: Buffer, name: string) =>
      `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
    const judged = (hosts: string) =>
      judgeHostKey(of(`${hosts} ssh-ed25519 ${blob}`), { host: 'A', port: 2222 }, ed25519).kind;
    expect(judged(hashed(Buffer.alloc(20, 1), '[a]:2222'))).toBe('trusted');
    expect(judged(hashed(Buffer.alloc(20, 1), 'a'))).toBe('unknown');
    expect(judged(hashed(Buffer.alloc(21, 1), '[a]:2222'))).toBe('unknown');
    expect(judged(hashed(Buffer.alloc(20, 1), '[a]:2222').replace('|1|', '|2|'))).toBe('unknown');
    expect(judged(`x${hashed(Buffer.alloc(20, 1), '[a]:2222')}`)).toBe('unknown');
  });
});

describe('the files', () => {
  const address = { host: 'h.example', port: 22 };

  test('of others are read beside the own one, may be absent or out of reach, and are told apart', async () => {
    const [own, other, absent] = ['own', 'other', 'absent'].map((name) => join(folder, `files-${name}`));
    if (own === undefined || other === undefined || absent === undefined) throw new Error('no path');
    writeFileSync(own, `h.example ${line}\n`);
    writeFileSync(other, `\nh.example ${otherLine}\n`);
    const below = join(other, 'below a file');
    expect(await knownHostsFiles(own, [absent, other, below, folder]).read()).toMatchObject([
      { path: own, own: true, lineNumber: 1 },
      { path: other, own: false, lineNumber: 2 },
    ]);
    await expect(knownHostsFiles(below, []).read()).rejects.toThrow('ENOTDIR');
  });

  test('of the system count as well, unless the configuration of a host names others', async () => {
    const [own, users, systems, named] = ['o', 'u', 's', 'n'].map((name) => join(folder, `layers-${name}`));
    if (own === undefined || users === undefined || systems === undefined || named === undefined)
      throw new Error('no path');
    for (const path of [own, users, systems, named]) writeFileSync(path, `h.example ${line}\n`);
    const hosts = knownHostsFiles(own, [users], [systems]);
    const read = async (from: Pick<typeof hosts, 'read'>): Promise<unknown[]> =>
      (await from.read()).map(({ path }) => path);
    expect(await read(hosts)).toEqual([own, users, systems]);
    expect(await read(withOtherFiles(hosts, { user: null, system: null }))).toEqual([own, users, systems]);
    expect(await read(withOtherFiles(hosts, { user: [named], system: null }))).toEqual([own, named, systems]);
    expect(await read(withOtherFiles(hosts, { user: null, system: [] }))).toEqual([own, users]);
    expect(await hosts.files()).toMatchObject([{ path: own }, { path: users }, { path: systems }]);
  });

  test('the own one is written with its folder for its owner alone, and only where something is forgotten', async () => {
    const path = join(folder, 'modes', 'deeper', 'known_hosts');
    const hosts = knownHostsFiles(path, []);
    await hosts.add(address, key);
    expect(statSync(join(folder, 'modes', 'deeper')).mode & 0o777).toBe(0o700);
    const before = statSync(path).ino;
    await hosts.forget({ ...address, port: 2222 });
    expect(statSync(path).ino).toBe(before);
    await hosts.forget(address);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe('');
    await hosts.add(address, other);
    expect(readFileSync(path, 'utf8')).toBe(`${knownHostsLine(address, other)}\n`);
  });

  test('a change that failed is told to its own caller; those after it are carried out', async () => {
    const path = join(folder, 'in-turn');
    const hosts = knownHostsFiles(path, []);
    const failed = hosts.add({ host: 'no name', port: 22 }, key);
    const added = hosts.add(address, key);
    await expect(failed).rejects.toThrow('not a host name');
    await added;
    expect(await hosts.read()).toHaveLength(1);
  });
});

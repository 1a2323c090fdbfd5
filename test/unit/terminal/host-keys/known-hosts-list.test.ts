import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { InstanceId } from '../../../../preload/contract/brands.ts';
import type { KnownHostKey } from '../../../../preload/contract/known-hosts.ts';
import { knownHostsFiles } from '../../../../main/terminal/process/known-hosts-file.ts';
import {
  lineIdOf,
  listKnownHosts,
  type InstanceAddress,
} from '../../../../main/terminal/process/known-hosts-list.ts';
import { makeKey, publicKeyOf } from '../../../support/sshd.ts';

const folder = mkdtempSync(join(tmpdir(), 'known-hosts-list-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keyLine = (name: string, type: 'ed25519' | 'rsa' | 'ecdsa' = 'ed25519'): string =>
  publicKeyOf(makeKey(folder, type, '', name))
    .split(' ')
    .slice(0, 2)
    .join(' ');
const ed25519 = keyLine('a');
const rsa = keyLine('b', 'rsa');
const web: InstanceAddress = { instanceId: 'web' as InstanceId, host: '203.0.113.7', port: 22 };
const api: InstanceAddress = { instanceId: 'api' as InstanceId, host: '203.0.113.8', port: 2222 };

async function listed(text: string, addresses: readonly InstanceAddress[] = [web, api]) {
  let pauses = 0;
  const file = { path: '~/known_hosts', isOwn: true, bytes: Buffer.from(text) };
  const list = await listKnownHosts([file], addresses, () => Promise.resolve(void (pauses += 1)));
  return { ...list, pauses };
}
const keys = async (text: string): Promise<readonly KnownHostKey[]> =>
  (await listed(text)).lines.flatMap((line) => (line.kind === 'key' ? [line] : []));

describe('the list of known hosts', () => {
  test('has each key with its place, its fingerprints and its size', async () => {
    const [one, two] = await keys(`# mine\n\nweb.example,203.0.113.7 ${ed25519} a comment\nother ${rsa}\n`);
    expect(one).toMatchObject({
      path: '~/known_hosts',
      isOwn: true,
      lineNumber: 3,
      marker: null,
      hosts: ['web.example', '203.0.113.7'],
      keyType: 'ssh-ed25519',
      bits: null,
      instances: [{ id: 'web', name: '203.0.113.7' }],
    });
    const printed = execFileSync('ssh-keygen', ['-lf', join(folder, 'b.pub')], { encoding: 'utf8' });
    expect(printed).toContain(`${two?.bits ?? 0} ${two?.fingerprint ?? ''}`);
    expect(two).toMatchObject({ lineNumber: 4, keyType: 'ssh-rsa', instances: [] });
  });

  test('finds the instances of plain names, patterns and hashes as OpenSSH files them', async () => {
    const path = join(folder, 'hashed');
    writeFileSync(path, `203.0.113.7 ${ed25519}\n[203.0.113.8]:2222 ${ed25519}\n203.0.113.8 ${ed25519}\n`);
    execFileSync('ssh-keygen', ['-H', '-f', path], { stdio: 'ignore' });
    const hashed = await keys(readFileSync(path, 'utf8'));
    expect(hashed.map(({ hosts }) => hosts)).toEqual([null, null, null]);
    expect(hashed.map(({ instances }) => instances)).toEqual([
      [{ id: 'web', name: '203.0.113.7' }],
      [{ id: 'api', name: '[203.0.113.8]:2222' }],
      [],
    ]);
    const [pattern, but] = await keys(`203.0.113.* ${ed25519}\n203.0.113.*,!203.0.113.7 ${ed25519}\n`);
    expect([pattern?.instances.length, but?.instances.length]).toEqual([1, 0]);
  });

  test('names an address that several instances share for each of them, once', async () => {
    const twice = [web, web, { ...web, instanceId: 'old' as InstanceId }];
    const { lines } = await listed(`203.0.113.7,203.0.113.7 ${ed25519}\n`, twice);
    expect(lines).toMatchObject([{ instances: [{ id: 'web' }, { id: 'old' }] }]);
    const all = (await listed(`* ${ed25519}\n`, [web, { ...web, port: 2222 }, api])).lines;
    expect(all).toMatchObject([
      {
        instances: [
          { id: 'web', name: '203.0.113.7' },
          { id: 'api', name: '[203.0.113.8]:2222' },
        ],
      },
    ]);
  });

  test.each([
    ['@revoked', '@revoked'],
    ['@cert-authority', '@cert-authority'],
  ])('shows the marker %s', async (typed, marker) => {
    expect(await keys(`${typed} *.example ${ed25519}\n`)).toMatchObject([{ marker, hosts: ['*.example'] }]);
  });

  const dss = Buffer.from('\0\0\0\x07ssh-dss\0\0\0\x01a', 'latin1').toString('base64');
  test.each([
    [`@odd web ${ed25519}`, 'is not a marker'],
    ['web', 'cut short'],
    ['web ssh-ed25519', 'cut short'],
    ['web 1024 35 1234567890', 'SSH 1'],
    [`web ${ed25519.slice(0, -3)}`, 'not whole'],
    ['web ssh-ed25519 AAAA', 'not whole'],
    [`web ssh-dss ${dss}`, 'ssh-dss are not used by this app'],
    [`web ssh-rsa ${ed25519.split(' ')[1] ?? ''}`, 'says ssh-rsa, and the key is ssh-ed25519'],
  ])('says why a line is not used: %s', async (line, reason) => {
    const { lines } = await listed(`${line}\nweb ${ed25519}\n`);
    expect(lines).toMatchObject([
      { kind: 'unreadable', lineNumber: 1, reason: expect.stringContaining(reason) as string },
      { kind: 'key', lineNumber: 2 },
    ]);
  });

  test('takes bytes that are no UTF-8 and line ends of Windows, and hides nothing that turns text around', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(` ssh-x\r\nw\u202eeb ${ed25519}\r\n`),
    ]);
    const file = { path: 'f', isOwn: false, bytes };
    const { lines } = await listKnownHosts([file], [], () => Promise.resolve());
    expect(lines.map(({ kind }) => kind)).toEqual(['unreadable', 'key']);
    expect(lines[1]).toMatchObject({ hosts: ['w eb'] });
  });

  test('lets others have their turn, and stops comparing hashes where there are too many', async () => {
    const hash = `|1|${Buffer.alloc(20, 1).toString('base64')}|${Buffer.alloc(20, 2).toString('base64')}`;
    const text = `${hash} ${ed25519}\n`.repeat(1_000);
    const few = await listed(text, [web]);
    expect(few).toMatchObject({ isMatchingCut: false });
    expect(few.pauses).toBeGreaterThan(5);
    const addresses = Array.from({ length: 400 }, (_each, index) => ({ ...web, host: `host-${index}` }));
    expect(await listed(text.repeat(2), addresses)).toMatchObject({ isMatchingCut: true });
  }, 30_000);

  test('has 10,000 lines', async () => {
    const text = Array.from({ length: 10_000 }, (_each, index) => `host-${index} ${ed25519}\n`).join('');
    const { lines } = await listed(text);
    expect(lines).toHaveLength(10_000);
    expect(lines.at(-1)).toMatchObject({ hosts: ['host-9999'], lineNumber: 10_000 });
  });
});

describe('the files', () => {
  const own = join(folder, 'own');
  const users = join(folder, 'users');
  const files = knownHostsFiles(own, [users, join(folder, 'none')]);
  beforeEach(() => rmSync(own, { recursive: true, force: true }));

  test('are read as they are; one that is not there is empty, and one that cannot be read says why', async () => {
    writeFileSync(own, `web ${ed25519}\n`);
    writeFileSync(users, '');
    const asFolder = knownHostsFiles(folder, [own]);
    expect(await files.files()).toMatchObject([
      { path: own, isOwn: true, content: readFileSync(own) },
      { path: users, isOwn: false, content: Buffer.alloc(0) },
      { isOwn: false, content: Buffer.alloc(0) },
    ]);
    expect((await asFolder.files())[0]).toMatchObject({ isOwn: true, content: { problem: 'EISDIR' } });
  });

  test('lose the line that is forgotten, wherever it stands by now, and no other byte', async () => {
    const odd = Buffer.from([0x23, 0xff, 0x0a]);
    const line = `web ${ed25519}`;
    writeFileSync(own, Buffer.concat([odd, Buffer.from(`${line}\r\napi ${rsa}\n${line}`)]));
    chmodSync(own, 0o600);
    expect(await files.forgetLine(lineIdOf(line))).toBe(`${line}\r`);
    expect(readFileSync(own)).toEqual(Buffer.concat([odd, Buffer.from(`api ${rsa}`)]));
    expect(statSync(own).mode & 0o777).toBe(0o600);
    expect(await files.forgetLine(lineIdOf(line))).toBeNull();
  });

  test('of the user are never changed', async () => {
    writeFileSync(users, `web ${ed25519}\n`);
    expect(await files.forgetLine(lineIdOf(`web ${ed25519}`))).toBeNull();
    expect(readFileSync(users, 'utf8')).toBe(`web ${ed25519}\n`);
  });
});

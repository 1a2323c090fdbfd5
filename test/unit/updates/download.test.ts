import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadProblem } from '../../../main/updates/download-problem.ts';
import { whyNotAsked, whyNotRead } from '../../../main/updates/download-watch.ts';
import { installerFor, type InstalledApp } from '../../../main/updates/install-way.ts';
import { replaceFile } from '../../../main/updates/replace-file.ts';
import { updateProblemWords } from '../../../preload/contract/update-words.ts';
import type { UpdateProblem } from '../../../preload/contract/updates.ts';

describe('a request', () => {
  const hosts = ['updates.example', 'cdn.example:8443'];

  it.each([
    ['https://updates.example/a', null],
    ['https://cdn.example:8443/a', null],
    ['https://updates.example:444/a', 'redirected'],
    ['https://cdn.example/a', 'redirected'],
    ['https://updates.example.evil.example/a', 'redirected'],
    ['https://updates.example@evil.example/a', 'redirected'],
    ['http://updates.example/a', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
  ])('for %s: %s', (address, kind) => {
    expect(whyNotAsked(address, hosts)?.kind ?? null).toBe(kind);
  });

  it.each([
    ['of the size that was signed', { 'Content-Length': ['10'] }, null],
    ['that is larger', { 'content-length': ['11'] }, 'wrong-size'],
    ['that does not say how large it is', {}, 'wrong-size'],
    ['that says it twice', { 'content-length': ['10', '10'] }, 'wrong-size'],
  ])('is answered by what %s', (_what, headers, kind) => {
    expect(whyNotRead(200, headers, 10)?.kind ?? null).toBe(kind);
    // A page about an error has a size of its own; what it says is said.
    expect(whyNotRead(404, headers, 10)).toBeNull();
  });
});

const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

it.each<[Error, UpdateProblem['kind']]>([
  [coded('ERR_CHECKSUM_MISMATCH'), 'tampered'],
  [coded('ERR_UPDATER_INVALID_SIGNATURE'), 'tampered'],
  [coded('ENOSPC'), 'disk-full'],
  [coded('EDQUOT'), 'disk-full'],
  [coded('EACCES'), 'not-written'],
  [coded('EROFS'), 'not-written'],
  [new Error('Cannot download "https://x.example/a", status 503: Service Unavailable'), 'server'],
  [new Error('net::ERR_CONTENT_LENGTH_MISMATCH'), 'truncated'],
  [new Error('net::ERR_CERT_DATE_INVALID'), 'tls'],
  [new Error('net::ERR_CONNECTION_RESET'), 'no-network'],
  [new Error('net::ERR_INTERNET_DISCONNECTED'), 'no-network'],
  [new TypeError('x is not a function'), 'failed'],
])('a download that ends with %s: %s', (cause, kind) => {
  const problem = downloadProblem(cause, 1_000);
  expect(problem.kind).toBe(kind);
  const { what, next } = updateProblemWords(problem);
  expect(what).toMatch(/^[A-Z].*\.$/);
  expect(next).toMatch(/\.$/);
});

describe('what is installed by the app itself', () => {
  const linux: InstalledApp = {
    platform: 'linux',
    appImage: '/home/a/Evorxa.AppImage',
    isReplaceable: true,
    windowsPublisher: null,
    isPortable: false,
  };

  it.each<[string, Partial<InstalledApp>, string | null]>([
    ['an AppImage', {}, 'AppImage'],
    ['an AppImage in a folder of somebody else', { isReplaceable: false }, null],
    ['a deb, an rpm, a tar.gz', { appImage: null }, null],
    ['an app of macOS', { platform: 'darwin', appImage: null }, 'zip'],
    ['an installation of Windows', { platform: 'win32', windowsPublisher: 'CN=Evorxa' }, 'exe'],
    ['one whose publisher nobody can check', { platform: 'win32' }, null],
    ['one without an installation', { platform: 'win32', windowsPublisher: 'CN=E', isPortable: true }, null],
    ['an app of another system', { platform: 'freebsd' }, null],
  ])('%s: %s', (_what, change, expected) => {
    expect(installerFor({ ...linux, ...change })).toBe(expected);
  });
});

describe('replacing the file of the app', () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  const sha512 = createHash('sha512').update('new').digest('base64');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evorxa-replace-'));
    await writeFile(path('app'), 'old');
    await writeFile(path('download'), 'new');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('puts the new one in its place, which can be started', async () => {
    replaceFile(path('download'), path('app'), sha512);
    expect(await readFile(path('app'), 'utf8')).toBe('new');
    expect((await stat(path('app'))).mode & 0o777).toBe(0o755);
    expect(await readdir(folder)).toEqual(['app', 'download']);
  });

  it('leaves it as it was where the download is another by now', async () => {
    await writeFile(path('download'), 'evil');
    expect(() => replaceFile(path('download'), path('app'), sha512)).toThrow('no longer what was checked');
    expect(await readFile(path('app'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['app', 'download']);
  });

  it('leaves it as it was where the download is gone', async () => {
    await rm(path('download'));
    expect(() => replaceFile(path('download'), path('app'), sha512)).toThrow('ENOENT');
    expect(await readFile(path('app'), 'utf8')).toBe('old');
  });
});

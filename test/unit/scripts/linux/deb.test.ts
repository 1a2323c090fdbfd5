import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildForLinux } from '../../../../scripts/lib/linux/build.mjs';

const canBuild = process.platform === 'linux' && hasPrograms(['dpkg-deb', 'objdump', 'tar']);

function hasPrograms(names: readonly string[]): boolean {
  try {
    for (const name of names) execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let work: string;

/** As electron-builder leaves it, but with small programs. */
async function makeApp(): Promise<string> {
  const app = join(work, 'linux-unpacked');
  await mkdir(join(app, 'resources'), { recursive: true });
  await mkdir(join(app, 'locales'), { mode: 0o700 });
  for (const program of ['evorxa-desktop', 'chrome_crashpad_handler', 'chrome-sandbox', 'libffmpeg.so']) {
    await copyFile('/bin/true', join(app, program));
  }
  for (const file of [
    'LICENSE.electron.txt',
    'LICENSES.chromium.html',
    'resources/app.asar',
    'locales/en-GB.pak',
  ]) {
    await writeFile(join(app, file), file, { mode: 0o600 });
  }
  return app;
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'evorxa-deb-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe.skipIf(!canBuild)('a deb of a small app', () => {
  let deb: string;
  let root: string;
  beforeAll(async () => {
    const options = { app: await makeApp(), arch: process.arch, folder: work, isFast: true };
    deb = await buildForLinux('deb', options);
    root = join(work, 'root');
    execFileSync('dpkg-deb', ['--raw-extract', deb, root]);
  });

  const lines = (): readonly string[][] =>
    execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/));

  it('belongs to root, with the modes that are needed and no others', () => {
    expect(new Set(lines().map(([, owner]) => owner))).toEqual(new Set(['root/root']));
    const modes = Object.fromEntries(lines().map(([mode = '', , , , , path = '']) => [path, mode]));
    expect(modes).toMatchObject({
      './usr/lib/evorxa-desktop/evorxa-desktop': '-rwxr-xr-x',
      './usr/lib/evorxa-desktop/chrome_crashpad_handler': '-rwxr-xr-x',
      './usr/lib/evorxa-desktop/chrome-sandbox': '-rwsr-xr-x',
      './usr/lib/evorxa-desktop/libffmpeg.so': '-rw-r--r--',
      './usr/lib/evorxa-desktop/resources/app.asar': '-rw-r--r--',
      './usr/lib/evorxa-desktop/locales/': 'drwxr-xr-x',
      './usr/bin/evorxa-desktop': 'lrwxrwxrwx',
      './usr/share/doc/evorxa-desktop/copyright': '-rw-r--r--',
      './usr/share/polkit-1/actions/com.evorxa.desktop.policy': '-rw-r--r--',
    });
  });

  it('has the licences where the system keeps them, and not in the app', () => {
    const paths = lines().map(([, , , , , path = '']) => path);
    expect(paths.filter((path) => path.includes('LICENSE'))).toEqual([
      './usr/share/doc/evorxa-desktop/LICENSES.chromium.html.gz',
      './usr/share/doc/evorxa-desktop/LICENSES.npm.txt.gz',
    ]);
    const doc = join(root, 'usr/share/doc/evorxa-desktop');
    const licences = execFileSync('gzip', ['-dc', join(doc, 'LICENSES.npm.txt.gz')], { encoding: 'utf8' });
    expect(licences).toMatch(/^ssh2 \d.*\n\nCopyright Brian White/m);
  });

  it('sums that dpkg checks are right, and name each file', () => {
    const sums = execFileSync('md5sum', ['--check', 'DEBIAN/md5sums'], { cwd: root, encoding: 'utf8' });
    const files = execFileSync('find', ['usr', '-type', 'f'], { cwd: root, encoding: 'utf8' });
    expect(sums.trim().split('\n')).toHaveLength(files.trim().split('\n').length);
  });

  it('the same sources give the same package', async () => {
    const folder = join(work, 'again');
    await mkdir(folder);
    const options = { app: join(work, 'linux-unpacked'), arch: process.arch, folder, isFast: true };
    const again = await buildForLinux('deb', options);
    execFileSync('cmp', [deb, again]);
  });

  it('a tar.gz holds the app in one folder', async () => {
    const options = { app: join(work, 'linux-unpacked'), arch: process.arch, folder: work, isFast: true };
    const path = await buildForLinux('tar.gz', options);
    const names = execFileSync('tar', ['-tzf', path], { encoding: 'utf8' }).trim().split('\n');
    expect(names.every((name) => /^evorxa-desktop-\d+\.\d+\.\d+[^/]*\//.test(name))).toBe(true);
    expect(names.some((name) => name.endsWith('/LICENSES.chromium.html'))).toBe(true);
  });
});

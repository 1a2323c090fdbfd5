import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fingerprint } from './build.mjs';
import { SetupError, say } from './console.mjs';
import { projectRoot, readIfThere, sha256 } from './files.mjs';
import { run } from './run.mjs';

/** @typedef {import('./runtime.mjs').Runtime} Runtime */

/** Where packages go. */
const packageFolder = join(projectRoot, 'dist');
const stampPath = join(packageFolder, '.package-stamp');
const inputs = [
  'out/main',
  'out/preload',
  'out/renderer',
  'build',
  'electron-builder.yml',
  'package.json',
  'package-lock.json',
];

/**
 * Where the unpacked app for this machine lies.
 * @typedef {object} UnpackedApp
 * @property {string} folder All of it.
 * @property {string} executable Relative to the folder.
 * @property {string} resources Relative to the folder.
 */

/** @returns {UnpackedApp} */
export function unpackedApp() {
  if (process.platform === 'darwin') {
    const folder = join(packageFolder, process.arch === 'arm64' ? 'mac-arm64' : 'mac');
    return {
      folder,
      executable: 'Evorxa.app/Contents/MacOS/Evorxa',
      resources: 'Evorxa.app/Contents/Resources',
    };
  }
  const isWindows = process.platform === 'win32';
  const system = isWindows ? 'win' : 'linux';
  const arch = process.arch === 'x64' ? '' : `${process.arch}-`;
  return {
    folder: join(packageFolder, `${system}-${arch}unpacked`),
    executable: isWindows ? 'Evorxa.exe' : 'evorxa-desktop',
    resources: 'resources',
  };
}

/**
 * The unpacked app for this machine, made of a runtime, unless nothing has changed since the last time. The app has
 * to be built before.
 * @param {Runtime} runtime
 * @returns {Promise<boolean>} Whether it was made.
 * @throws {SetupError} With the packager's output, when it fails.
 */
export async function ensurePackage(runtime) {
  const wanted = sha256(
    `${runtime.executablePath} ${runtime.version} ${await fingerprint(projectRoot, inputs)}`,
  );
  if ((await readIfThere(stampPath)) === wanted) return false;
  await makePackage(runtime);
  await writeFile(stampPath, wanted);
  return true;
}

/**
 * The same, in any case.
 * @param {Runtime} runtime
 */
export async function makePackage(runtime) {
  // The last one would count as fresh if this one broke off.
  await rm(stampPath, { force: true });
  await runBuilder(runtime, ['--dir']);
}

/**
 * Packages that people install. The app has to be built before.
 * @param {Runtime} runtime
 * @param {import('./targets.mjs').PackageOrder} order
 * @returns {Promise<readonly string[]>} Their paths.
 * @throws {SetupError} When one of them cannot be made.
 */
export async function makePackages(runtime, { targets, arch, isFast, settings }) {
  // Loaded now: what they are made with comes from npm, which the set-up has installed.
  const { buildForLinux, linuxTargets } = await import('./linux/build.mjs');
  const isOwn = (/** @type {string} */ target) =>
    process.platform === 'linux' && linuxTargets.includes(target);
  /** @type {string[]} */
  const made = [];
  if (targets.some(isOwn)) {
    await ensurePackage(runtime);
    const app = unpackedApp().folder;
    for (const target of targets.filter(isOwn)) {
      say(`Making the ${target}.`);
      made.push(await buildForLinux(target, { app, arch, folder: packageFolder, isFast }));
    }
  }
  const others = targets.filter((target) => !isOwn(target));
  if (others.length > 0) {
    // It writes over the unpacked app.
    await rm(stampPath, { force: true });
    made.push(...(await runBuilder(runtime, [...targetSwitches(others), `--${arch}`, ...settings], arch)));
  }
  return made;
}

/** @param {readonly string[]} targets */
function targetSwitches(targets) {
  const system = process.platform === 'darwin' ? '--mac' : process.platform === 'win32' ? '--win' : '--linux';
  return [system, ...targets];
}

/**
 * A copy without what lies in `resources`: the app of the development loader, and what is left there of the product
 * that the fallback was taken from. On macOS resources are elsewhere, and there is no fallback.
 * @param {Runtime} runtime
 * @param {string} target
 */
async function copyRuntime({ executablePath }, target) {
  // On macOS the executable lies in Electron.app/Contents/MacOS.
  const dist = executablePath.replace(/[\\/]Electron\.app[\\/].*$/, '');
  const source = dist === executablePath ? dirname(executablePath) : dist;
  await cp(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => dirname(relative(source, path)) !== 'resources',
  });
}

/**
 * @param {Runtime} runtime Taken for this machine's own processor; electron-builder downloads it for others.
 * @param {readonly string[]} args For electron-builder.
 * @param {string} [arch]
 * @returns {Promise<readonly string[]>} What it has made, by what came into the folder.
 */
async function runBuilder(runtime, args, arch = process.arch) {
  say(`Packaging the app with Electron ${runtime.version}.`);
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-package-'));
  const builder = join(projectRoot, 'node_modules/electron-builder/cli.js');
  const settings = [`-c.electronVersion=${runtime.version}`];
  const since = Date.now();
  try {
    if (arch === process.arch) {
      const dist = join(folder, 'electron');
      await copyRuntime(runtime, dist);
      settings.push(`-c.electronDist=${dist}`);
    }
    const { code, output } = await run(
      process.execPath,
      [builder, '--publish', 'never', ...settings, ...args],
      { cwd: projectRoot },
    );
    if (code !== 0) throw new SetupError('Packaging failed. The lines above say where.', output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return filesSince(packageFolder, since);
}

/**
 * @param {string} folder
 * @param {number} sinceMs
 * @returns {Promise<readonly string[]>} The packages in it that were written since.
 */
async function filesSince(folder, sinceMs) {
  const paths = (await readdir(folder)).map((name) => join(folder, name));
  const found = await Promise.all(paths.map((path) => stat(path)));
  return paths.filter((path, index) => {
    const file = found[index];
    return file?.isFile() === true && file.mtimeMs >= sinceMs && /\.(AppImage|exe|dmg|zip)$/.test(path);
  });
}

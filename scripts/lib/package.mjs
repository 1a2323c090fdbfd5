import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
 * @param {readonly string[]} [extraArgs] For electron-builder.
 */
export async function makePackage(runtime, extraArgs = []) {
  // The last one would count as fresh if this one broke off.
  await rm(stampPath, { force: true });
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-package-'));
  try {
    const dist = join(folder, 'electron');
    await copyRuntime(runtime, dist);
    await runBuilder(dist, runtime.version, extraArgs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
 * @param {string} electronDist
 * @param {string} electronVersion
 * @param {readonly string[]} extraArgs
 */
async function runBuilder(electronDist, electronVersion, extraArgs) {
  say(`Packaging the app with Electron ${electronVersion}.`);
  const builder = join(projectRoot, 'node_modules/electron-builder/cli.js');
  const settings = [`-c.electronDist=${electronDist}`, `-c.electronVersion=${electronVersion}`];
  const args = [builder, '--dir', '--publish', 'never', ...settings, ...extraArgs];
  const { code, output } = await run(process.execPath, args, { cwd: projectRoot });
  if (code !== 0) throw new SetupError('Packaging failed. The lines above say where.', output);
}

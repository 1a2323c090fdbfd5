import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError, say } from './console.mjs';
import { projectRoot, readIfThere, sha256 } from './files.mjs';
import { run } from './run.mjs';

const inputs = [
  'main',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/**
 * Builds main, preload and renderer into out/, unless nothing has changed since the last time.
 * @param {string} [root]
 * @param {{ build(): Promise<void> }} [tools] Replaced in tests.
 * @returns {Promise<boolean>} Whether it was built.
 * @throws {SetupError} With the builder's output, when it fails.
 */
export async function ensureBuild(root = projectRoot, tools = { build: () => electronViteBuild(root) }) {
  const stampPath = join(root, 'out/.build-stamp');
  const wanted = await fingerprint(root, inputs);
  if ((await readIfThere(stampPath)) === wanted) return false;
  await tools.build();
  await writeFile(stampPath, wanted);
  return true;
}

/**
 * Changes when a file comes, goes, or is written to.
 * @param {string} root
 * @param {readonly string[]} paths Files and folders below it; one that is missing counts as such.
 * @returns {Promise<string>}
 */
export async function fingerprint(root, paths) {
  const files = (await Promise.all(paths.map((path) => filesBelow(root, path)))).flat().sort();
  const lines = files.map(async (file) => {
    const { mtimeMs, size } = await stat(join(root, file));
    return `${file} ${mtimeMs} ${size}`;
  });
  return sha256((await Promise.all(lines)).join('\n'));
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function filesBelow(root, path) {
  const found = await stat(join(root, path)).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [path];
  const names = await readdir(join(root, path));
  return (await Promise.all(names.map((name) => filesBelow(root, join(path, name))))).flat();
}

/** @param {string} root */
async function electronViteBuild(root) {
  say('Building the app.');
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { code, output } = await run(process.execPath, [builder, 'build'], { cwd: root });
  if (code !== 0) throw new SetupError('The build failed. The lines above say where.', output);
}

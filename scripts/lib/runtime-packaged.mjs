import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './console.mjs';
import { cacheFolder, readIfThere } from './files.mjs';
import { run } from './run.mjs';

const probeTimeoutMs = 5_000;
const downloadTimeoutMs = 15 * 60_000;
/** How long a closed network is remembered, so that the next start does not ask again. */
const rememberClosedMs = 12 * 3_600_000;

/**
 * The version of the electron package in node_modules.
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function packagedVersion(root) {
  /** @type {{ version: string }} */
  const manifest = JSON.parse(await readFile(join(root, 'node_modules/electron/package.json'), 'utf8'));
  return manifest.version;
}

/**
 * The binary that the electron package has downloaded before.
 * @param {string} root
 * @returns {Promise<string | undefined>}
 */
export async function findPackaged(root) {
  const folder = join(root, 'node_modules/electron');
  const name = await readIfThere(join(folder, 'path.txt'));
  const version = await readIfThere(join(folder, 'dist/version'));
  if (!name || version?.trim().replace(/^v/, '') !== (await packagedVersion(root))) return undefined;
  return join(folder, 'dist', name);
}

/**
 * Lets the electron package download its binary, where its release site can be reached.
 * @param {string} root
 * @returns {Promise<string | undefined>} Undefined when it cannot.
 */
export async function downloadPackaged(root) {
  const version = await packagedVersion(root);
  const notePath = join(cacheFolder(), `electron-${version}-out-of-reach`);
  if (await isFresh(notePath)) return undefined;

  if (await canReach(version)) {
    say(`Downloading Electron ${version}.`);
    const install = join(root, 'node_modules/electron/install.js');
    const { code, output } = await run(process.execPath, [install], { timeoutMs: downloadTimeoutMs });
    if (code === 0) return findPackaged(root);
    say(output.trimEnd());
  }
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(notePath, '');
  return undefined;
}

/**
 * Asks for the head of the archive, since a connection that is silently dropped would hold the download for
 * minutes. Where a mirror or a proxy is set this request says nothing, and the download is simply tried.
 * @param {string} version
 */
async function canReach(version) {
  if (usesDetour(process.env)) return true;
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const url = `https://github.com/electron/electron/releases/download/v${version}/${name}`;
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) })).ok;
  } catch {
    return false;
  }
}

/**
 * Whether the download goes through a mirror or a proxy.
 * @param {NodeJS.ProcessEnv} env
 */
export function usesDetour(env) {
  return Object.entries(env).some(
    ([name, value]) =>
      /^(npm_config_)?electron_mirror$|^https_proxy$|^all_proxy$/i.test(name) && Boolean(value),
  );
}

/** @param {string} path */
async function isFresh(path) {
  try {
    return Date.now() - (await stat(path)).mtimeMs < rememberClosedMs;
  } catch {
    return false;
  }
}

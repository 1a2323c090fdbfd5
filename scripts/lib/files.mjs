import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The project's root folder. */
export const projectRoot = resolve(import.meta.dirname, '../..');

/**
 * The folder for what can be fetched again, by each system's custom.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function cacheFolder(env = process.env, platform = process.platform) {
  const name = 'evorxa-desktop';
  if (platform === 'darwin') return join(homedir(), 'Library/Caches', name);
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? homedir(), name, 'Cache');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), name);
}

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} The file's text, undefined when it cannot be read.
 */
export async function readIfThere(path) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * A file's hash as npm's lock file writes it: `sha512-` and base64.
 * @param {string} path
 */
export async function integrityOf(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** @param {string} text */
export function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { say } from './console.mjs';
import { run } from './run.mjs';

/**
 * The switch that turns Chromium's sandbox off, where Linux does not let it have one: for root, and where user
 * namespaces are closed and the helper is not setuid. Packages for users bring a setuid helper.
 * @param {string} executablePath
 * @returns {Promise<readonly string[]>}
 */
export async function chromiumSandboxSwitches(executablePath) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  if (await isSetuidRoot(join(dirname(executablePath), 'chrome-sandbox'))) return [];
  const { code } = await run('unshare', ['--user', '--map-root-user', 'true']);
  if (code === 0) return [];
  say('This system closes user namespaces: Electron runs without its sandbox here.');
  return ['--no-sandbox'];
}

/** @param {string} path */
async function isSetuidRoot(path) {
  try {
    const file = await stat(path);
    return file.uid === 0 && (file.mode & 0o4000) !== 0;
  } catch {
    return false;
  }
}

import { writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError, say } from './console.mjs';
import { readIfThere, sha256 } from './files.mjs';
import { withLock } from './lock.mjs';
import { runNpm } from './run.mjs';

/**
 * Installs exactly what the lock file names, unless that has been done before.
 * @param {string} root The folder of package-lock.json.
 * @param {{ install(): Promise<void> }} [tools] Replaced in tests.
 * @returns {Promise<boolean>} Whether anything was installed.
 */
export async function ensureDependencies(root, tools = { install: () => npmCi(root) }) {
  const wanted = sha256(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const stampPath = join(root, 'node_modules', '.evorxa-installed');
  const isInstalled = async () => (await readIfThere(stampPath)) === wanted;
  if (await isInstalled()) return false;

  // Not inside node_modules: `npm ci` begins by deleting that.
  const lockPath = join(tmpdir(), `evorxa-install-${sha256(root).slice(0, 12)}.lock`);
  return withLock(lockPath, async () => {
    if (await isInstalled()) return false;
    await tools.install();
    await writeFile(stampPath, wanted);
    return true;
  });
}

/** @param {string} root */
async function npmCi(root) {
  say('Installing dependencies with npm ci.');
  // Older versions of npm run the install scripts of dependencies; nothing here needs them.
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  const { code, output } = await runNpm(args, { cwd: root });
  if (code !== 0) {
    throw new SetupError('npm ci failed. Check the network and the lines above, then try again.', output);
  }
}

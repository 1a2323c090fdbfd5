// npm run package: the unpacked app for this machine, made of the resolved runtime, in dist/.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { SetupError, runScript, say } from './lib/console.mjs';
import { projectRoot } from './lib/files.mjs';
import { run } from './lib/run.mjs';
import { setUpApp } from './lib/setup.mjs';

await runScript(async () => {
  const runtime = await setUpApp();
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-package-'));
  try {
    const dist = join(folder, 'electron');
    await copyRuntime(runtime, dist);
    await packageApp(dist, runtime.version);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say('The unpacked app is in dist/.');
});

/**
 * A copy, since the fallback carries a loader for development that belongs in no package.
 * @param {import('./lib/runtime.mjs').Runtime} runtime
 * @param {string} target
 */
async function copyRuntime({ executablePath }, target) {
  // On macOS the executable lies in Electron.app/Contents/MacOS.
  const dist = executablePath.replace(/[\\/]Electron\.app[\\/].*$/, '');
  const source = dist === executablePath ? dirname(executablePath) : dist;
  const loader = join('resources', 'app');
  await cp(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => relative(source, path) !== loader,
  });
}

/**
 * @param {string} electronDist
 * @param {string} electronVersion
 */
async function packageApp(electronDist, electronVersion) {
  say(`Packaging the app with Electron ${electronVersion}.`);
  const builder = join(projectRoot, 'node_modules/electron-builder/cli.js');
  const settings = [`-c.electronDist=${electronDist}`, `-c.electronVersion=${electronVersion}`];
  const args = [builder, '--dir', '--publish', 'never', ...settings, ...process.argv.slice(2)];
  const { code, output } = await run(process.execPath, args, { cwd: projectRoot });
  if (code !== 0) throw new SetupError('Packaging failed. The lines above say where.', output);
}

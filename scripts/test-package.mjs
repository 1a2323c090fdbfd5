// npm run test:package [-- [--deb FILE] SUITE...]: makes a deb, or takes one, checks it with Debian's own programs, and on each
// bare Debian (bookworm and trixie) installs it, uses it as an ordinary user, and removes it. As root on Debian; takes minutes.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleProgram } from './lib/bundle.mjs';
import { runScript } from './lib/console.mjs';
import { projectRoot } from './lib/files.mjs';
import { makePackages } from './lib/package.mjs';
import { runAttached } from './lib/run.mjs';
import { setUpApp } from './lib/setup.mjs';
import { ensurePackageTestPrograms, ensurePackagingPrograms } from './lib/system-packages.mjs';

const results = join(projectRoot, 'test-results');

await runScript(async () => {
  const args = process.argv.slice(2);
  const [, given] = args[0] === '--deb' ? args.splice(0, 2) : [];
  const suites = args.length > 0 ? args : ['bookworm', 'trixie'];
  await ensurePackagingPrograms(['deb']);
  await ensurePackageTestPrograms();
  const runtime = await setUpApp();
  const order = { targets: ['deb'], arch: process.arch, isFast: true, settings: [] };
  const [deb = ''] = given === undefined ? await makePackages(runtime, order) : [resolve(given)];
  await mkdir(results, { recursive: true });
  const program = await bundleProgram('test/package/main.ts', 'package-test');
  return runAttached(process.execPath, [program, deb, results, ...suites], { cwd: projectRoot });
});

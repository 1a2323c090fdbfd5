// npm run test:package [-- [--deb FILE] [--rpm FILE] SUITE...]: makes a deb and an rpm, or takes them. Checks the deb with Debian's
// own programs, and on each bare Debian (bookworm and trixie) installs it, uses it as an ordinary user, and removes it. Installs the
// rpm by rpm, and removes it. As root on Debian; takes minutes.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleProgram } from './lib/bundle.mjs';
import { runScript } from './lib/console.mjs';
import { projectRoot } from './lib/files.mjs';
import { makePackages } from './lib/package.mjs';
import { runAttached } from './lib/run.mjs';
import { setUpApp } from './lib/setup.mjs';
import { ensurePackageTestPrograms, ensurePackagingPrograms } from './lib/system-packages.mjs';

const results = join(projectRoot, 'test-results');

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { deb: { type: 'string' }, rpm: { type: 'string' } },
  });
  const suites = positionals.length > 0 ? positionals : ['bookworm', 'trixie'];
  const wanted = /** @type {const} */ (['deb', 'rpm']).filter((target) => values[target] === undefined);
  await ensurePackagingPrograms(wanted);
  await ensurePackageTestPrograms();
  const runtime = await setUpApp();
  const made = await makePackages(runtime, {
    targets: wanted,
    arch: process.arch,
    isFast: true,
    settings: [],
  });
  const [deb = '', rpm = ''] = ['deb', 'rpm'].map((target) => {
    const given = values[/** @type {'deb' | 'rpm'} */ (target)];
    return given === undefined ? made.find((path) => path.endsWith(`.${target}`)) : resolve(given);
  });
  await mkdir(results, { recursive: true });
  const program = await bundleProgram('test/package/main.ts', 'package-test');
  return runAttached(process.execPath, [program, deb, rpm, results, ...suites], { cwd: projectRoot });
});

// npm run sandbox: the local Evorxa alone, under plain Node. It prints its URL and its demo tokens.
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { runScript } from './lib/console.mjs';
import { projectRoot } from './lib/files.mjs';
import { runAttached } from './lib/run.mjs';
import { setUpWithoutRuntime } from './lib/setup.mjs';

await runScript(async () => {
  await setUpWithoutRuntime();
  await ensureBuild();
  return runAttached(process.execPath, [
    join(projectRoot, 'out/main/sandbox-cli.js'),
    ...process.argv.slice(2),
  ]);
});

// npm run demo: the app on the built-in demo account.
// npm run demo -- --tour DIR: goes through the main views by itself and saves what it saw in DIR.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from './lib/app.mjs';
import { SetupError, runScript } from './lib/console.mjs';
import { runDriver } from './lib/driver.mjs';
import { setUpApp } from './lib/setup.mjs';

await runScript(async () => {
  const { values, positionals } = readArguments();
  if (values.tour === undefined) return startApp(await setUpApp(), ['--demo', ...positionals]);
  // npm starts scripts in the project's folder; the person may have named DIR from another.
  return runDriver('tour', [resolve(process.env.INIT_CWD ?? '.', values.tour)]);
});

function readArguments() {
  try {
    return parseArgs({ options: { tour: { type: 'string' } }, allowPositionals: true });
  } catch {
    throw new SetupError('Usage: npm run demo [-- --tour DIR]');
  }
}

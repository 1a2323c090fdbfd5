// npm run bench: measures the speed goals against an empty Electron app in the same run.
import { runScript } from './lib/console.mjs';
import { runDriver } from './lib/driver.mjs';

await runScript(() => runDriver('bench', process.argv.slice(2)));

// npm start: the app as an installed user has it.
import { startApp } from './lib/app.mjs';
import { runScript } from './lib/console.mjs';
import { setUpApp } from './lib/setup.mjs';

await runScript(async () => startApp(await setUpApp(), process.argv.slice(2)));

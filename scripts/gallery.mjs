// npm run gallery: every component of the design system on one page.
import { startApp } from './lib/app.mjs';
import { runScript } from './lib/console.mjs';
import { setUpApp } from './lib/setup.mjs';

await runScript(async () => startApp(await setUpApp(), ['--gallery', ...process.argv.slice(2)]));

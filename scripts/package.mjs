// npm run package: the unpacked app for this machine, made of the resolved runtime, in dist/.
import { runScript, say } from './lib/console.mjs';
import { makePackage } from './lib/package.mjs';
import { setUpApp } from './lib/setup.mjs';

await runScript(async () => {
  await makePackage(await setUpApp(), process.argv.slice(2));
  say('The unpacked app is in dist/.');
});

// npm run package [-- TARGET... [--universal] [--fast] [-c.KEY=VALUE]]: the unpacked app for this machine, made of the
// resolved runtime, in dist/, and packages of it: deb, rpm, tar.gz, AppImage on Linux, nsis on Windows, dmg and zip on macOS.
// --fast packs them less, for a test; --universal is for both processors of macOS; -c. is a setting of electron-builder.
// EVORXA_PUBLISH_URL, the folder where feeds of updates will lie, has these written too.
import { runScript, say } from './lib/console.mjs';
import { makePackage, makePackages } from './lib/package.mjs';
import { setUpApp } from './lib/setup.mjs';
import { ensurePackagingPrograms } from './lib/system-packages.mjs';
import { feedSettings, readPackageOrder } from './lib/targets.mjs';

await runScript(async () => {
  const typed = readPackageOrder(process.argv.slice(2), process);
  const order = { ...typed, settings: [...feedSettings(process.env.EVORXA_PUBLISH_URL), ...typed.settings] };
  await ensurePackagingPrograms(order.targets);
  const runtime = await setUpApp();
  if (order.targets.length === 0) {
    await makePackage(runtime);
    say('The unpacked app is in dist/.');
    return;
  }
  for (const path of await makePackages(runtime, order)) say(`Made ${path}.`);
});

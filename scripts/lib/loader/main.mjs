// The fallback runtime has no default app. This one stands in for it: it loads the app whose folder is named
// on the command line, in the way of Electron's own (default_app/main.ts).
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

// Playwright puts its switches before the folder.
const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  process.stderr.write('Name the folder of the app to load.\n');
  process.exit(1);
}

const appFolder = resolve(folder);
/** @type {{ name: string, productName?: string, version: string, main: string }} */
const manifest = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));

// Electron's own default app sets these too; its typings leave them out.
const loaded =
  /** @type {typeof app & { setVersion(version: string): void, setAppPath(path: string): void }} */ (app);
Object.assign(process, { defaultApp: true });
loaded.setVersion(manifest.version);
loaded.setName(manifest.productName ?? manifest.name);
loaded.setDesktopName(`${manifest.name}.desktop`);
loaded.setAppPath(appFolder);

// At the top level, so that `ready` waits until the app's own main module has run.
await import(pathToFileURL(join(appFolder, manifest.main)).href);

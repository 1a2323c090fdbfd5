import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { projectRoot } from '../../../scripts/lib/files.mjs';

/** Found from the root: bundled into a program, as the tour is, this module lies elsewhere. */
const holder = join(projectRoot, 'test/support/held-start/main.mjs');

/**
 * Makes a folder that Electron takes for the app in another: by its name and version, but started by `main.mjs` beside
 * this file, which holds it until Playwright is attached.
 */
export async function writeHeldApp(folder: string, appFolder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(appFolder, 'package.json'), 'utf8')) as object;
  const main = relative(folder, holder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, main, heldFolder: appFolder }));
}

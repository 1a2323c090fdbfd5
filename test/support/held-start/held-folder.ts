import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import { shiftDate } from './shift-date.mjs';

/** Found from the root: bundled into a program, as the tour is, this module lies elsewhere. */
const holder = join(projectRoot, 'test/support/held-start/main.mjs');

/**
 * Makes a folder that Electron takes for the app in another: by its name and version, but started by `main.mjs` beside
 * this file, which holds it until Playwright is attached.
 * @param clockShiftMs How far the app's clock, in main and in its pages, runs ahead of the machine's.
 */
export async function writeHeldApp(folder: string, appFolder: string, clockShiftMs: number): Promise<void> {
  const manifest = JSON.parse(await readFile(join(appFolder, 'package.json'), 'utf8')) as object;
  const main = relative(folder, holder);
  const pagePreload = clockShiftMs === 0 ? undefined : join(folder, 'shift-clock.cjs');
  if (pagePreload) {
    const shift = JSON.stringify(`(${shiftDate.toString()})(${clockShiftMs})`);
    // A preload has a world of its own; this runs in the page's, before its scripts.
    await writeFile(pagePreload, `void require('electron').webFrame.executeJavaScript(${shift});\n`);
  }
  const held = { folder: appFolder, clockShiftMs, pagePreload };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, main, held }));
}

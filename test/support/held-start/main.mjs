// What a test starts in the app's place: it holds the app's `ready` until Playwright is attached, and is the app from
// then on. A window that is made while Playwright attaches can be lost to it: it then waits for a first page for ever.
// Electron's `-r` is what Playwright uses to this end; a runtime that is started by its path gets none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import { shiftDate } from './shift-date.mjs';

/** @type {{ folder: string, clockShiftMs: number, pagePreload?: string }} */
const { folder, clockShiftMs, pagePreload } = JSON.parse(
  readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'),
).held;
/** @type {{ main: string }} */
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
// The typings leave it out.
/** @type {typeof app & { setAppPath(path: string): void }} */ (app).setAppPath(folder);

if (pagePreload !== undefined) {
  shiftDate(clockShiftMs);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Its successor came with Electron 35; tests run on 33 too.
  app.on('session-created', (session) => session.setPreloads([...session.getPreloads(), pagePreload]));
}

const isReady = app.whenReady();
/** @type {() => void} */
let attached = () => undefined;
const isAttached = new Promise((resolve) => {
  attached = () => resolve(undefined);
});
app.whenReady = async () => {
  await isAttached;
  await isReady;
};
// Playwright calls the one when it has attached, a test the other to put main's clock forward.
Object.assign(globalThis, { __playwright_run: attached, __putClockForward: shiftDate });

await import(pathToFileURL(join(folder, manifest.main)).href);

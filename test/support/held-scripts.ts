import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { projectRoot } from '../../scripts/lib/files.mjs';

const runEvent = 'test-run-scripts';
const takeOverEvent = 'test-take-over';

/**
 * Before the page's own script: it waits until it is told to run, and has its frames and timers wait until it is told to take
 * the page over.
 */
const hold = `await new Promise((resolve) => addEventListener('${runEvent}', resolve, { once: true }));
const held = [];
const { setTimeout: realSetTimeout } = window;
window.setTimeout = (run, ms, ...args) => held.push(() => run(...args));
addEventListener('${takeOverEvent}', () => {
  window.setTimeout = realSetTimeout;
  for (const run of held) run();
}, { once: true });
`;

/** A copy of the built app, whose window's scripts wait to be let go. */
export interface HeldScripts {
  /** To be started in the app's place. */
  readonly appFolder: string;
  readonly remove: () => Promise<void>;
}

/** Makes it: what the app's own picture was drawn for, this copy is too, since the page is the same. */
export async function holdScripts(): Promise<HeldScripts> {
  const appFolder = await mkdtemp(join(tmpdir(), 'evorxa-held-scripts-'));
  for (const part of ['package.json', 'out/main', 'out/preload', 'out/renderer'])
    await cp(join(projectRoot, part), join(appFolder, part), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(appFolder, 'node_modules'));
  const assets = join(appFolder, 'out/renderer/assets');
  const page = await readFile(join(appFolder, 'out/renderer/index.html'), 'utf8');
  const script = (await readdir(assets)).find((name) => page.includes(`src="./assets/${name}"`));
  if (script === undefined) throw new Error('The page has no script of its own.');
  const path = join(assets, script);
  await writeFile(path, held(await readFile(path, 'utf8')));
  return { appFolder, remove: () => rm(appFolder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** Imports come first in a module, and run first wherever they stand. */
const held = (source: string): string => `${hold}${source}`;

/** Lets the scripts run until they would take the page over. */
export function runScripts(window: Page): Promise<void> {
  return window.evaluate((name) => void dispatchEvent(new Event(name)), runEvent);
}

/** Lets them take the page over. */
export function takeOver(window: Page): Promise<void> {
  return window.evaluate((name) => void dispatchEvent(new Event(name)), takeOverEvent);
}

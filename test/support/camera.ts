import { join } from 'node:path';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { setSize } from './window-steps.ts';

/** Saves pictures of a window. */
export interface Camera {
  /** Saves what is shown as `NAME-light.png` and `NAME-dark.png`, of a narrow window also as `NAME-900-light.png` and so on. */
  readonly take: (name: string) => Promise<void>;
  /** The files saved so far. */
  readonly taken: readonly string[];
}

/** A size of the window, and what it adds to the names of its pictures. */
interface Format {
  readonly suffix: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

const usual: Format = { suffix: '', widthPx: 1280, heightPx: 800 };
const narrow: Format = { suffix: '-900', widthPx: 900, heightPx: 600 };

/**
 * Makes the window as large as its pictures.
 * @param folder Where they are saved; it exists.
 * @param isNarrowTaken Whether each is taken of a narrow window too.
 */
export async function openCamera(
  app: ElectronApplication,
  window: Page,
  folder: string,
  isNarrowTaken = false,
): Promise<Camera> {
  const makeRoom = async ({ widthPx, heightPx }: Format): Promise<void> => {
    await setSize(app, widthPx, heightPx);
    if (isNarrowTaken) await expect.poll(() => window.evaluate(() => innerWidth)).toBe(widthPx);
  };
  await makeRoom(usual);
  const taken: string[] = [];
  const takeBoth = async (name: string): Promise<void> => {
    // Without this a picture could catch a colour on its way.
    await window.mouse.move(0, 0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const file = `${name}-${colorScheme}.png`;
      await window.screenshot({ path: join(folder, file), animations: 'disabled' });
      taken.push(file);
    }
  };
  const take = async (name: string): Promise<void> => {
    await takeBoth(name);
    if (!isNarrowTaken) return;
    await makeRoom(narrow);
    await takeBoth(`${name}${narrow.suffix}`);
    await makeRoom(usual);
  };
  return { take, taken };
}

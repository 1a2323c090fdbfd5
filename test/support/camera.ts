import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { setSize } from './window-steps.ts';

/** Saves pictures of a window. */
export interface Camera {
  /** Saves what is shown as `NAME-light.png` and `NAME-dark.png`. */
  readonly take: (name: string) => Promise<void>;
  /** The files saved so far. */
  readonly taken: readonly string[];
}

/** The size of the pictures of the app. */
const widthPx = 1280;
const heightPx = 800;

/**
 * Makes the window as large as its pictures.
 * @param folder Where they are saved; it exists.
 */
export async function openCamera(app: ElectronApplication, window: Page, folder: string): Promise<Camera> {
  await setSize(app, widthPx, heightPx);
  const taken: string[] = [];
  const take = async (name: string): Promise<void> => {
    // Without this a picture could catch a colour on its way.
    await window.mouse.move(0, 0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const file = `${name}-${colorScheme}.png`;
      await window.screenshot({ path: join(folder, file), animations: 'disabled' });
      taken.push(file);
    }
  };
  return { take, taken };
}

import { expect } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import type { LaunchedApp } from '../support/launch.ts';
import { connectShell } from '../support/window-steps.ts';

/** The question before several lines go into a terminal. */
export async function takePaste({ app, window }: LaunchedApp, { take }: Camera): Promise<void> {
  await window
    .getByRole('link', { name: /^Instances/ })
    .first()
    .click();
  await connectShell(window, 'api-prod-1');
  await app.evaluate(({ clipboard }) => clipboard.writeText('apt-get update\napt-get upgrade\n'));
  await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.paste());
  await expect(window.getByRole('alertdialog')).toContainText('Paste 2 lines?');
  await take('paste');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Maximize terminals' }).click();
  await take('terminal-maximized');
  await window.getByRole('button', { name: 'Hide terminals' }).click();
}

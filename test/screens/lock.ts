import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { openCamera, type Camera } from '../support/camera.ts';
import { goTo } from './pages.ts';

/** The app's lock: how it is set, and what stands in the window's place while it is locked. Last: it stays locked. */
export async function takeLock(
  { app, window }: { readonly app: ElectronApplication; readonly window: Page },
  { take }: Camera,
  folder: string,
  isAll: boolean,
): Promise<void> {
  await goTo(window, 'Settings');
  await window.getByRole('button', { name: 'Set a passphrase…' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Set a passphrase' });
  await dialog.getByLabel('New passphrase', { exact: true }).fill('correct horse');
  await dialog.getByLabel('New passphrase again', { exact: true }).fill('correct');
  await take('lock-set');
  await dialog.getByLabel('New passphrase again', { exact: true }).fill('correct horse');
  await dialog.getByRole('button', { name: 'Set passphrase' }).click();
  const lockNow = window.getByRole('button', { name: 'Lock now' });
  await lockNow.scrollIntoViewIfNeeded();
  await take('settings-lock');
  const opened = app.waitForEvent('window');
  await lockNow.click();
  const locked = await opened;
  await expect(locked.getByRole('heading', { name: 'Evorxa is locked' })).toBeVisible();
  const camera = await openCamera(app, locked, folder, isAll);
  await locked.getByLabel('Passphrase', { exact: true }).fill('wrong');
  await locked.getByRole('button', { name: 'Unlock' }).click();
  await expect(locked.getByText('This is not the passphrase.')).toBeVisible();
  await camera.take('locked');
  await locked.getByRole('button', { name: 'Forgot the passphrase?' }).click();
  await expect(locked.getByRole('alertdialog')).toBeVisible();
  await camera.take('locked-forgotten');
}

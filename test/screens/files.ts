import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import { answerFiles, choose, pane, row, transfers, typePath } from '../support/files-steps.ts';
import type { LaunchedApp } from '../support/launch.ts';
import { openInstance } from '../support/window-steps.ts';

/** The files of an instance: a folder, what is asked about files, what is copied, a conflict, nothing, and a failure. */
export async function takeFiles(
  { app, window }: Pick<LaunchedApp, 'app' | 'window'>,
  { take }: Camera,
): Promise<void> {
  const here = mkdtempSync(join(tmpdir(), 'here-'));
  writeFileSync(join(here, 'backup.tar'), '0'.repeat(200_000));
  const dialog = window.getByRole('alertdialog');
  await window
    .getByRole('link', { name: /^Instances/ })
    .first()
    .click();
  await openInstance(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Files', exact: true }).click();
  await typePath(window, '/');
  await expect(row(window, 'etc')).toBeVisible();
  await row(window, 'var').getByRole('checkbox').check();
  await take('files');

  await row(window, 'etc').click({ button: 'right' });
  await expect(window.getByRole('menu')).toBeVisible();
  await take('files-menu');
  await window.keyboard.press('Escape');
  await choose(window, 'etc', 'Permissions…');
  await expect(dialog).toBeVisible();
  await take('files-permissions');
  await window.keyboard.press('Escape');
  await choose(window, 'etc', 'Make symbolic link…');
  await dialog.getByLabel('Name').fill('settings');
  await take('files-link');
  await window.keyboard.press('Escape');
  await choose(window, 'var', 'Delete…');
  await expect(dialog).toContainText('This cannot be undone.');
  await expect(dialog).not.toContainText('being counted');
  await take('files-delete');
  await window.keyboard.press('Escape');

  await typePath(window, '/tmp');
  await pane(window).getByRole('button', { name: 'New', exact: true }).click();
  await window.getByRole('menuitem', { name: 'New folder…' }).click();
  await dialog.getByLabel('Name').fill('empty');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(row(window, 'empty')).toBeVisible();
  for (const phase of [/^Uploaded/, null]) {
    await answerFiles(app, join(here, 'backup.tar'));
    await pane(window).getByRole('button', { name: 'Upload', exact: true }).click();
    await window.getByRole('menuitem', { name: 'Files…' }).click();
    if (phase !== null) await expect(transfers(window).getByText(phase)).toBeVisible();
  }
  await expect(dialog).toContainText('backup.tar is there already');
  await take('files-conflict');
  await dialog.getByRole('button', { name: 'Skip' }).click();
  await expect(transfers(window)).toContainText('Skipped');
  await take('files-transfers');

  await typePath(window, '/tmp/empty');
  await expect(pane(window).getByText('This folder is empty')).toBeVisible();
  await take('files-empty');
  await typePath(window, '/no/such/folder');
  await expect(pane(window).getByText('/no/such/folder could not be opened.')).toBeVisible();
  await take('files-failing');
  await window.getByRole('button', { name: 'Hide terminals' }).click();
}

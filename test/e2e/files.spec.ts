import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answerFiles,
  choose,
  openedPath,
  pane,
  recordOpened,
  row,
  transfers,
} from '../support/files-steps.ts';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { signInToShell } from '../support/shell-steps.ts';
import { sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { connectTo, expectShell } from '../support/sshd-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
test.beforeEach(async () => {
  sshd = await startSshd({ config: ['Subsystem sftp /usr/lib/openssh/sftp-server'] });
});
test.afterEach(() => sshd.stop());

test('files are browsed beside the terminal, uploaded, downloaded, renamed, edited and deleted', async ({
  launch,
  startSandbox,
}) => {
  test.setTimeout(240_000);
  const here = mkdtempSync(join(tmpdir(), 'here-'));
  mkdirSync(join(sshd.home, 'site', 'logs'), { recursive: true });
  writeFileSync(join(sshd.home, 'site', 'index.html'), '<h1>Hello</h1>');
  writeFileSync(join(sshd.home, 'site', '.env'), 'A=1');
  execFileSync('chown', ['-R', sshd.user, join(sshd.home, 'site')]);
  const { window, app } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await signInToShell(window, sshd.password);
  await expectShell(window);

  // The password was typed for the terminal, and is not asked for again.
  await window.getByRole('button', { name: 'Open the files' }).click();
  await expect(row(window, 'site')).toBeVisible();
  await row(window, 'site').focus();
  await window.keyboard.press('Enter');
  await expect(row(window, 'index.html')).toContainText('14 B');
  await expect(row(window, '.env')).toHaveCount(0);
  await pane(window).getByRole('button', { name: 'Show hidden files' }).click();
  await expect(row(window, '.env')).toBeVisible();
  await pane(window).getByRole('button', { name: 'Hide hidden files' }).click();

  writeFileSync(join(here, 'up.txt'), 'from here');
  await answerFiles(app, join(here, 'up.txt'));
  await pane(window).getByRole('button', { name: 'Upload', exact: true }).click();
  await window.getByRole('menuitem', { name: 'Files…' }).click();
  await expect(transfers(window)).toContainText('Uploaded');
  await expect(row(window, 'up.txt')).toBeVisible();
  expect(readFileSync(join(sshd.home, 'site', 'up.txt'), 'utf8')).toBe('from here');

  await choose(window, 'up.txt', 'Rename…');
  const dialog = window.getByRole('alertdialog');
  await dialog.getByLabel('New name').fill('renamed.txt');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(row(window, 'renamed.txt')).toBeVisible();

  await answerFiles(app, here);
  await choose(window, 'renamed.txt', 'Download…');
  await expect(transfers(window)).toContainText('Downloaded');
  expect(readFileSync(join(here, 'renamed.txt'), 'utf8')).toBe('from here');

  await test.step('a download is dragged on to other programs, and shown in its folder', async () => {
    await app.evaluate(({ shell, webContents }) => {
      const drags: string[] = [];
      Object.assign(globalThis, { drags });
      for (const page of webContents.getAllWebContents())
        page.startDrag = ({ file }) => void drags.push(file);
      shell.showItemInFolder = (path) => void drags.push(path);
    });
    const drags = (): Promise<string[]> =>
      app.evaluate(() => (globalThis as { drags?: string[] }).drags ?? []);
    const download = transfers(window).getByRole('group', { name: 'renamed.txt' });
    await expect(download).toContainText('Drag it from here');
    const box = await download.getByText('renamed.txt').boundingBox();
    if (box === null) throw new Error('not in view');
    await window.mouse.move(box.x + 5, box.y + 5);
    await window.mouse.down();
    await window.mouse.move(box.x + 60, box.y - 60, { steps: 8 });
    await expect.poll(drags).toEqual([join(here, 'renamed.txt')]);
    await window.mouse.up();
    await download.getByRole('button', { name: 'Show renamed.txt in its folder' }).click();
    await expect.poll(drags).toEqual([join(here, 'renamed.txt'), join(here, 'renamed.txt')]);
  });

  await pane(window).getByRole('button', { name: 'New', exact: true }).click();
  await window.getByRole('menuitem', { name: 'New folder…' }).click();
  await dialog.getByLabel('Name').fill('made here');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(row(window, 'made here')).toBeVisible();

  await recordOpened(app);
  await choose(window, 'renamed.txt', 'Edit');
  const local = await openedPath(app);
  expect(readFileSync(local, 'utf8')).toBe('from here');
  writeFileSync(local, 'edited here');
  await expect.poll(() => readFileSync(join(sshd.home, 'site', 'renamed.txt'), 'utf8')).toBe('edited here');

  await choose(window, 'renamed.txt', 'Delete…');
  await expect(dialog).toContainText('1 file, 11 B');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(row(window, 'renamed.txt')).toHaveCount(0);
  expect(existsSync(join(sshd.home, 'site', 'renamed.txt'))).toBe(false);
});

test('files are dropped in, links made and followed, and all of it goes by keys', async ({
  launch,
  startSandbox,
}) => {
  test.setTimeout(240_000);
  const here = mkdtempSync(join(tmpdir(), 'here-'));
  mkdirSync(join(here, 'dropped folder'));
  writeFileSync(join(here, 'dropped folder', 'inside.txt'), 'inside');
  writeFileSync(join(here, 'dropped.txt'), 'dropped');
  mkdirSync(join(sshd.home, 'releases'));
  writeFileSync(join(sshd.home, 'releases', 'app.js'), 'run()');
  execFileSync('chown', ['-R', sshd.user, join(sshd.home, 'releases')]);
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await signInToShell(window, sshd.password);
  await expectShell(window);
  await window.getByRole('button', { name: 'Open the files' }).click();
  await expect(row(window, 'releases')).toBeVisible();

  await test.step('what is dropped is uploaded', async () => {
    await drop(window, [join(here, 'dropped.txt'), join(here, 'dropped folder')]);
    await expect(row(window, 'dropped.txt')).toBeVisible();
    await expect(row(window, 'dropped folder')).toBeVisible();
    await expect(transfers(window).getByText(/^Uploaded/)).toHaveCount(2);
    expect(readFileSync(join(sshd.home, 'dropped.txt'), 'utf8')).toBe('dropped');
    expect(readFileSync(join(sshd.home, 'dropped folder', 'inside.txt'), 'utf8')).toBe('inside');
    await expectAccessible(window, 'files with transfers');
  });

  const dialog = window.getByRole('alertdialog');
  await test.step('a link is made to what was chosen, and followed', async () => {
    await choose(window, 'releases', 'Make symbolic link…');
    await expect(dialog.getByLabel('Target')).toHaveValue('releases');
    await dialog.getByLabel('Name').fill('current');
    await expectAccessible(window, 'new symbolic link');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(row(window, 'current')).toContainText('→ releases');
    expect(readlinkSync(join(sshd.home, 'current'))).toBe('releases');
    await row(window, 'current').focus();
    await window.keyboard.press('Enter');
    await expect(row(window, 'app.js')).toBeVisible();
    await expect(pane(window).getByRole('navigation', { name: 'Path' })).toContainText('releases');
  });

  await test.step('keys rename, delete, go up and refresh', async () => {
    await row(window, 'app.js').focus();
    await window.keyboard.press('F2');
    await dialog.getByLabel('New name').fill('main.js');
    await window.keyboard.press('Enter');
    await expect(row(window, 'main.js')).toBeVisible();
    writeFileSync(join(sshd.home, 'releases', 'later.js'), '');
    await row(window, 'main.js').focus();
    await window.keyboard.press('F5');
    await expect(row(window, 'later.js')).toBeVisible();
    await row(window, 'main.js').focus();
    await window.keyboard.press('Delete');
    await expect(dialog).toContainText('1 file, 5 B');
    await dialog.getByRole('button', { name: 'Delete' }).press('Enter');
    await expect(row(window, 'main.js')).toHaveCount(0);
    await row(window, 'later.js').focus();
    await window.keyboard.press('Backspace');
    await expect(row(window, 'current')).toBeVisible();
  });
});

/** Drops files of this computer on the pane, as the system does. */
async function drop(window: Page, files: readonly string[]): Promise<void> {
  const box = await pane(window).boundingBox();
  if (box === null) throw new Error('There is no pane.');
  const devTools = await window.context().newCDPSession(window);
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devTools.send('Input.dispatchDragEvent', { type, x, y, data });
  await devTools.detach();
}

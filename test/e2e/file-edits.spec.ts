import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { choose, openedPath, pane, recordOpened, row } from '../support/files-steps.ts';
import type { LaunchedApp } from '../support/launch.ts';
import { signInToShell } from '../support/shell-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { openInstance, saveSshSettings } from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
let userDataDir: string;
test.beforeEach(async () => {
  sshd = await startSshd({ config: ['Subsystem sftp /usr/lib/openssh/sftp-server'] });
  userDataDir = mkdtempSync(join(tmpdir(), 'evorxa-user-data-'));
  writeFileSync(join(sshd.home, 'app.conf'), 'as it was');
  execFileSync('chown', [sshd.user, join(sshd.home, 'app.conf')]);
});
test.afterEach(async () => {
  await sshd.stop();
  rmSync(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

const there = (): string => readFileSync(join(sshd.home, 'app.conf'), 'utf8');
const copy = (): string | null => {
  const path = join(sshd.home, 'app (2).conf');
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};
const banner = (window: Page) =>
  window.getByText('What you saved in app.conf of api-prod-1 is not uploaded.');

/** Opens app.conf for editing; gives where it is on this computer. */
async function edit(
  { window, app }: { window: Page; app: ElectronApplication },
  web: string,
): Promise<string> {
  const { host, port, user } = sshd;
  await saveSshSettings(window, web, { host, port, user, auth: { method: 'password' } });
  await openInstance(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Files', exact: true }).click();
  await signInToShell(window, sshd.password);
  await expect(row(window, 'app.conf')).toBeVisible();
  await recordOpened(app);
  await choose(window, 'app.conf', 'Edit');
  return openedPath(app);
}

const items = (window: Page) =>
  window
    .getByRole('alertdialog', { name: 'Edited files that are not uploaded' })
    .getByRole('listitem', { name: / of api-prod-1$/ });

/** The server is known by now. */
async function typePassword(window: Page): Promise<void> {
  await window.getByLabel('Password', { exact: true }).fill(sshd.password);
  await window.getByRole('button', { name: 'Continue' }).click();
}

async function review({ window }: LaunchedApp): Promise<void> {
  await expect(banner(window)).toBeVisible();
  await window.getByRole('button', { name: 'Review' }).click();
}

test('what was saved while the server hung, as the app was killed, is there in the next run, and is uploaded', async ({
  launchSignedIn,
  sandbox,
}) => {
  test.setTimeout(240_000);
  const first = await launchSignedIn({ userDataDir });
  const local = await edit(first, await instanceId(sandbox, 'api-prod-1'));
  sshd.freeze();
  writeFileSync(local, 'edited here');
  await expect(first.window.getByRole('region', { name: 'Transfers' })).toContainText('0 B of 11 B');
  first.app.process().kill('SIGKILL');
  await first.close();
  sshd.thaw();
  expect(readFileSync(local, 'utf8')).toBe('edited here');
  expect(there()).toBe('as it was');

  const second = await launchSignedIn({ userDataDir });
  const { window } = second;
  await review(second);
  const item = items(window);
  await expect(item).toContainText('The app ended before it was uploaded.');
  await expect(item).toContainText(local);
  await expectAccessible(window, 'edited files that are not uploaded');
  await item.getByRole('button', { name: 'Upload' }).click();
  await expect(item).toBeHidden();
  await typePassword(window);
  await expect.poll(there).toBe('edited here');
  await expect(banner(window)).toBeHidden();
  await second.close();
  expect(readdirSync(join(userDataDir, 'edited-files'))).toEqual([]);
});

test('a conflict that was left open as the app quit keeps both sides, until one is discarded', async ({
  launchSignedIn,
  sandbox,
}) => {
  test.setTimeout(240_000);
  const first = await launchSignedIn({ userDataDir });
  const local = await edit(first, await instanceId(sandbox, 'api-prod-1'));
  writeFileSync(join(sshd.home, 'app.conf'), 'changed by somebody else');
  writeFileSync(local, 'edited here');
  const conflict = first.window.getByRole('alertdialog', { name: 'app.conf was changed on the instance' });
  await expect(conflict).toBeVisible();
  await first.close();
  expect(there()).toBe('changed by somebody else');
  expect(readFileSync(local, 'utf8')).toBe('edited here');

  const second = await launchSignedIn({ userDataDir });
  const { window } = second;
  await review(second);
  await window.getByRole('button', { name: 'Discard…' }).click();
  const question = window.getByRole('alertdialog', { name: 'Discard what you saved in app.conf?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(existsSync(local)).toBe(true);
  await window.getByRole('button', { name: 'Discard…' }).click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(banner(window)).toBeHidden();
  await expect(window.getByRole('alertdialog')).toHaveCount(0);
  expect(existsSync(local)).toBe(false);
  expect(there()).toBe('changed by somebody else');
});

test('what the user did not let replace, and what a closed tab left, is said and uploaded later', async ({
  launchSignedIn,
  sandbox,
}) => {
  test.setTimeout(240_000);
  const launched = await launchSignedIn({ userDataDir });
  const { window } = launched;
  const local = await edit(launched, await instanceId(sandbox, 'api-prod-1'));
  writeFileSync(join(sshd.home, 'app.conf'), 'changed by somebody else');
  writeFileSync(local, 'edited here');
  const conflict = window.getByRole('alertdialog', { name: 'app.conf was changed on the instance' });
  await conflict.getByRole('button', { name: 'Skip' }).click();
  await expect(window.getByText('what is there was kept').first()).toBeVisible();
  await review(launched);
  await items(window).getByRole('button', { name: 'Upload' }).click();
  await conflict.getByRole('radio', { name: /^Keep both/ }).check();
  await conflict.getByRole('button', { name: 'Continue' }).click();
  await expect(banner(window)).toBeHidden();
  await expect.poll(copy).toBe('edited here');
  expect(there()).toBe('changed by somebody else');

  await expect(conflict).toBeHidden();
  await window.getByRole('tab', { name: /^api-prod-1/ }).click({ button: 'middle' });
  await expect(pane(window)).toBeHidden();
  writeFileSync(local, 'edited once more');
  await expect(window.getByText(/is not uploaded/)).toBeVisible();
  await window.getByRole('button', { name: 'Review' }).click();
  await items(window).getByRole('button', { name: 'Upload' }).click();
  await typePassword(window);
  await expect.poll(copy).toBe('edited once more');
});

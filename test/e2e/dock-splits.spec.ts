import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startShellServer, type ShellServer } from '../support/raw-ssh-servers.ts';
import { openShellAt, signInToShell } from '../support/shell-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { connectShell, middleOf } from '../support/window-steps.ts';

let server: ShellServer | null = null;
test.afterEach(async () => {
  await server?.close();
  server = null;
});

const panes = (page: Page): Locator => page.getByRole('tabpanel').filter({ visible: true });
const tabs = (page: Page): Locator => page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab');
const boxOf = async (pane: Locator): Promise<{ x: number; y: number; width: number; height: number }> =>
  (await pane.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
const head = (pane: Locator): Locator => pane.locator('[data-drag-pane]');

async function drag(
  page: Page,
  from: Locator,
  to: { readonly x: number; readonly y: number },
): Promise<void> {
  const { x, y } = await middleOf(from);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y + 10);
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

test('a terminal is split by keys, its panes are gone to, sized, moved by drag, and closed', async ({
  launch,
}) => {
  const { window: page } = await launch({ args: ['--demo'] });
  await connectShell(page, 'api-prod-1');
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
  await page.keyboard.press('Control+Shift+e');
  await expect(panes(page)).toHaveCount(2);
  await expect(tabs(page)).toHaveAccessibleName(/2 panes/);
  const [left, right] = [panes(page).first(), panes(page).nth(1)];
  await expect(right.locator('.xterm-rows')).toContainText('root@api-prod-1');
  await expect(right.locator('.xterm-helper-textarea')).toBeFocused();
  const [leftBox, rightBox] = [await boxOf(left), await boxOf(right)];
  expect(rightBox.x).toBeCloseTo(leftBox.x + leftBox.width, 0);
  expect(rightBox.width).toBeCloseTo(leftBox.width, 0);

  await test.step('each has its own keyboard and size', async () => {
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await expect(left.locator('.xterm-helper-textarea')).toBeFocused();
    await page.keyboard.type('echo only-"left"\n');
    await expect(left.locator('.xterm-rows')).toContainText('only-left');
    await expect(right.locator('.xterm-rows')).not.toContainText('only-left');
    await page.keyboard.press('Control+Alt+Shift+ArrowRight');
    await expect.poll(async () => (await boxOf(left)).width).toBeGreaterThan(leftBox.width + 10);
    const line = page.getByRole('separator', { name: 'Between two terminals' });
    const { x, y } = await middleOf(line);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 200, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await boxOf(left)).width).toBeLessThan(leftBox.width - 50);
    await line.dblclick();
    await expect.poll(async () => (await boxOf(left)).width).toBeCloseTo(leftBox.width, 0);
    await line.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await boxOf(left)).width).toBeLessThan(leftBox.width - 5);
  });

  await test.step('one is dragged below the other, and out to be a tab again', async () => {
    const area = await boxOf(left);
    await drag(page, head(right).locator('.label'), {
      x: area.x + area.width / 2,
      y: area.y + area.height - 8,
    });
    await expect.poll(async () => (await boxOf(right)).y).toBeGreaterThan(area.y + 50);
    expect((await boxOf(right)).x).toBe(area.x);
    const strip = await boxOf(tabs(page).first());
    await drag(page, head(right).locator('.label'), { x: strip.x + 400, y: strip.y + 10 });
    await expect(tabs(page)).toHaveCount(2);
    await expect(panes(page)).toHaveCount(1);
    await expect(panes(page).locator('.xterm-helper-textarea')).toBeFocused();
  });

  await test.step('tabs are ordered by drag and by keys, and one is dragged into another', async () => {
    await connectShell(page, 'db-primary');
    await expect(tabs(page)).toHaveCount(3);
    await expect(tabs(page).nth(2)).toHaveAccessibleName(/db-primary/);
    const first = await boxOf(tabs(page).first());
    await drag(page, tabs(page).nth(2), { x: first.x + 4, y: first.y + 8 });
    await expect(tabs(page).first()).toHaveAccessibleName(/db-primary/);
    await panes(page).locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Control+Shift+PageDown');
    await expect(tabs(page).nth(1)).toHaveAccessibleName(/db-primary/);
    await page.keyboard.press('Control+Tab');
    await expect(tabs(page).nth(2)).toHaveAttribute('aria-selected', 'true');
    const area = await boxOf(panes(page));
    await drag(page, tabs(page).nth(1), { x: area.x + area.width - 10, y: area.y + area.height / 2 });
    await expect(tabs(page)).toHaveCount(2);
    await expect(panes(page)).toHaveCount(2);
  });

  await test.step('the menu does the same by keys alone', async () => {
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByRole('menuitem', { name: 'Move to a tab of its own' }).press('Enter');
    await expect(tabs(page)).toHaveCount(3);
    await panes(page).locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Control+Shift+Enter');
    await page
      .getByRole('menuitem', { name: /^Below api-prod-1/ })
      .first()
      .press('Enter');
    await expect(panes(page)).toHaveCount(2);
  });

  await panes(page).first().locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+Shift+w');
  await expect(panes(page)).toHaveCount(1);
  await expect(tabs(page)).toHaveCount(2);
});

test('tabs and panes come back at the next start, and connect when they are asked to', async ({
  launchSignedIn,
  sandbox,
}) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-dock-'));
  server = await startShellServer();
  const first = await launchSignedIn({ userDataDir });
  await openShellAt(first.window, sandbox, 'api-prod-1', server);
  await signInToShell(first.window, 'a-password-of-nobody');
  await server.opened;
  await expect(first.window.getByRole('tab', { name: /api-prod-1 ?, open/ })).toBeVisible();
  await panes(first.window).locator('.xterm-helper-textarea').focus();
  await first.window.keyboard.press('Control+Shift+o');
  // The password that was typed for the first serves the second, at the same server.
  await expect(panes(first.window)).toHaveCount(2);
  await expect.poll(() => server?.connectionCount()).toBe(2);
  await expect(panes(first.window).nth(1).getByRole('form')).toBeHidden();
  await panes(first.window).nth(1).locator('.xterm-helper-textarea').focus();
  await first.window.keyboard.press('Control+Alt+Shift+ArrowUp');
  // The dock was made higher for the question: the shares are what is kept.
  const before = await shareOfFirst(first.window);
  expect(before).toBeLessThan(0.48);
  const connections = server.connectionCount();
  await first.close();

  const kept = await textsIn(userDataDir);
  expect(kept).toContain('dockLayout');
  expect(kept).not.toContain('a-password-of-nobody');

  const second = await launchSignedIn({ userDataDir });
  await expect(panes(second.window)).toHaveCount(2);
  await expect(tabs(second.window)).toHaveAccessibleName(/api-prod-1.*2 panes/);
  for (const pane of await panes(second.window).all())
    await expect(pane.getByRole('status')).toContainText('Not connected. Press Enter to connect.');
  await expect.poll(() => shareOfFirst(second.window)).toBeCloseTo(before, 2);
  expect(server.connectionCount()).toBe(connections);

  await panes(second.window).first().locator('.xterm-helper-textarea').focus();
  await second.window.keyboard.press('Enter');
  await expect(panes(second.window).first().getByLabel('Password', { exact: true })).toBeVisible();
  await expect(panes(second.window).nth(1).getByRole('status')).toContainText('Not connected.');
  await second.close();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

/** How much of both panes' height the first one has. */
async function shareOfFirst(page: Page): Promise<number> {
  const [one, other] = [await boxOf(panes(page).first()), await boxOf(panes(page).nth(1))];
  return one.height / (one.height + other.height);
}

/** All that is in files of a folder that are JSON. */
async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
  return texts.join('\n');
}

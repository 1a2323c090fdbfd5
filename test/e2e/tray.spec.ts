import type { ElectronApplication, Page } from '@playwright/test';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { firstWindow } from '../support/launch.ts';
import { processTree } from '../support/process-tree.ts';
import { findInMenu } from '../support/tray-menu.ts';
import { chooseForInstance, instanceRow, signIn, terminalRows, typeLine } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

test.describe('with a tray host', () => {
  test('the tray says how the instances are, and follows them', async ({ launch, startSandbox, tray }) => {
    const sandbox = await startSandbox();
    const { window } = await launch();
    const signedOut = await tray.item();
    expect(await signedOut.tooltip()).toContain('Not signed in');
    await signIn(window, sandbox);

    const item = await tray.item();
    await item.waitForTooltip((text) =>
      /^Evorxa: \d+ running, \d+ changing, \d+ need attention · \$52\.40 · lasts until \d+ \w+( \d{4})?$/.test(
        text,
      ),
    );
    const before = await item.iconPixmaps();
    // Chromium sends the largest only: two device pixels for each of the 22 points of a panel, halved exactly at 1×.
    expect(before.map(({ width }) => width)).toEqual([44]);
    expect(before.every(({ width, height }) => width === height)).toBe(true);

    const { instances } = await sandbox.control.state();
    // Nothing is wrong any more: another icon, other words.
    for (const { id, status } of instances) {
      if (status !== 'running') await sandbox.control.patchInstance(id, { status: 'running' });
    }
    // One of the sixteen is on its way to be deleted.
    await item.waitForTooltip((text) => text.includes('15 running') && !text.includes('attention'), 30_000);
    await item.waitForMenu((menu) => findInMenu(menu, 'staging')?.label.includes('Running') === true);
    const [small] = await item.waitForIcon((icons) => !icons[0]?.rgba.equals(before[0]?.rgba ?? Buffer.of()));
    expect(small).toBeDefined();
  });

  test('SSH in the menu opens the window with a terminal', async ({ start, tray }) => {
    const { app } = await start({ args: ['--demo', '--hidden'] });
    const item = await tray.item();
    const menu = await item.waitForMenu((items) => findInMenu(items, 'api-prod-1') !== undefined, 30_000);
    expect(app.windows()).toHaveLength(0);
    await item.click([findInMenu(menu, 'api-prod-1')?.label ?? '', 'SSH']);
    const window = await firstWindow(app);
    await window.getByRole('button', { name: 'Trust and connect' }).click();
    await expect(terminalRows(window)).toContainText('api-prod-1');
  });

  test('an instance is powered from the menu', async ({ launch, startSandbox, tray }) => {
    const sandbox = await startSandbox({ speed: 50 });
    const { window } = await launch();
    await signIn(window, sandbox);
    const item = await tray.item();
    const menu = await item.waitForMenu((items) => findInMenu(items, 'staging') !== undefined);
    await item.click([findInMenu(menu, 'staging')?.label ?? '', 'Power', 'Start']);
    await expect(instanceRow(window, 'staging')).toContainText('Running');
    const sent = (await sandbox.control.log()).filter(({ endpoint }) => endpoint === 'instances.power');
    expect(sent).toHaveLength(1);
  });

  test('an address is copied from the menu', async ({ launch, startSandbox, tray }) => {
    const { app, window } = await launch();
    await signIn(window, await startSandbox());
    const item = await tray.item();
    const menu = await item.waitForMenu((items) => findInMenu(items, 'api-prod-2') !== undefined);
    await item.click([findInMenu(menu, 'api-prod-2')?.label ?? '', 'Copy 203.0.113.43']);
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('203.0.113.43');
  });

  test('places open from the menu, in the window that is there', async ({ launch, startSandbox, tray }) => {
    const { app, window } = await launch();
    await signIn(window, await startSandbox());
    const item = await tray.item();
    const menu = await item.waitForMenu((items) => findInMenu(items, 'metrics') !== undefined);
    await item.click([findInMenu(menu, 'metrics')?.label ?? '', 'Open']);
    await expect(window.getByRole('heading', { name: 'metrics', level: 1 })).toBeVisible();
    await item.click(['Settings']);
    await expect(window.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    expect(app.windows()).toHaveLength(1);
  });

  test('a window that is closed leaves the tray, and comes back with its terminals', async ({
    launch,
    tray,
  }) => {
    const { app, window } = await launch({ args: ['--demo'] });
    await chooseForInstance(window, 'api-prod-1', /^SSH/);
    await window.getByRole('button', { name: 'Trust and connect' }).click();
    await expect(terminalRows(window)).toContainText('#');
    await typeLine(window, 'echo "still"-here');
    await expect(terminalRows(window)).toContainText('still-here');
    const item = await tray.item();
    await closeWindow(app, window);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);

    // Polling goes on: the demo's restart ends while no window is there.
    await item.waitForMenu(
      (items) => findInMenu(items, 'db-replica')?.label.includes('Running') === true,
      40_000,
    );
    await item.click(['Open Evorxa']);
    const again = await firstWindow(app);
    await expect(terminalRows(again)).toContainText('still-here');
    await again.getByRole('tab', { name: /api-prod-1/ }).click();
    await again.locator('.xterm-helper-textarea').focus();
    await typeLine(again, 'hostname');
    await expect(terminalRows(again)).toContainText('hostname');
  });

  test('closing to the tray is said the first time', async ({ launch, tray, notifications }) => {
    const { app, window } = await launch();
    const item = await tray.item();
    await closeWindow(app, window);
    const said = await notifications.waitFor(({ title }) => title.includes('tray'));
    notifications.click(said.id);
    const again = await firstWindow(app);
    await closeWindow(app, again);
    await item.click(['Open Evorxa']);
    await firstWindow(app);
    expect(notifications.received()).toHaveLength(1);
  });

  test('in the tray, the code that the start ran is given back, and runs again when it is wanted', async ({
    start,
    tray,
  }) => {
    const { app } = await start({ args: ['--demo', '--hidden'] });
    const item = await tray.item();
    await item.waitForMenu((items) => findInMenu(items, 'api-prod-1') !== undefined, 30_000);
    const bytecodeBytes = (): Promise<number> =>
      app.evaluate(
        () => process.getBuiltinModule('node:v8').getHeapCodeStatistics().bytecode_and_metadata_size,
      );
    const afterStartBytes = await bytecodeBytes();
    await expect
      .poll(bytecodeBytes, { intervals: [2_000], timeout: 60_000 })
      .toBeLessThan(0.6 * afterStartBytes);
    const menu = await item.waitForMenu((items) => findInMenu(items, 'api-prod-1') !== undefined);
    await item.click([findInMenu(menu, 'api-prod-1')?.label ?? '', 'Open']);
    await expect(
      (await firstWindow(app)).getByRole('heading', { name: 'api-prod-1', level: 1 }),
    ).toBeVisible();
  });

  test('a hidden start has no window, only the tray', async ({ start, tray }) => {
    const { app } = await start({ args: ['--hidden'] });
    const item = await tray.item();
    expect(await item.tooltip()).toContain('Not signed in');
    expect(app.windows()).toHaveLength(0);
    await item.click(['Open Evorxa']);
    const window = await firstWindow(app);
    await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  });

  test('Quit ends the app with all its processes', async ({ launch, tray }) => {
    const { app, window } = await launch({ args: ['--demo'] });
    await chooseForInstance(window, 'api-prod-1', /^SSH/);
    await expect(window.getByRole('button', { name: 'Trust and connect' })).toBeVisible();
    const item = await tray.item();
    const tree = await processTree(app.process().pid ?? 0);
    expect(tree.length).toBeGreaterThan(4);
    const closed = app.waitForEvent('close');
    await item.click(['Quit']);
    await closed;
    await tray.waitForNoItem();
    await expect.poll(() => tree.filter(({ pid }) => isAlive(pid)).map(({ command }) => command)).toEqual([]);
  });
});

test('without a tray host, closing the window quits', async ({ launch }) => {
  const { app } = await launch();
  const closed = app.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await closed;
});

/** Closes the window as its frame does, and waits until it is gone. */
async function closeWindow(app: ElectronApplication, window: Page): Promise<void> {
  const closed = window.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await closed;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

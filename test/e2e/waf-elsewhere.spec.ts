import type { ElectronApplication } from '@playwright/test';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { findInMenu } from '../support/tray-menu.ts';
import { hostnameItem, makeApp, openApp, openWaf, turnFirewall } from '../support/waf-steps.ts';
import { signIn } from '../support/window-steps.ts';
import { askedCount } from '../support/signed-in.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

/** The computer wakes up: whatever is polled is asked for at once. */
const wake = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));

test('what is done to the WAF elsewhere is in the tray and in the activity, and leads to its app', async ({
  launch,
  startSandbox,
  tray,
  notifications,
}) => {
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  await signIn(window, sandbox);
  const item = await tray.item();
  await item.waitForMenu((menu) => findInMenu(menu, 'staging') !== undefined);
  // A start asks for none of it.
  expect(await askedCount(sandbox, 'waf.list')).toBe(0);
  await wake(app);
  await item.waitForMenu((menu) => findInMenu(menu, 'docs')?.label === '▲ WAF app docs · Certificate failed');
  await item.waitForTooltip((text) => text.includes(' · 1 WAF app needs attention'));

  await turnFirewall(sandbox, 'shop', false);
  await makeApp(sandbox, { name: 'blog', origin_ip: '203.0.113.5', hostname: 'blog.customer.test' });
  await wake(app);
  await notifications.waitFor(({ title }) => title === 'The firewall of the WAF app shop was turned off');
  const menu = await item.waitForMenu((items) => findInMenu(items, 'shop') !== undefined);
  const line = findInMenu(menu, 'shop')?.label ?? '';
  expect(line).toBe('▲ WAF app shop · Firewall off');
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('The firewall of the WAF app shop was turned off')).toBeVisible();
  await expect(window.getByText('The WAF app blog was created')).toBeVisible();
  // Its certificate was requested elsewhere, and is followed from here.
  await notifications.waitFor(
    ({ title }) => title === 'The certificate of blog.customer.test was issued',
    40_000,
  );

  await item.click([line]);
  await expect(window.getByRole('heading', { name: 'shop', level: 1 })).toBeVisible();
  await expect(hostnameItem(window, 'shop.example.com')).toBeVisible();
  // Who has seen it needs no more telling.
  await item.waitForMenu((items) => findInMenu(items, 'shop') === undefined);

  // What is done from here is told once, as what the user did.
  await window.getByRole('button', { name: 'Turn on firewall' }).click();
  await expect(window.getByText('Firewall on', { exact: true })).toBeVisible();
  await openWaf(window);
  await openApp(window, 'blog');
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(
    window.getByText('You turned on the firewall of the WAF app shop', { exact: true }),
  ).toBeVisible();
  await expect(window.getByText('The firewall of the WAF app shop was turned on')).toHaveCount(0);
});

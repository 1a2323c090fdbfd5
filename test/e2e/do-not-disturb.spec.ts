import { happens } from '../support/evorxa-steps.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { chooseForInstance, instanceRow, openInstance, refresh, signIn } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

/** A state has to hold for a moment before it is told. */
const settleTimeoutMs = 30_000;

test('Do Not Disturb holds notifications back, and one sums them up when it is turned off', async ({
  launch,
  startSandbox,
  notifications,
  tray,
}, testInfo) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await window.getByRole('link', { name: 'Settings' }).click();
  const quiet = window.getByRole('group', { name: 'Do Not Disturb' });
  await quiet.getByRole('button', { name: 'Turn on' }).click();
  await window.getByRole('menuitem', { name: 'Until you turn it off' }).click();
  await expect(quiet).toContainText('On until you turn it off');
  const item = await tray.item();
  await item.waitForMenu((menu) =>
    menu.some(({ label }) => label === 'Do Not Disturb until you turn it off'),
  );
  await window.screenshot({ path: testInfo.outputPath('settings.png') });

  for (const name of ['api-prod-1', 'metrics', 'ns1']) await happens(sandbox, name, 'stopped');
  await refresh(window);
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('ns1 stopped').first()).toBeVisible({ timeout: settleTimeoutMs });
  await expect(window.getByText(/Not shown as a notification\./)).toHaveCount(0);
  expect(notifications.received()).toEqual([]);

  await item.click(['Do Not Disturb until you turn it off', 'Turn off']);
  const { id, body } = await notifications.waitFor(({ title }) => title === 'While notifications were off');
  expect(body).toBe('3 instances stopped.');
  await window.getByRole('link', { name: 'Wallet' }).first().click();
  notifications.click(id);
  await expect(window.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  expect(notifications.received()).toHaveLength(1);
});

test('quiet hours are kept from run to run, and no notification is shown in them', async ({
  launch,
  startSandbox,
  notifications,
}, testInfo) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('switch', { name: 'Quiet hours' }).click();
  await expect(window.getByLabel('From')).toHaveValue('22:00');
  await window.getByRole('checkbox', { name: 'Sunday' }).click();
  await expect(window.getByText('The hours begin on these days and end on the next.')).toBeVisible();
  await window.getByRole('checkbox', { name: 'Sunday' }).click();
  // The whole day, whatever the hour is: from a time to the same.
  await window.getByLabel('From').fill('07:00');
  await window.getByLabel('From').blur();
  await expect(window.getByRole('region', { name: 'Notifications' })).toContainText('Saved');
  await window.getByLabel('From').scrollIntoViewIfNeeded();
  await window.screenshot({ path: testInfo.outputPath('quiet-hours.png') });
  await happens(sandbox, 'api-prod-1', 'stopped');
  await refresh(window);
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('api-prod-1 stopped').first()).toBeVisible({ timeout: settleTimeoutMs });
  expect(notifications.received()).toEqual([]);
  await window.getByRole('link', { name: 'Settings' }).click();
  await expect(window.getByLabel('From')).toHaveValue('07:00');
  await window.getByRole('switch', { name: 'Quiet hours' }).click();
  await notifications.waitFor(({ body }) => body === 'api-prod-1 stopped.');
});

test('an instance that is muted says so in the list and on its page, and tells nothing', async ({
  launch,
  startSandbox,
  notifications,
}, testInfo) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await chooseForInstance(window, 'metrics', 'Mute until you turn it off');
  await expect(instanceRow(window, 'metrics').getByRole('img', { name: 'Muted' })).toBeVisible();
  await happens(sandbox, 'metrics', 'suspended');
  await happens(sandbox, 'ns1', 'stopped');
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'ns1 stopped', settleTimeoutMs);
  expect(notifications.received()).toHaveLength(1);

  await openInstance(window, 'metrics');
  const notes = window.getByRole('region', { name: 'Notes' });
  await notes.getByRole('button', { name: 'Notifications are muted' }).click();
  await window.screenshot({ path: testInfo.outputPath('muted.png') });
  await window.getByRole('menuitem', { name: /^Unmute/ }).click();
  await expect(notes.getByRole('button', { name: 'Mute notifications' })).toBeVisible();
});

test('a button of a notification opens a shell', async ({ launch, notifications }) => {
  const { window } = await launch({ args: ['--demo'] });
  // The demo restarts one of its instances by itself.
  const { id } = await notifications.waitFor(({ actions }) => 'ssh' in actions, 60_000);
  notifications.click(id, 'ssh');
  await expect(window.getByRole('button', { name: 'Trust and connect' })).toBeVisible();
});

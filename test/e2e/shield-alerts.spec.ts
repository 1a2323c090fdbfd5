import { expectAccessible } from '../support/accessibility.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { askedCount } from '../support/signed-in.ts';
import { signIn } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

test('an attack is told of while no page shows the address, and once that it is over; the notification leads there', async ({
  launch,
  notifications,
  startSandbox,
}, testInfo) => {
  const { window } = await launch();
  const sandbox = await startSandbox();
  await signIn(window, sandbox);
  await window.getByRole('link', { name: 'Shield' }).click();
  const alerts = window.getByRole('region', { name: 'Alerts', exact: true });
  await expect(alerts).toContainText('Get notified when bandwidth or packets are above usual.');

  const add = async (metric: string): Promise<void> => {
    await alerts.getByRole('button', { name: 'Add' }).click();
    const dialog = window.getByRole('alertdialog', { name: 'Add alert' });
    await expect(dialog).toContainText('Its traffic is read every 2 minutes, only while the app is running');
    await dialog.getByLabel('Metric').click();
    await window.getByRole('option', { name: metric }).click();
    await dialog.getByLabel('For').click();
    await window.getByRole('option', { name: '5 minutes', exact: true }).click();
    await expectAccessible(window, 'the form of an alert of an address');
    await window.screenshot({ path: testInfo.outputPath(`add ${metric}.png`) });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  // From its beginning; what the sandbox had before lies further back.
  await sandbox.control.attack('203.0.113.42', 9);
  await sandbox.control.advance(7 * 60_000);
  await add('Shield bandwidth in, above usual');
  await notifications.waitFor(({ title }) => title === '203.0.113.42 (api-prod-1): bandwidth in above usual');
  await expect(alerts.getByText(/^too high since/)).toBeVisible();
  await window.screenshot({ path: testInfo.outputPath('above.png') });

  // Nobody looks at it; another rule has the rules looked at now rather than in two minutes.
  await sandbox.control.advance(10 * 60_000);
  await add('Shield packets per second, above usual');
  await window.getByRole('link', { name: 'Wallet' }).click();
  const over = await notifications.waitFor(
    ({ title }) => title === '203.0.113.42 (api-prod-1): bandwidth in usual again',
  );
  expect(notifications.received().filter(({ title }) => title.includes('bandwidth in'))).toHaveLength(2);
  notifications.click(over.id);
  await expect(window.getByRole('table', { name: 'Rules' })).toBeVisible();
  await expect(alerts.getByText('normal')).toHaveCount(2);
  expect(await askedCount(sandbox, 'shield.pps')).toBeGreaterThan(0);

  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByRole('group', { name: 'Activity', exact: true })).toContainText(
    'bandwidth in usual again',
  );
  await window.getByRole('link', { name: 'Settings' }).click();
  const all = window.getByRole('region', { name: 'Alerts', exact: true });
  await expect(all.getByText('Shield of 203.0.113.42 · normal')).toHaveCount(2);
  await window.screenshot({ path: testInfo.outputPath('settings.png') });
});

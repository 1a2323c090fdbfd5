import { startNotificationDaemon } from '../support/notification-daemon.ts';
import { startTrayHost } from '../support/tray-host.ts';
import { askedCount, expect, freshness, instanceRow, refresh, test } from '../support/signed-in.ts';

// Jitter, cap and the one notice after ten minutes of it are tested in fake time: test/unit/monitor.

test('500s: old data stays and says how old it is, nothing is told at once, and it recovers', async ({
  launchSignedIn,
  sandbox,
  session,
}) => {
  const desktop = await startNotificationDaemon(session.keyring?.busAddress);
  const tray = await startTrayHost(session.keyring?.busAddress);
  try {
    const { window: page } = await launchSignedIn();
    await expect(freshness(page)).toHaveText('Live');
    await sandbox.control.addFault({ endpoint: '*', kind: 'status', status: 500 });

    // One failure is a hiccup; the second makes the data stale.
    await refresh(page);
    await refresh(page);

    await expect(freshness(page)).toHaveText('No answer');
    await expect(page.getByText(/^No answer · data from \d/)).toBeVisible();
    const banner = page.getByRole('status').filter({ hasText: 'Evorxa does not answer.' });
    await expect(banner).toContainText(/The data is from \d.*Status 500\. Try again in a while\./);
    await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
    const item = await tray.item();
    await item.waitForTooltip((tooltip) => /Evorxa does not answer · data from \d/.test(tooltip));
    expect(desktop.received()).toEqual([]);

    await sandbox.control.clearFaults();
    await banner.getByRole('button', { name: 'Try now' }).click();

    await expect(freshness(page)).toHaveText('Live');
    await expect(banner).toBeHidden();
    expect(desktop.received()).toEqual([]);
  } finally {
    tray.close();
    desktop.close();
  }
});

test('a change is answered with 500: it is sent once, and its outcome is awaited', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window: page } = await launchSignedIn();
  const { instances } = await sandbox.control.state();
  const instanceId = instances.find(({ name }) => name === 'api-prod-1')?.id;
  await sandbox.control.addFault({ endpoint: 'instances.power', kind: 'status', status: 500 });

  await page.evaluate(
    (id) => window.evorxa.calls.instances.power({ instanceId: id as never, action: 'restart' }),
    instanceId,
  );

  await expect(instanceRow(page, 'api-prod-1')).toContainText('Restarting');
  await refresh(page);
  expect(await askedCount(sandbox, 'instances.power')).toBe(1);
});

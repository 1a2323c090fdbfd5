import { expectAccessible } from '../support/accessibility.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { askedCount, expect, instanceRow, refresh, test } from '../support/signed-in.ts';
import { askDeletion, openSystem } from '../support/window-steps.ts';

test.use({ sandboxOptions: { sshHosts: false, speed: 4 } });

test('an upgrade: its estimate, what Evorxa refuses, the charge, and the reboot that is due', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openSystem(window, 'api-prod-1');
  await expectAccessible(window, 'plan and system');
  await window.getByRole('button', { name: 'Upgrade' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Upgrade api-prod-1?' });
  const send = dialog.getByRole('button', { name: 'Upgrade api-prod-1' });
  await dialog.getByLabel('New plan').click();
  await window.getByRole('option', { name: /Scout 4, \$20\.00\/month/ }).click();
  // Ten dollars a month more, for the 20 to 21 days that are left of it: how many hours depends on the time of day.
  await expect(dialog).toContainText(/Pay now\s*\$(6\.[6-9]\d|7\.0\d)\s*estimate/);
  const text = await dialog.innerText();
  const [, paid] = /Pay now\s*\$(\d+\.\d\d)/.exec(text) ?? [];
  const [, left] = /Balance after\s*\$(\d+\.\d\d)/.exec(text) ?? [];
  expect(Number(paid) + Number(left)).toBeCloseTo(52.4, 5);
  await expectAccessible(window, 'upgrade');

  await sandbox.control.setBalance(100);
  await send.click();
  await expect(dialog.getByRole('alert')).toContainText('does not cover the upgrade. Nothing was charged.');
  await sandbox.control.setBalance(5240);
  await sandbox.control.addFault({
    endpoint: 'instances.upgrade',
    kind: 'status',
    status: 422,
    message: 'This plan is sold out.',
    times: 1,
  });
  await send.click();
  await expect(dialog.getByRole('alert')).toContainText('This plan is sold out. Nothing was charged.');
  await dialog.getByRole('radio', { name: /^Later/ }).check();
  await send.dblclick();
  await expect(
    window.getByText(/was upgraded to Scout 4\. \$(6\.[6-9]\d|7\.0\d) was charged\./),
  ).toBeVisible();
  expect(await askedCount(sandbox, 'instances.upgrade')).toBe(3);

  await expect(window.getByText('Reboot pending.')).toBeVisible();
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await expect(instanceRow(window, 'api-prod-1')).toContainText('reboot pending');
  await openSystem(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Restart now' }).click();
  await window.getByRole('button', { name: 'Restart api-prod-1' }).click();
  await expect(window.getByText('Reboot pending.')).toHaveCount(0, { timeout: 30_000 });
  await expect(window.getByRole('region', { name: 'Plan', exact: true })).toContainText('4 vCPU', {
    timeout: 30_000,
  });
});

test('a deletion: taken back, at the end of the cycle and cancelled, then now, with its refund', async ({
  launchSignedIn,
  sandbox,
}) => {
  test.slow();
  const { window } = await launchSignedIn();
  await openSystem(window, 'ns1');
  await window.getByRole('switch', { name: 'Lock against deletion' }).click();
  await expect(window.getByRole('button', { name: 'Delete instance', exact: true })).toHaveAttribute(
    'data-tooltip',
    'It is locked: remove the lock first',
  );
  const id = await instanceId(sandbox, 'ns1');
  const pushed = await window.evaluate(
    (instanceId) =>
      globalThis.window.evorxa.calls.instances.delete({ instanceId: instanceId as never, mode: 'immediate' }),
    id,
  );
  expect(pushed).toMatchObject({ ok: false, error: { kind: 'refused' } });
  await window.getByRole('switch', { name: 'Lock against deletion' }).click();

  // Held, seen on another page and over a reload, and taken back.
  await askDeletion(window, 'ns1', /^Now/);
  await window.getByRole('link', { name: 'Wallet' }).click();
  await window.reload();
  const strip = window.getByRole('status').filter({ hasText: 'ns1 is going to be deleted.' });
  await expect(strip).toContainText('Nothing has been sent yet.');
  await expect(strip).toContainText(/in \d s/);
  await strip.getByRole('button', { name: 'Undo' }).click();
  await expect(window.getByText('Undone. Nothing was sent.')).toBeVisible();
  await expect(strip).toHaveCount(0);

  await openSystem(window, 'ns1');
  await askDeletion(window, 'ns1', /^At the end/);
  await expect(window.getByText('ns1 will be deleted at the end of its billing cycle.')).toBeVisible({
    timeout: 20_000,
  });
  await expect(window.locator('main > header')).toContainText('Deletion scheduled');
  expect(await askedCount(sandbox, 'instances.delete')).toBe(1);
  await window.getByRole('button', { name: 'Cancel deletion' }).click();
  await expect(window.locator('main > header')).toContainText('Running', { timeout: 20_000 });

  await askDeletion(window, 'ns1', /^Now/);
  await expect(window.getByText(/\$4\.\d\d is refunded to the wallet\./)).toBeVisible({ timeout: 20_000 });
  await expect(window.getByText('This instance is not in this account')).toBeVisible({ timeout: 30_000 });
  await refresh(window);
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await expect(instanceRow(window, 'ns1')).toHaveCount(0);
  expect(await askedCount(sandbox, 'instances.delete')).toBe(2);
});

test('a suspended instance is paid for and runs again', async ({ launchSignedIn, sandbox }) => {
  const { window } = await launchSignedIn();
  await openSystem(window, 'billing-old');
  await window.getByRole('button', { name: 'Reactivate instance' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Reactivate billing-old?' });
  await expect(dialog).toContainText(/Pay now\s*\$5\.00/);
  await expect(dialog).toContainText(/Balance after\s*\$47\.40/);
  await sandbox.control.setBalance(100);
  await dialog.getByRole('button', { name: 'Reactivate billing-old' }).click();
  await expect(dialog.getByRole('alert')).toContainText('does not cover a full cycle. Nothing was charged.');
  await sandbox.control.setBalance(5240);
  await dialog.getByRole('button', { name: 'Reactivate billing-old' }).click();
  await expect(window.getByText('billing-old was reactivated. $5.00 was charged.')).toBeVisible();
  await expect(window.locator('main > header')).toContainText('Running', { timeout: 30_000 });
  expect(await askedCount(sandbox, 'instances.reactivate')).toBe(2);
});

for (const { name, open, send, endpoint, cents } of [
  {
    name: 'api-prod-1',
    open: 'Upgrade',
    send: 'Upgrade api-prod-1',
    endpoint: 'instances.upgrade',
    cents: null,
  },
  {
    name: 'billing-old',
    open: 'Reactivate instance',
    send: 'Reactivate billing-old',
    endpoint: 'instances.reactivate',
    cents: 500,
  },
] as const) {
  test(`${open}: the price is subtracted once, also while the answer is out`, async ({
    launchSignedIn,
    sandbox,
  }) => {
    const { window } = await launchSignedIn();
    const { balanceCents } = await sandbox.control.state();
    await openSystem(window, name);
    await window.getByRole('button', { name: open, exact: true }).click();
    const dialog = window.getByRole('alertdialog', { name: `${send}?` });
    const after = dialog.getByText(/^-?\$\d+\.\d\d$/).last();
    const before = await after.innerText();
    if (cents !== null) expect(before).toBe(`$${((balanceCents - cents) / 100).toFixed(2)}`);
    // Charged at once, and the answer does not come.
    await sandbox.control.addFault({ endpoint, kind: 'slow-loris', intervalMs: 60_000 });
    await dialog.getByRole('button', { name: send }).click();
    await expect.poll(async () => (await sandbox.control.state()).balanceCents).toBeLessThan(balanceCents);
    const left = (await sandbox.control.state()).balanceCents;
    // A click is not possible: the dialog is in front of the page.
    await window.evaluate(() => globalThis.window.evorxa.calls.snapshot.refresh(undefined));
    await expect
      .poll(() =>
        window.evaluate(async () => {
          const answer = await globalThis.window.evorxa.calls.snapshot.current(undefined);
          return answer.ok && answer.value.kind === 'full' ? answer.value.snapshot.balanceCents : null;
        }),
      )
      .toBe(left);
    await expect(after).toHaveText(before);
  });
}

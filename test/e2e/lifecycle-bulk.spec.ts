import { happens, powerRequests } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { instanceRow, openInstance, refresh, signIn } from '../support/window-steps.ts';

test('several instances are selected, asked about once, and shut down one after the other', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox({ speed: 3 });
  const { window } = await launch();
  await signIn(window, sandbox);

  // By pointer: a checkbox, then a range, then one more with Ctrl.
  await instanceRow(window, 'cache-1').getByRole('checkbox').check();
  await instanceRow(window, 'staging').click({ modifiers: ['Control'] });
  await expect(window.getByText('2 selected')).toBeVisible();
  // By keyboard: Space on a row, and Escape lets go.
  await instanceRow(window, 'metrics').focus();
  await window.keyboard.press('Space');
  await expect(instanceRow(window, 'metrics')).toHaveAttribute('aria-selected', 'true');
  await window.keyboard.press('Escape');
  await expect(window.getByText(/\d selected/)).toHaveCount(0);

  for (const name of ['cache-1', 'metrics', 'ns1', 'staging'])
    await instanceRow(window, name).getByRole('checkbox').check();
  const bar = window.getByRole('group', { name: 'Selected instances' });
  await bar.getByRole('button', { name: 'Shut down' }).click();
  const question = window.getByRole('alertdialog', { name: 'Shut down 3 instances?' });
  await expect(question).toContainText('staging: It is not running.');
  await expect(question).toContainText('203.0.113.53');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(await powerRequests(sandbox)).toBe(0);

  await sandbox.control.addFault({
    endpoint: 'instances.power',
    kind: 'status',
    status: 422,
    message: 'It is locked by an operator.',
    times: 1,
  });
  await question.getByRole('button', { name: 'Shut down 3 instances' }).click();
  const results = window.getByRole('list', { name: 'Results' });
  await expect(results).toContainText('failed: It is locked by an operator.');
  await expect(results).toContainText('waiting');
  await expect(results.getByText('sent', { exact: true })).toHaveCount(1, { timeout: 15_000 });
  await window.getByRole('button', { name: 'Cancel remaining' }).click();
  await expect(results).toContainText('canceled');
  // It stays readable over a look elsewhere and a new page.
  await openInstance(window, 'api-prod-1');
  await window.reload();
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await expect(results).toContainText('canceled');
  await window.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(results).toHaveCount(0);
  expect(await powerRequests(sandbox)).toBe(2);
});

test('a shutdown that is ignored offers to power off, in the list and on the page', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox({ speed: 4 });
  const { window } = await launch();
  await signIn(window, sandbox);
  await openInstance(window, 'db-primary');
  await window.getByRole('button', { name: 'Power' }).click();
  await window.getByRole('menuitem', { name: /^Shut down/ }).click();
  await window.getByRole('button', { name: 'Shut down db-primary' }).click();
  await expect(window.locator('main > header')).toContainText('Shutting down');

  const note = window.getByRole('status').filter({ hasText: 'It is still running.' });
  await expect(note).toContainText('unsaved data is lost', { timeout: 40_000 });
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await instanceRow(window, 'db-primary')
    .getByRole('button', { name: /^Power off db-primary/ })
    .click();
  await expect(window.getByRole('alertdialog')).toContainText('as if the plug were pulled');
  await window.getByRole('button', { name: 'Power off db-primary' }).last().click();
  await expect(instanceRow(window, 'db-primary')).toContainText('Stopped', { timeout: 30_000 });
  expect(await powerRequests(sandbox)).toBe(2);
  // Somebody else starts it: nothing is left of the note.
  await happens(sandbox, 'db-primary', 'running');
  await refresh(window);
  await openInstance(window, 'db-primary');
  await expect(note).toHaveCount(0);
});

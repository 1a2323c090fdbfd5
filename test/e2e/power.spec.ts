import { powerRequests } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { chooseForInstance, instanceRow, refresh, signIn } from '../support/window-steps.ts';

test('a restart is asked about, shown at once, and confirmed', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox({ speed: 3 });
  const { window } = await launch();
  await signIn(window, sandbox);
  await chooseForInstance(window, 'api-prod-1', /^Restart/);
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('Restart api-prod-1?');
  await expect(question).toContainText('203.0.113.42');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();

  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await powerRequests(sandbox)).toBe(0);

  // The answer is held back, so that what shows is what is expected.
  await sandbox.control.addFault({ endpoint: 'instances.power', kind: 'latency', latencyMs: 2000, times: 1 });
  await chooseForInstance(window, 'api-prod-1', /^Restart/);
  await question.getByRole('button', { name: 'Restart api-prod-1' }).click();
  await expect(instanceRow(window, 'api-prod-1')).toContainText('Restarting');
  await expect(instanceRow(window, 'api-prod-1')).toContainText('Running', { timeout: 30_000 });
  expect(await powerRequests(sandbox)).toBe(1);
});

test('a double click sends once, and another action waits until the first is done', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await chooseForInstance(window, 'api-prod-2', /^Restart/);
  await window.getByRole('button', { name: 'Restart api-prod-2' }).dblclick();
  await expect(instanceRow(window, 'api-prod-2')).toContainText('Restarting');
  await refresh(window);
  expect(await powerRequests(sandbox)).toBe(1);

  await instanceRow(window, 'api-prod-2').click({ button: 'right' });
  await expect(window.getByRole('menuitem', { name: /^Shut down/ })).toHaveAttribute('aria-disabled', 'true');
  await window.keyboard.press('Escape');
  expect(await powerRequests(sandbox)).toBe(1);
});

test('what Evorxa refuses is taken back and said', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await sandbox.control.addFault({
    endpoint: 'instances.power',
    kind: 'status',
    status: 422,
    message: 'The instance is locked by an operator.',
  });
  await chooseForInstance(window, 'ns1', /^Restart/);
  await window.getByRole('button', { name: 'Restart ns1' }).click();
  await expect(window.getByText('The instance is locked by an operator.').first()).toBeVisible();
  await expect(instanceRow(window, 'ns1')).toContainText('Running');
  expect(await powerRequests(sandbox)).toBe(1);
});

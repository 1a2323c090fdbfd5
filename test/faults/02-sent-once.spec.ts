import type {} from '../../renderer/client.ts';
import { createButton, creations, fillCreate, openCreate } from '../support/create-steps.ts';
import { expect, test } from '../support/signed-in.ts';

test('a double click, Enter, and a second window: one request', async ({
  launchSignedIn,
  start,
  sandbox,
}) => {
  const { window, userDataDir } = await launchSignedIn();
  await openCreate(window);
  await fillCreate(window, 'once-1');
  await sandbox.control.addFault({
    endpoint: 'instances.create',
    kind: 'latency',
    latencyMs: 3_000,
    times: 1,
  });
  await createButton(window).dblclick();
  await window.keyboard.press('Enter');
  await expect(window.getByText('Creating once-1.')).toBeVisible();

  // A window that loads again knows of it, and cannot send another.
  await window.reload();
  await expect(window.getByText('Creating once-1.')).toBeVisible();
  await expect(window.getByLabel('Name', { exact: true })).toBeDisabled();
  // A second start shows the first one's window; whether Playwright sees it before it ends does not matter.
  await start({ userDataDir }).catch(() => undefined);

  await expect(window.getByText('once-1 was created.')).toBeVisible();
  expect(await creations(sandbox)).toBe(1);
  const { instances } = await sandbox.control.state();
  expect(instances.filter(({ name }) => name === 'once-1')).toHaveLength(1);
});

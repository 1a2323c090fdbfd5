import { createButton, creations, fillCreate, openCreate } from '../support/create-steps.ts';
import { expect, test } from '../support/signed-in.ts';

/** Not created is said after the last of several looks, 20 s after the answer was lost. */
const lookedUpMs = 30_000;

test('an answer that is lost: one request, and the list and the ledger tell how it ended', async ({
  launchSignedIn,
  sandbox,
}) => {
  test.slow();
  const { window } = await launchSignedIn();
  await openCreate(window);

  // The server creates, then drops the line: it is found, and its page is one click away.
  await fillCreate(window, 'lost-1');
  await sandbox.control.addFault({ endpoint: 'instances.create', kind: 'drop-after', times: 1 });
  await createButton(window).click();
  await expect(window.getByText('lost-1 was created, though the answer was lost.')).toBeVisible();
  expect(await creations(sandbox)).toBe(1);
  await window.getByRole('button', { name: 'Open instance' }).click();
  await expect(window.getByRole('heading', { name: 'lost-1', level: 1 })).toBeVisible();

  // The line is dropped before anything happens: nothing was charged, and the form works again, not sooner.
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await openCreate(window);
  const { balanceCents } = await sandbox.control.state();
  await window.getByLabel('Name', { exact: true }).fill('lost-2');
  await sandbox.control.addFault({ endpoint: 'instances.create', kind: 'drop-before', times: 1 });
  await createButton(window).click();
  await expect(window.getByText('The answer was lost.')).toBeVisible();
  await expect(window.getByLabel('Name', { exact: true })).toBeDisabled();
  await expect(createButton(window)).toBeDisabled();
  await expect(window.getByText('lost-2 was not created.')).toBeVisible({ timeout: lookedUpMs });
  expect(await creations(sandbox)).toBe(2);
  expect((await sandbox.control.state()).balanceCents).toBe(balanceCents);
  await createButton(window).click();
  await expect(window.getByRole('heading', { name: 'lost-2', level: 1 })).toBeVisible();
  const { instances } = await sandbox.control.state();
  expect(instances.filter(({ name }) => name.startsWith('lost-'))).toHaveLength(2);
});

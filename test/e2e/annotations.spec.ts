import { readFileSync } from 'node:fs';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { chooseForInstance, instanceRow, openInstance, signIn } from '../support/window-steps.ts';

test('what is noted of an instance is kept on this machine, filters the list and goes into exports', async ({
  launch,
  startSandbox,
}, testInfo) => {
  const { app, window } = await launch();
  await signIn(window, await startSandbox());

  await chooseForInstance(window, 'mail', 'Add to favorites');
  await expect(instanceRow(window, 'mail').getByRole('img', { name: 'Favorite' })).toBeVisible();

  await openInstance(window, 'api-prod-1');
  const notes = window.getByRole('region', { name: 'Notes' });
  await notes.getByLabel('Tags').fill('#Prod shop');
  await notes.getByLabel('Note').fill('Ask Ann before a restart.');
  await notes.getByLabel('Note').blur();
  await expect(notes.getByLabel('Tags')).toHaveValue('prod shop');
  await expectAccessible(window, 'notes');

  await window
    .getByRole('link', { name: /^Instances/ })
    .first()
    .click();
  await expect(instanceRow(window, 'api-prod-1')).toContainText('#prod #shop');
  await window.getByLabel('Favorites and tags', { exact: true }).click();
  await window.getByRole('option', { name: '#prod (1)' }).click();
  await expect(instanceRow(window, 'mail')).toHaveCount(0);
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();

  const path = testInfo.outputPath('inventory.yml');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await window.getByRole('button', { name: 'Export' }).click();
  await window.getByRole('menuitem', { name: 'Ansible inventory' }).click();
  await expect(window.getByText('1 instance saved to inventory.yml.')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toContain('tag_prod:');
});

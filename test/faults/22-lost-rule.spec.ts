import { askedCount, expect, test } from '../support/signed-in.ts';

test('the answer to a new rule is lost: it is found in the rules, and is one rule', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await sandbox.control.addFault({ endpoint: 'shield.createRule', kind: 'drop-after' });
  await window.getByRole('link', { name: 'Shield' }).click();
  await window.getByRole('button', { name: 'Add rule' }).click();
  const form = window.getByRole('table', { name: 'Rules' }).getByRole('row').last();
  await form.getByRole('textbox', { name: 'Source' }).fill('0.0.0.0/0');
  await form.getByRole('textbox', { name: 'Port' }).fill('8080');
  await form.getByRole('button', { name: 'Stage rule' }).click();
  await window.getByRole('button', { name: 'Review changes' }).click();
  const dialog = window.getByRole('alertdialog', { name: /^Review changes/ });
  await expect(dialog).toContainText('SSH stays reachable.');
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(window.getByText('All changes are in effect.')).toBeVisible({ timeout: 30_000 });
  await expect(
    window.getByRole('table', { name: 'Rules' }).getByRole('row').filter({ hasText: '8080' }),
  ).toHaveCount(1);
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);
});

import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { signIn } from '../support/window-steps.ts';

test('the palette finds servers, what can be done with them, pages and colours', async ({
  launch,
  startSandbox,
}) => {
  const { window } = await launch();
  await signIn(window, await startSandbox());
  const input = window.getByRole('combobox', { name: 'Search commands' });
  const selected = window.locator('[data-command-item][data-selected]');

  await window.keyboard.press('Control+k');
  await expect(input).toBeFocused();
  await expect(window.getByRole('option', { name: 'Wallet Page' })).toBeVisible();
  await expectAccessible(window, 'the palette');

  await input.fill('api-prod-2');
  await expect(selected).toContainText('api-prod-2');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'api-prod-2' })).toBeVisible();

  await window.keyboard.press('Control+k');
  await input.fill('api-prod-2 restart');
  await expect(selected).toContainText('Restart api-prod-2');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('alertdialog', { name: 'Restart api-prod-2?' })).toBeVisible();
  await window.getByRole('button', { name: 'Cancel' }).click();

  // What cannot be done says so beside its server's name, after all that can.
  await window.keyboard.press('Control+k');
  await input.fill('restart');
  await expect(selected).toContainText('Restart ');
  await expect(selected).not.toHaveAttribute('aria-disabled', 'true');
  const stopped = window.getByRole('option', { name: /^Restart staging/ });
  await expect(stopped).toHaveAttribute('aria-disabled', 'true');
  await window.keyboard.press('Escape');

  await window.keyboard.press('Control+k');
  await input.fill('wallet');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Wallet' })).toBeVisible();

  await window.keyboard.press('Control+k');
  await input.fill('dark');
  await window.keyboard.press('Enter');
  await expect
    .poll(() => window.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(true);

  await window.keyboard.press('Control+k');
  await input.fill('no such thing');
  await expect(window.getByText(/^No matches\./)).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(input).toHaveCount(0);
});

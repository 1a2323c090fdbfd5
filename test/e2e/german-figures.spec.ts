import { surelySupportedLanguages } from '../../preload/contract/locales.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { digitsAndSupport } from '../support/locale-facts.ts';
import { instanceRow, refresh, signIn } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

/** Days as German writes them: "3. Juni", "12. Dez. 2026". */
const germanDay = String.raw`\d{1,2}\. (Jan\.|Feb\.|März|Apr\.|Mai|Juni|Juli|Aug\.|Sept\.|Okt\.|Nov\.|Dez\.)( \d{4})?`;
const germanLongDay = String.raw`\d{1,2}\. (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)( \d{4})?`;

test('figures are those of a German system on the page, in the tray and in notifications, and words are English', async ({
  launch,
  startSandbox,
  tray,
  notifications,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { LC_ALL: 'de_DE.UTF-8' } });
  await signIn(window, sandbox);
  expect(await window.evaluate(() => globalThis.window.evorxa.locales)).toEqual({
    dates: 'de-DE',
    numbers: 'de-DE',
    names: 'de-DE',
  });

  // The one that is paid for a month: "12. Dez." and "10,00 $".
  const row = instanceRow(window, 'api-prod-1');
  await expect(row).toContainText(new RegExp(germanDay));
  await expect(row).toContainText(/\d+,\d\d\s\$/);
  await expect(row).not.toContainText(/\$\d/);
  await expect(window.getByRole('link', { name: 'Wallet' })).toContainText(/52,40\s\$/);

  const item = await tray.item();
  await item.waitForTooltip((text) =>
    new RegExp(String.raw`need attention · 52,40\s\$ · lasts until ${germanLongDay}$`).test(text),
  );

  await window.getByRole('link', { name: 'Wallet' }).click();
  const balance = window.getByRole('region', { name: 'Balance', exact: true });
  await expect(balance).toContainText(/52,40\s\$/);
  await expect(balance).toContainText(new RegExp(`lasts until ${germanLongDay}`));
  const ledger = window.getByRole('grid', { name: 'Ledger' });
  await expect(ledger).toContainText(/-10,00\s\$/);
  await expect(ledger).toContainText(/\+50,00\s\$/);
  await expect(ledger).toContainText(new RegExp(String.raw`${germanDay}, \d\d:\d\d`));

  await window.getByRole('link', { name: 'Settings' }).click();
  const limit = window.getByRole('textbox', { name: 'Low balance' });
  await limit.fill('12,50');
  await limit.press('Enter');
  await expect(limit).toHaveValue('12,50');
  await limit.fill('viel');
  await limit.press('Enter');
  await expect(window.getByText('Enter an amount in dollars, such as 10 or 12,50.')).toBeVisible();
  await limit.press('Escape');
  await expect(limit).toHaveValue('12,50');

  await sandbox.control.setBalance(901);
  await refresh(window);
  const low = await notifications.waitFor(({ title }) => title.startsWith('Wallet is low'));
  expect(low.title).toMatch(/^Wallet is low: 9,01\s\$$/);
  expect(low.body).toMatch(/^It fell below 12,50\s\$\. A renewal/);
});

test('Chromium has the languages that are taken without asking it', async ({ launch }) => {
  const { window } = await launch();
  const facts: string[] = [];
  for (const language of surelySupportedLanguages)
    facts.push(await window.evaluate(digitsAndSupport, language));
  expect(facts.filter((fact) => fact !== '')).toEqual([]);
});

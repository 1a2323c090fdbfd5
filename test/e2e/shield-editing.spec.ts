import { readFile, writeFile } from 'node:fs/promises';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';

const rules = (window: Page): Locator => window.getByRole('table', { name: 'Rules' }).getByRole('row');
const writes = ['shield.createRule', 'shield.updateRule', 'shield.deleteRule', 'shield.setPolicy'] as const;

/** Goes to the rules of the first address: SSH from one source, and HTTPS from any. */
async function openRules(window: Page): Promise<void> {
  await window.getByRole('link', { name: 'Shield' }).click();
  await expect(rules(window).nth(2)).toContainText('443');
}

async function choose(window: Page, item: string): Promise<void> {
  // The cards above push the rules down as they fill, and an open menu with them.
  await expect(window.getByText(/^Usual in: /)).toBeVisible();
  await expect(window.getByText('Germany')).toBeVisible();
  await window.getByRole('button', { name: 'Import & export' }).click();
  await window.getByRole('menuitem', { name: item }).click();
}

/** What the system's dialogs of files answer with. */
async function answerFiles(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    const system = dialog as unknown as {
      showOpenDialog: () => Promise<unknown>;
      showSaveDialog: () => Promise<unknown>;
    };
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

test('a rule is edited in its row by keyboard, and says what its source matches', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openRules(window);
  const edit = window.getByRole('button', { name: 'Edit rule 1' });
  await edit.focus();
  await window.keyboard.press('Enter');
  const source = rules(window).nth(1).getByRole('textbox', { name: 'Source' });
  await expect(source).toBeFocused();
  await expect(rules(window).nth(1)).toContainText('Matches this address alone.');
  await expect(window.getByRole('button', { name: 'Add rule' })).toHaveAttribute('aria-disabled', 'true');
  await window.keyboard.press('Escape');
  await expect(edit).toBeFocused();
  await expect(source).toHaveCount(0);

  await window.keyboard.press('Enter');
  await source.fill('2001:db8::1');
  await window.keyboard.press('Enter');
  await expect(rules(window).nth(1)).toContainText('This address takes IPv4 sources');
  await expect(source).toBeFocused();
  await expect(source).toHaveAttribute('aria-invalid', 'true');
  await source.fill('198.51.100.9/24');
  await expect(rules(window).nth(1)).toContainText('198.51.100.0 – 198.51.100.255, 256 addresses');
  await expectAccessible(window, 'a rule in its row');
  // A list that is open takes Escape for itself.
  const protocol = rules(window).nth(1).getByRole('combobox', { name: 'Protocol' });
  await protocol.focus();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('option', { name: 'udp' })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(window.getByRole('option', { name: 'udp' })).toHaveCount(0);
  await expect(source).toBeVisible();
  await source.press('Enter');
  await expect(edit).toBeFocused();
  await expect(rules(window).nth(1)).toContainText(/Changed.*198\.51\.100\.0\/24/);

  const add = window.getByRole('button', { name: 'Add rule' });
  await add.click();
  await expect(rules(window)).toHaveCount(4);
  await window.keyboard.press('Escape');
  await expect(rules(window)).toHaveCount(3);
  await expect(add).toBeFocused();
  for (const endpoint of writes) expect(await askedCount(sandbox, endpoint)).toBe(0);
});

test('rules are copied from another address, beside or in place of those that are there', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openRules(window);
  await choose(window, 'Copy rules from…');
  const dialog = window.getByRole('alertdialog', { name: 'Copy rules to 203.0.113.42' });
  await dialog.getByRole('combobox', { name: 'From' }).click();
  await window.getByRole('option', { name: /203\.0\.113\.45/ }).click();
  await expect(dialog).toContainText('203.0.113.45: 3 rules can be taken over.');
  await expect(dialog.getByRole('listitem').first()).toHaveText('Allow tcp from 203.0.113.0/24 to port 5432');
  await expectAccessible(window, 'copy of rules');
  await dialog.getByRole('button', { name: 'Stage rules' }).click();
  await expect(window.getByText('2 changes staged. 1 rule was there already.')).toBeVisible();
  await expect(rules(window)).toHaveCount(5);
  await expect(rules(window).nth(4)).toContainText(/New.*Block/);

  await choose(window, 'Copy rules from…');
  await dialog.getByRole('combobox', { name: 'From' }).click();
  await window.getByRole('option', { name: /203\.0\.113\.45/ }).click();
  await dialog.getByRole('radio', { name: 'Replace these rules' }).check();
  await dialog.getByLabel('Take over the default policy too').check();
  await dialog.getByRole('button', { name: 'Stage rules' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rules(window).nth(2)).toContainText('Deleted');
  await expect(window.getByRole('combobox', { name: 'Default policy in' })).toHaveText('in: allow');
  // One deletion, two new rules, one policy.
  await expect(window.getByText('4 changes staged. Nothing was sent.')).toBeVisible();
  for (const endpoint of writes) expect(await askedCount(sandbox, endpoint)).toBe(0);
});

test('rules are exported and imported as JSON; a wrong file is refused by line and rule', async ({
  launchSignedIn,
  sandbox,
}, info) => {
  const { app, window } = await launchSignedIn();
  await openRules(window);
  const path = info.outputPath('rules.json');
  await answerFiles(app, path);
  await choose(window, 'Export to a file…');
  await expect(window.getByText('Saved 2 rules as rules.json.')).toBeVisible();
  const file = JSON.parse(await readFile(path, 'utf8')) as { readonly rules: readonly unknown[] };
  expect(file).toEqual({
    version: 1,
    address: '203.0.113.42',
    policy: { in: 'block', out: 'allow' },
    rules: [
      { action: 'allow', protocol: 'tcp', source: '198.51.100.7/32', port: 22 },
      { action: 'allow', protocol: 'tcp', source: '0.0.0.0/0', port: 443 },
    ],
  });

  await writeFile(path, '{\n  "version": 1,\n  "rules": [,]\n}');
  await choose(window, 'Import from a file…');
  const dialog = window.getByRole('alertdialog', { name: 'Import rules for 203.0.113.42' });
  await expect(dialog).toContainText('Line 3: a value is expected.');
  await writeFile(path, JSON.stringify({ ...file, rules: [{ ...(file.rules[0] as object), port: 0 }] }));
  await dialog.getByRole('button', { name: 'Choose another file' }).click();
  await expect(dialog).toContainText('Rule 1: port must be 1–65535 or “any”.');
  const mail = { action: 'block', protocol: 'tcp', source: '198.51.100.14/24', port: 25 };
  await writeFile(path, JSON.stringify({ ...file, rules: [...file.rules, mail] }));
  await dialog.getByRole('button', { name: 'Choose another file' }).click();
  await expect(dialog).toContainText('rules.json: 3 rules can be taken over.');
  await expect(dialog).toContainText('Rule 3: The bits behind the prefix are dropped');
  await expectAccessible(window, 'import of rules');
  await dialog.getByRole('button', { name: 'Stage rules' }).click();
  await expect(window.getByText('1 change staged. 2 rules were there already.')).toBeVisible();
  await expect(rules(window).nth(3)).toContainText(/New.*Block.*198\.51\.100\.0\/24/);
  for (const endpoint of writes) expect(await askedCount(sandbox, endpoint)).toBe(0);
});

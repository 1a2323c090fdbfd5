import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import type { LaunchedApp } from '../support/launch.ts';
import { changes, stageRule } from '../support/shield-steps.ts';
import { goTo } from './pages.ts';

/** Shield's traffic, rules and changes, of the demo. */
export async function takeShield(launched: LaunchedApp, camera: Camera): Promise<void> {
  const { window } = launched;
  await takeTraffic(window, camera);
  await takeAutomaticRules(window, camera);
  await takeRules(window, camera);
  await takeImport(launched, camera);
  await takeConfirm(window, camera);
}

/** A ranking that is narrowed, the map, and the question about a source: of the demo, in which nothing is sent. */
async function takeTraffic(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Shield');
  const sources = window.getByRole('region', { name: 'Top sources', exact: true });
  await sources.getByRole('button', { name: 'Filter top sources' }).click();
  await sources.getByRole('searchbox').fill('192.0.2');
  await sources.getByRole('button', { name: 'More for 192.0.2.19', exact: true }).click();
  await window.getByRole('menuitem', { name: /^Exclude/ }).click();
  await window.getByRole('region', { name: 'Map', exact: true }).scrollIntoViewIfNeeded();
  await take('shield-traffic');
  await sources.getByRole('button', { name: 'Block 192.0.2.88', exact: true }).click();
  await expect(window.getByRole('alertdialog')).toContainText('Matches 192.0.2.88 alone.');
  await take('shield-block');
  await window.keyboard.press('Escape');
  const alerts = window.getByRole('region', { name: 'Alerts', exact: true });
  await alerts.getByRole('button', { name: 'Add' }).click();
  await expect(window.getByRole('alertdialog', { name: 'Add alert' })).toBeVisible();
  await take('shield-alert');
  await window.keyboard.press('Escape');
}

/** What the app does to rules by itself, and the questions about it; what is sent is ended again. */
async function takeAutomaticRules(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Shield');
  const card = window.getByRole('region', { name: 'Automatic rules', exact: true });
  await card.getByRole('textbox', { name: 'Block a source for a time' }).fill('198.51.100.128/25');
  await card.getByRole('button', { name: 'Block', exact: true }).click();
  const block = window.getByRole('alertdialog', { name: 'Block 198.51.100.128/25?' });
  await expect(block).toContainText('Ends while this app runs.');
  await take('shield-block-for');
  await block.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(card.getByRole('listitem')).toHaveCount(1);
  await card.getByRole('button', { name: 'Follow my address' }).click();
  const follow = window.getByRole('alertdialog', { name: /^Follow your address/ });
  await follow.getByRole('textbox', { name: 'Your address' }).fill('198.51.100.7');
  await take('shield-follow');
  await follow.getByRole('button', { name: 'Add the rule' }).click();
  await expect(card.getByRole('listitem')).toHaveCount(2);
  await card.scrollIntoViewIfNeeded();
  await take('shield-automatic');
  await card.getByRole('button', { name: 'Stop following' }).click();
  const stop = window.getByRole('alertdialog', { name: /^Stop following/ });
  const remove = stop.getByRole('radio', { name: /^Remove the rule/ });
  await expect(remove).toBeEnabled();
  await remove.check();
  await take('shield-stop-following');
  await stop.getByRole('button', { name: 'Stop following' }).click();
  await card.getByRole('button', { name: /^End the block/ }).click();
  await expect(card.getByRole('listitem')).toHaveCount(0);
}

/** The form of a rule, what is staged, and its review: of the demo, in which nothing is sent. */
async function takeRules(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Shield');
  await window.getByRole('button', { name: 'Add rule' }).click();
  const row = window.getByRole('table', { name: 'Rules' }).getByRole('row').last();
  await row.getByRole('textbox', { name: 'Source' }).fill('198.51.100.9/24');
  await row.getByRole('textbox', { name: 'Port' }).fill('8080');
  await expect(row).toContainText('this matches 198.51.100.0/24');
  await take('shield-rule');
  await row.getByRole('button', { name: 'Stage rule' }).click();
  await window
    .getByRole('button', { name: /^Delete rule/ })
    .first()
    .click();
  await window.getByRole('button', { name: 'Review changes' }).scrollIntoViewIfNeeded();
  await take('shield-staged');
  await window.getByRole('button', { name: 'Review changes' }).click();
  await expect(window.getByRole('list', { name: 'Steps' })).toBeVisible();
  await take('shield-review');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Discard all' }).click();
  await choose(window, 'Copy rules from…');
  const copy = window.getByRole('alertdialog', { name: /^Copy rules to / });
  await copy.getByRole('combobox', { name: 'From' }).click();
  await window.getByRole('option', { name: /203\.0\.113\.45/ }).click();
  await expect(copy.getByRole('listitem').first()).toBeVisible();
  await take('shield-copy');
  await window.keyboard.press('Escape');
}

/** A file of rules with one rule that cannot be taken over, and one whose source is not what it looks like. */
async function takeImport({ app, window }: LaunchedApp, { take }: Camera): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rules-'));
  const path = join(folder, 'rules.json');
  const rule = { action: 'allow', protocol: 'tcp', source: '198.51.100.14/24', port: 25 };
  const answerWith = (rules: readonly unknown[]): Promise<void> =>
    writeFile(path, JSON.stringify({ version: 1, rules }));
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
  await answerWith([rule, { ...rule, port: 0 }]);
  await choose(window, 'Import from a file…');
  const dialog = window.getByRole('alertdialog', { name: /^Import rules for / });
  await expect(dialog).toContainText('Rule 2: port must be');
  await take('shield-import-refused');
  await answerWith([rule]);
  await dialog.getByRole('button', { name: 'Choose another file' }).click();
  await expect(dialog).toContainText('1 rule can be taken over.');
  await take('shield-import');
  await window.keyboard.press('Escape');
  await rm(folder, { recursive: true });
}

/** A change that waits to be confirmed, and what it looks like once it was taken back. */
async function takeConfirm(window: Page, { take }: Camera): Promise<void> {
  await stageRule(window, '198.51.100.128/25', '8080');
  await window.getByRole('button', { name: 'Review changes' }).click();
  const dialog = window.getByRole('alertdialog', { name: /^Review changes of / });
  await dialog.getByRole('textbox', { name: 'Your address' }).fill('198.51.100.7');
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await dialog.getByLabel('Take the changes back unless I confirm them').check();
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(changes(window).getByRole('timer', { name: 'Time left to confirm' })).toBeVisible();
  await changes(window).scrollIntoViewIfNeeded();
  await take('shield-waiting');
  await changes(window).getByRole('button', { name: 'Take back now' }).click();
  await expect(changes(window)).toContainText('The changes were taken back.');
  await take('shield-taken-back');
}

async function choose(window: Page, item: string): Promise<void> {
  await window.getByRole('button', { name: 'Import & export' }).click();
  await window.getByRole('menuitem', { name: item }).click();
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../support/accessibility.ts';
import { changes, openRules, reachNowhere, review, rules, stageRule } from '../support/shield-steps.ts';
import { createToken } from '../support/token-page.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';
import { enterToken } from '../support/window-steps.ts';

test('rules are staged, reviewed, applied and taken back; what cuts SSH is stopped', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await reachNowhere(window, sandbox);
  await openRules(window);
  await stageRule(window, '198.51.100.9/24', '8080');
  await rules(window).nth(2).getByRole('button', { name: 'Edit' }).click();
  await rules(window).nth(2).getByRole('textbox', { name: 'Port' }).fill('8443');
  await rules(window).nth(2).getByRole('textbox', { name: 'Port' }).press('Enter');
  await expect(rules(window).nth(2)).toContainText('Changed');
  await expect(rules(window).nth(3)).toContainText('New');
  await window.getByRole('combobox', { name: 'Default policy out' }).click();
  await window.getByRole('option', { name: 'out: block' }).click();
  await expect(window.getByText('3 changes staged. Nothing was sent.')).toBeVisible();

  // The draft stays while another page is shown.
  await window.getByRole('link', { name: 'Wallet' }).click();
  await window.getByRole('link', { name: 'Shield' }).click();
  await expect(rules(window).nth(3)).toContainText('New');

  const dialog = await review(window, '198.51.100.7');
  await expect(dialog.getByRole('listitem').first()).toHaveText(
    'Add: allow tcp from 198.51.100.0/24 to port 8080',
  );
  await expect(dialog).toContainText('Blocking outgoing traffic may stop the replies of SSH.');
  await expectAccessible(window, 'review of rules');
  await expect(dialog.getByRole('button', { name: 'Apply changes' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await dialog.getByLabel('Apply anyway').check();
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(changes(window)).toContainText('All changes are in effect.');
  await expect(window.getByText('in: block · out: block')).toBeVisible();
  await expect(rules(window).nth(3)).toContainText('198.51.100.0/24');
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);
  expect(await askedCount(sandbox, 'shield.updateRule')).toBe(1);
  expect(await askedCount(sandbox, 'shield.setPolicy')).toBe(1);

  // Where SSH is not proved to stay, the change has to be confirmed.
  await expect(changes(window).getByRole('timer', { name: 'Time left to confirm' })).toBeVisible();
  await expectAccessible(window, 'change to be confirmed');
  await changes(window).getByRole('button', { name: 'Keep the changes' }).click();
  await expect(changes(window)).toContainText('All changes are in effect, and confirmed.');

  await changes(window).getByRole('button', { name: 'Revert what was applied' }).click();
  await expect(window.getByText('in: block · out: allow')).toBeVisible();
  await expect(rules(window)).toHaveCount(3);
  expect(await askedCount(sandbox, 'shield.deleteRule')).toBe(1);

  await rules(window).nth(1).getByRole('button', { name: 'Delete' }).click();
  await expect(rules(window).nth(1)).toContainText('Deleted');
  const cutting = await review(window, '198.51.100.7');
  await expect(cutting).toContainText('Step 1 would block SSH from 198.51.100.7 to port 22.');
  await expect(cutting.getByRole('button', { name: 'Apply changes' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await cutting.getByRole('button', { name: 'Cancel' }).click();
  await window.getByRole('button', { name: 'Discard all' }).click();
  await expect(rules(window).nth(1)).not.toContainText('Deleted');

  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('You added a firewall rule to 203.0.113.42').first()).toBeVisible();
});

test('a change that waits to be confirmed is taken back by hand, also after a restart', async ({
  launchSignedIn,
  sandbox,
}) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-shield-'));
  const first = await launchSignedIn({ userDataDir });
  await reachNowhere(first.window, sandbox);
  await openRules(first.window);
  await rules(first.window).nth(1).getByRole('button', { name: 'Delete' }).click();
  const dialog = await review(first.window, '198.51.100.7');
  await expect(dialog).toContainText('Step 1 would block SSH from 198.51.100.7 to port 22.');
  await expect(dialog.getByLabel('Take the changes back unless I confirm them')).toBeChecked();
  await dialog.getByLabel('Apply anyway').check();
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(changes(first.window).getByRole('button', { name: 'Keep the changes' })).toBeVisible();
  await expect(rules(first.window)).toHaveCount(2);
  await first.close();

  const { window } = await launchSignedIn({ userDataDir });
  await window.getByRole('link', { name: 'Shield' }).click();
  await expect(changes(window).getByRole('timer', { name: 'Time left to confirm' })).toBeVisible();
  await changes(window).getByRole('button', { name: 'Take back now' }).click();
  await expect(changes(window)).toContainText('The changes were taken back.');
  await expect(rules(window)).toHaveCount(3);
  expect(await askedCount(sandbox, 'shield.deleteRule')).toBe(1);
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('You took back a firewall change of 203.0.113.42')).toBeVisible();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('a packet is judged under each order of evaluation, with what is staged', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  await openRules(window);
  const simulator = window.getByRole('region', { name: 'Packet simulator' });
  await simulator.getByRole('textbox', { name: 'Packet source' }).fill('198.51.100.7');
  await simulator.getByRole('button', { name: 'Simulate' }).click();
  await expect(simulator.getByRole('listitem')).toHaveCount(5);
  await expect(simulator.getByRole('listitem').first()).toContainText(/Allow\s*by rule 1/);
  await expectAccessible(window, 'packet simulator');
});

test('a token without shield:write: its controls name it once it is known', async ({ launch, sandbox }) => {
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, await createToken(sandbox, ['instances:read', 'shield:read']));
  await openRules(window);
  await stageRule(window, '203.0.113.9', '22');
  const dialog = await review(window, '198.51.100.7');
  await expect(dialog).toContainText('SSH stays reachable.');
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(changes(window)).toContainText('The token lacks the ability shield:write.');
  await expect(window.getByRole('button', { name: 'Add rule' })).toHaveAttribute(
    'data-tooltip',
    'The token lacks the ability shield:write',
  );
});

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { createToken } from '../support/token-page.ts';
import { enterToken, instanceRow } from '../support/window-steps.ts';

const trafficEndpoints = [
  'shield.bandwidth',
  'shield.pps',
  'shield.topIps',
  'shield.topAsns',
  'shield.countries',
  'shield.ports',
] as const;

/** Signs in and goes to Shield. */
async function openShield(window: Page, token: string): Promise<void> {
  await enterToken(window, token);
  await window.getByRole('link', { name: 'Shield' }).click();
  await expect(window.getByRole('heading', { name: 'Shield', level: 1 })).toBeVisible();
}

/** One part of the page by its heading. */
function part(window: Page, name: string): Locator {
  return window.getByRole('region', { name, exact: true });
}

async function chooseAddress(window: Page, words: string): Promise<void> {
  await window.getByRole('combobox', { name: 'Address' }).click();
  await window.getByRole('option', { name: words }).click();
}

test('shows the traffic, the rules and the facts of the address that is chosen', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, sandbox.tokens.readOnly);

  await expect(window.getByRole('combobox', { name: 'Address' })).toHaveText(/203\.0\.113\.42\s+api-prod-1/);
  await expect(window.getByText('2 rules', { exact: true })).toBeVisible();
  await expect(window.getByText('in: block · out: allow')).toBeVisible();

  await expect(window.getByRole('slider', { name: /^Bandwidth, \d\d:\d\d – \d\d:\d\d$/ })).toHaveAttribute(
    'aria-valuetext',
    /^\d\d:\d\d, in [\d.]+ Mbit\/s, out [\d.]+ Mbit\/s$/,
  );
  await expect(part(window, 'Packets per second').getByRole('slider')).toBeVisible();
  await expect(part(window, 'Top sources').getByRole('listitem').first()).toContainText(
    /198\.51\.100\.14\s*AS64500.*GB/,
  );
  await expect(part(window, 'Top sources')).toContainText('bytes');
  await expect(part(window, 'Networks').getByRole('listitem').first()).toContainText(
    /AS64500\s*Example Hosting/,
  );
  await expect(part(window, 'Countries').getByRole('listitem').first()).toContainText(/Germany.*\d+%/);
  await expect(part(window, 'Ports').getByRole('listitem').first()).toContainText(/443\s*https/);

  const rules = window.getByRole('table', { name: 'Rules' }).getByRole('row');
  await expect(rules.nth(1)).toHaveText(/Allow\s*tcp\s*198\.51\.100\.7\/32\s*22\s*ssh/);
  await expect(rules.nth(2)).toHaveText(/Allow\s*tcp\s*any source\s*443\s*https/);
  await expect(part(window, 'Address')).toContainText('1,000 Mbit/s');
  await expect(part(window, 'Address').getByRole('link', { name: 'api-prod-1' })).toBeVisible();

  await chooseAddress(window, 'db-primary');
  await expect(window.getByText('3 rules', { exact: true })).toBeVisible();
  await expect(rules.nth(3)).toHaveText(/Block\s*any protocol\s*any source\s*any port/);
});

test('shows an address that no instance has, and says where nothing is', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, sandbox.tokens.readOnly);
  await chooseAddress(window, '198.51.100.200');
  await expect(part(window, 'Address')).toContainText('None');
  await expect(part(window, 'Address')).toContainText(/Reverse DNS\s*None/);
  await expect(part(window, 'Rules')).toContainText('No rules');
});

test('a part that fails says so and leaves the others; trying again brings it', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  await sandbox.control.addFault({ endpoint: 'shield.pps', kind: 'status', status: 404 });
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, sandbox.tokens.full);

  const packets = part(window, 'Packets per second');
  await expect(packets).toContainText('This part could not be read.');
  await expect(part(window, 'Bandwidth').getByRole('slider')).toBeVisible();
  await expect(part(window, 'Ports').getByRole('listitem').first()).toBeVisible();
  await expect(window.getByRole('table', { name: 'Rules' })).toBeVisible();

  await sandbox.control.clearFaults();
  await packets.getByRole('button', { name: 'Read Packets per second again' }).click();
  await expect(packets.getByRole('slider')).toBeVisible();
});

test('names the ability that a token lacks', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, sandbox.tokens.scoped);
  await expect(window.getByRole('heading', { name: 'No access to Shield' })).toBeVisible();
  await expect(window.getByRole('combobox', { name: 'Address' })).toBeHidden();
});

test('without analytics:read the rules are there and the traffic names what it needs', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const token = await createToken(sandbox, ['instances:read', 'shield:read']);
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, token);
  await expect(window.getByRole('heading', { name: 'No access to the traffic' })).toBeVisible();
  await expect(window.getByRole('table', { name: 'Rules' })).toBeVisible();
  await expect(part(window, 'Address')).toContainText('203.0.113.42');
});

test('an error on the way is said, and trying again shows the page', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  await sandbox.control.addFault({ endpoint: 'shield.ips', kind: 'status', status: 404 });
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, sandbox.tokens.full);
  await expect(window.getByRole('heading', { name: 'Shield could not be loaded.' })).toBeVisible();
  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: 'Retry' }).click();
  await expect(window.getByRole('table', { name: 'Rules' })).toBeVisible();
});

test('says where there is no protected address', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox({ instances: 0 });
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, sandbox.tokens.full);
  await expect(window.getByRole('heading', { name: 'No protected addresses' })).toBeVisible();
});

test("an instance's page has Shield for its own addresses", async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.full);
  await instanceRow(window, 'db-primary').click();
  await window.getByRole('tab', { name: 'Shield' }).click();
  await expect(window.getByText('3 rules', { exact: true })).toBeVisible();
  await expect(part(window, 'Bandwidth').getByRole('slider')).toBeVisible();
  await expect(part(window, 'Address')).not.toContainText('Instance');
});

test('an instance without a protected address says so', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.full);
  await window.getByRole('grid', { name: 'Instances' }).getByText('Provisioning').first().click();
  await window.getByRole('tab', { name: 'Shield' }).click();
  await expect(window.getByRole('heading', { name: 'No protected address' })).toBeVisible();
});

test('what was shown stays when the traffic cannot be refreshed, and says from when it is', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await openShield(window, sandbox.tokens.full);
  await expect(part(window, 'Bandwidth').getByRole('slider')).toBeVisible();
  for (const endpoint of trafficEndpoints)
    await sandbox.control.addFault({ endpoint, kind: 'status', status: 404 });
  // Coming back asks again.
  await window.getByRole('link', { name: 'Wallet' }).click();
  await window.getByRole('link', { name: 'Shield' }).click();
  const note = window.getByRole('status').filter({ hasText: 'The traffic could not be refreshed.' });
  await expect(note).toContainText(/The data is from \d\d:\d\d\./);
  await expect(part(window, 'Bandwidth').getByRole('slider')).toBeVisible();
  await sandbox.control.clearFaults();
  await note.getByRole('button', { name: 'Retry' }).click();
  await expect(note).toBeHidden();
});

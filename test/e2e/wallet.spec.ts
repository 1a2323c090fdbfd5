import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { followOpenedLinks } from '../support/opened-links.ts';
import { enterToken, refresh, signIn } from '../support/window-steps.ts';

const openWallet = (window: Page): Promise<void> => window.getByRole('link', { name: 'Wallet' }).click();
const ledgerRows = (window: Page): Locator =>
  window.getByRole('grid', { name: 'Ledger' }).locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])');
const renewal = (window: Page, name: string): Locator =>
  window.getByRole('grid', { name: 'Renewals' }).getByRole('row').filter({ hasText: name }).first();
const choose = (window: Page, filter: string): Promise<void> =>
  window.getByRole('radiogroup', { name: 'Filter the ledger' }).getByText(filter, { exact: true }).click();

test('the ledger is filtered and searched, and leads to the instances', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await openWallet(window);

  const first = ledgerRows(window).first();
  await expect(first).toContainText('Renewal, 1 month');
  await expect(first).toContainText('-$10.00');
  await expect(first).toContainText('$52.40');
  await expect(ledgerRows(window).nth(1)).toContainText('+$50.00');

  await choose(window, 'Debits');
  await expect(first).toContainText('Debit');
  await expect(ledgerRows(window).filter({ hasText: 'Credit' })).toHaveCount(0);

  await choose(window, 'Credits');
  await expect(first).toContainText('Top-up by card');
  await expect(ledgerRows(window).filter({ hasText: 'Debit' })).toHaveCount(0);

  await choose(window, 'All');
  await window.getByRole('combobox', { name: 'Number of transactions' }).click();
  await window.getByRole('option', { name: 'Newest 50' }).click();
  await expect(window.getByText('The newest 50 transactions. There are more.')).toBeVisible();
  await window.getByRole('button', { name: 'Load all pages' }).click();
  await expect(window.getByText('There are more')).toHaveCount(0);

  const search = window.getByRole('searchbox', { name: 'Search the ledger' });
  await search.fill('refund OLD-PROXY');
  await expect(ledgerRows(window)).toHaveCount(1);
  await expect(first).toContainText('+$3.02');

  await search.fill('no such words');
  await expect(window.getByRole('heading', { name: 'No matches' })).toBeVisible();
  await window.getByRole('button', { name: 'Show all transactions' }).click();
  await expect(search).toHaveValue('');
  await first.getByRole('link', { name: 'api-prod-2' }).click();
  await expect(window.getByRole('heading', { name: 'api-prod-2' })).toBeVisible();
});

test('a low balance is called low, and money is added on the web', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  await signIn(window, sandbox);
  await openWallet(window);
  const balance = window.getByRole('region', { name: 'Balance', exact: true });
  await expect(balance).toContainText('$52.40');
  await expect(balance).not.toContainText('Low');

  await sandbox.control.setBalance(301);
  await refresh(window);
  await expect(balance).toContainText('$3.01');
  await expect(balance).toContainText('Low: below $10.00');

  const opened = await followOpenedLinks(app);
  await window.getByRole('button', { name: 'Top up on the web' }).click();
  await expect.poll(opened).toEqual(['https://evorxa.com/dashboard']);
});

test('the runway says how long the balance lasts, what comes and what it costs, and files keep it', async ({
  launch,
  startSandbox,
}, testInfo) => {
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  await signIn(window, sandbox);
  await openWallet(window);
  const balance = window.getByRole('region', { name: 'Balance', exact: true });
  await expect(balance).toContainText(/lasts until \d+ \w+/);
  await expect(balance).toContainText(
    /staging \(.+\) would be the first not to be renewed. Short by \$2.60./,
  );
  await expect(balance).toContainText(/Add \$[\d.]+ by \d+ \w+( \d{4})? to cover the next 30 days\./);
  const chart = window.getByRole('region', { name: 'Balance forecast' }).getByRole('img');
  await expect(chart).toContainText(/Add \$[\d.]+ by \d+ \w+/);
  await expect(chart).not.toContainText('-$');
  await window.getByRole('button', { name: 'What this assumes' }).click();
  await expect(window.getByText('Suspended and not renewed: 1 instance.')).toBeVisible();
  await window.keyboard.press('Escape');

  const saveAs = (name: string): Promise<string> => {
    const filePath = testInfo.outputPath(name);
    // The desktop's own dialog cannot be driven the same way everywhere; all behind it is the app's.
    return app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
      return path;
    }, filePath);
  };
  const ledgerFile = await saveAs('ledger.csv');
  await window.getByRole('searchbox', { name: 'Search the ledger' }).fill('refund');
  await window.getByRole('button', { name: 'Export CSV' }).click();
  await expect(window.getByText('Saved as ledger.csv')).toBeVisible();
  const lines = (await readFile(ledgerFile, 'utf8')).split('\r\n');
  expect(lines[0]).toMatch(/^date,kind,description,amount_usd,amount_cents,/);
  expect(lines[1]).toMatch(
    /^"\d{4}-.+Z","credit","Refund, old-proxy deleted after 12 days",3\.02,302,21\.27,2127,/,
  );
  expect(lines).toHaveLength(3);

  await window.getByRole('tab', { name: 'Renewals' }).click();
  await expect(renewal(window, 'staging')).toContainText('Short by $2.60');
  await expect(window.getByRole('grid', { name: 'Renewals' })).not.toContainText('-$');
  await expect(renewal(window, 'shop-web')).toContainText('$32.40');
  const calendarFile = await saveAs('renewals.ics');
  await window.getByRole('button', { name: 'Export calendar' }).click();
  await expect(window.getByText('Saved as renewals.ics')).toBeVisible();
  const calendar = await readFile(calendarFile, 'utf8');
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n[^]+\r\nEND:VCALENDAR\r\n$/);
  expect(calendar).toContain('SUMMARY:staging renews: $20.00\r\n');

  await window.getByRole('tab', { name: 'Costs' }).click();
  const byProject = window.getByRole('table', { name: 'Cost by project' });
  await expect(byProject.getByRole('row').filter({ hasText: 'default' })).toContainText('$81.00');
  await expectAccessible(window, 'costs');

  await sandbox.control.setBalance(1_000_000);
  await refresh(window);
  await expect(balance).toContainText('lasts more than a year');
});

test('where prices are unknown nothing is drawn, added up or promised', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  for (const endpoint of ['catalog.myPlans', 'wallet.transactions'] as const)
    await sandbox.control.addFault({ endpoint, kind: 'status', status: 403 });
  const { window } = await launch();
  await signIn(window, sandbox);
  await openWallet(window);
  const balance = window.getByRole('region', { name: 'Balance', exact: true });
  await expect(balance).toContainText('$52.40');
  await expect(balance).toContainText('lasts for an unknown time');
  await expect(balance).toContainText('The price of 14 instances is unknown.');
  const card = window.getByRole('region', { name: 'Balance forecast' });
  await expect(card).toContainText('The balance cannot be shown: the price of 14 instances is unknown.');
  await expect(card.getByRole('img')).toHaveCount(0);

  await window.getByRole('tab', { name: 'Renewals' }).click();
  await expect(renewal(window, 'shop-web')).toContainText('unknown');
  await expect(window.getByRole('grid', { name: 'Renewals' })).not.toContainText('$');
  await window.getByRole('tab', { name: 'Costs' }).click();
  for (const name of ['Cost by project', 'Cost by plan']) {
    const costs = window.getByRole('region', { name });
    await expect(costs).toContainText('unknown');
    await expect(costs).not.toContainText('$');
  }
});

test('a renewal that cannot be paid is told once, and the click shows the wallet', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  test.skip(noSessionBus !== false, String(noSessionBus));
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  expect(notifications.received()).toEqual([]);

  for (const name of ['ns1', 'ns2']) {
    await sandbox.control.patchInstance(await instanceId(sandbox, name), {
      billedTillMs: (await sandbox.control.state()).nowMs + 86_400_000,
    });
  }
  await sandbox.control.setBalance(300);
  await refresh(window);
  const { id, body } = await notifications.waitFor(({ title }) => title === '2 instances may be suspended');
  expect(body).toContain('The wallet is short by $7.00');
  await refresh(window);
  await expect(window.getByText('$3.00').first()).toBeVisible();
  notifications.click(id);
  await expect(window.getByRole('heading', { name: 'Wallet', level: 1 })).toBeVisible();
  // Low, and this: the balance fell below both limits at once.
  expect(
    notifications
      .received()
      .map(({ title }) => title)
      .sort(),
  ).toEqual(['2 instances may be suspended', 'Wallet is low: $3.00']);
});

test('a ledger that cannot be loaded says so, and comes when it is asked for again', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await sandbox.control.addFault({ endpoint: 'wallet.transactions', kind: 'status', status: 500 });
  await openWallet(window);
  await expect(window.getByText('The ledger could not be loaded.')).toBeVisible();
  await window.getByRole('tab', { name: 'Costs' }).click();
  await expect(window.getByText('Unknown: the ledger could not be loaded.')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Cost by plan' })).toContainText('$166.00');
  await window.getByRole('tab', { name: 'Ledger' }).click();

  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: 'Retry' }).click();
  await expect(ledgerRows(window).first()).toContainText('Renewal, 1 month');

  await sandbox.control.addFault({ endpoint: 'wallet.transactions', kind: 'status', status: 503 });
  await window.evaluate(() =>
    globalThis.window.evorxa.calls.watch.refresh({ kind: 'ledger', filter: 'all', limit: '200' }),
  );
  await expect(window.getByText('The ledger could not be refreshed.')).toBeVisible();
  await expect(ledgerRows(window).first()).toContainText('Renewal, 1 month');
});

test('a token without wallet:read is told which ability it lacks', async ({ launch, startSandbox }) => {
  const { apiUrl, tokens } = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: apiUrl } });
  await enterToken(window, tokens.scoped);
  await openWallet(window);
  await expect(window.getByRole('heading', { name: 'No access to the wallet' })).toBeVisible();
  await expect(window.getByText('The token lacks the ability wallet:read.')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Balance', exact: true })).toBeHidden();
  await window.getByRole('tab', { name: 'Renewals' }).click();
  await expect(renewal(window, 'shop-web')).toContainText('1 month assumed');
  await expect(renewal(window, 'shop-web')).toContainText('$20.00');
});

test('a ledger without lines says what will stand there', async ({ launch }) => {
  const newcomer = await startNewcomersApi();
  const { window } = await launch();
  await enterToken(window, '1|the-token-of-a-newcomer-0123456789', newcomer.apiUrl);
  await openWallet(window);
  await expect(window.getByRole('heading', { name: 'No transactions yet' })).toBeVisible();
  await choose(window, 'Debits');
  await expect(window.getByRole('heading', { name: 'No debits yet' })).toBeVisible();
  await window.getByRole('button', { name: 'Show all transactions' }).click();
  await expect(window.getByRole('heading', { name: 'No transactions yet' })).toBeVisible();
  newcomer.close();
});

test('axe finds nothing serious in the wallet', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  await sandbox.control.setBalance(301);
  const { window } = await launch();
  await signIn(window, sandbox);
  await openWallet(window);
  await expect(ledgerRows(window).first()).toBeVisible();
  await expectAccessible(window, 'wallet');
});

/** Evorxa for somebody who has just come: no server, and not one line in the wallet. */
async function startNewcomersApi(): Promise<{ readonly apiUrl: string; readonly close: () => void }> {
  const answers: Readonly<Record<string, unknown>> = {
    '/api/me': { user: { id: 1, name: 'New Comer', email: 'new@example.com' }, projects: [] },
    '/api/wallet/balance': { balance_cents: 0 },
  };
  const server = createServer(({ url = '' }, response) => {
    const [path = ''] = url.split('?');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answers[path] ?? { data: [] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address has a port.
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

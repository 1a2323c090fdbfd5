import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { enterToken, refresh, signIn } from '../support/window-steps.ts';

const openWallet = (window: Page): Promise<void> => window.getByRole('link', { name: 'Wallet' }).click();
const ledgerRows = (window: Page): Locator =>
  window.getByRole('grid', { name: 'Ledger' }).locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])');
const choose = (window: Page, filter: string): Promise<void> =>
  window.getByRole('radiogroup', { name: 'Filter the ledger' }).getByText(filter, { exact: true }).click();

test('the ledger is filtered and searched, and leads to the instances', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await openWallet(window);

  const first = ledgerRows(window).first();
  await expect(first).toContainText('Renewal, 1 month');
  await expect(first).toContainText('−$10.00');
  await expect(first).toContainText('$52.40');
  await expect(ledgerRows(window).nth(1)).toContainText('+$50.00');

  await choose(window, 'Debits');
  await expect(first).toContainText('Debit');
  await expect(ledgerRows(window).filter({ hasText: 'Credit' })).toHaveCount(0);

  await choose(window, 'Credits');
  await expect(first).toContainText('Top-up by card');
  await expect(ledgerRows(window).filter({ hasText: 'Debit' })).toHaveCount(0);

  const search = window.getByRole('searchbox', { name: 'Search the ledger' });
  await search.fill('refund OLD-PROXY');
  await expect(ledgerRows(window)).toHaveCount(1);
  await expect(first).toContainText('+$3.02');

  await search.fill('no such words');
  await expect(window.getByRole('heading', { name: 'No line matches' })).toBeVisible();
  await window.getByRole('button', { name: 'Show the whole ledger' }).click();
  await expect(search).toHaveValue('');
  await first.getByRole('link', { name: 'api-prod-2' }).click();
  await expect(window.getByRole('heading', { name: 'api-prod-2' })).toBeVisible();
});

test('a low balance is called low, and money is added on the web', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  await signIn(window, sandbox);
  await openWallet(window);
  const balance = window.getByRole('region', { name: 'Balance' });
  await expect(balance).toContainText('$52.40');
  await expect(balance).not.toContainText('Low');

  await sandbox.control.setBalance(301);
  await refresh(window);
  await expect(balance).toContainText('$3.01');
  await expect(balance).toContainText('Low: under $10.00');

  const opened = await app.evaluateHandle(({ shell }) => {
    const addresses: string[] = [];
    shell.openExternal = (address) => Promise.resolve(void addresses.push(address));
    return addresses;
  });
  await window.getByRole('button', { name: 'Top up on the web' }).click();
  await expect.poll(() => opened.jsonValue()).toEqual(['https://evorxa.com/dashboard']);
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
  await expect(window.getByText('Not known: the ledger could not be read.')).toBeVisible();

  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: 'Try again' }).click();
  await expect(ledgerRows(window).first()).toContainText('Renewal, 1 month');

  await sandbox.control.addFault({ endpoint: 'wallet.transactions', kind: 'status', status: 503 });
  await window.evaluate(() =>
    globalThis.window.evorxa.calls.watch.refresh({ kind: 'ledger', filter: 'all' }),
  );
  await expect(window.getByText('The ledger could not be checked.')).toBeVisible();
  await expect(ledgerRows(window).first()).toContainText('Renewal, 1 month');
});

test('a token without wallet:read is told which ability it lacks', async ({ launch, startSandbox }) => {
  const { apiUrl, tokens } = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: apiUrl } });
  await enterToken(window, tokens.scoped);
  await openWallet(window);
  await expect(window.getByRole('heading', { name: 'No access to the wallet' })).toBeVisible();
  await expect(window.getByText('The token lacks the ability wallet:read.')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Balance' })).toBeHidden();
});

test('a ledger without lines says what will stand there', async ({ launch }) => {
  const newcomer = await startNewcomersApi();
  const { window } = await launch();
  await enterToken(window, '1|the-token-of-a-newcomer-0123456789', newcomer.apiUrl);
  await openWallet(window);
  await expect(window.getByRole('heading', { name: 'No transactions yet' })).toBeVisible();
  await choose(window, 'Debits');
  await expect(window.getByRole('heading', { name: 'No debits yet' })).toBeVisible();
  await window.getByRole('button', { name: 'Show the whole ledger' }).click();
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

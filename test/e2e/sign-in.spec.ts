import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createTestAuthority } from '../support/certificates.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { expect, test } from '../support/journey.ts';
import { storedSecrets } from '../support/stored-secrets.ts';
import { createToken, revokeToken } from '../support/token-page.ts';
import { chooseForAccount, enterToken, instanceRow, refresh, signIn } from '../support/window-steps.ts';

const someToken = '8|a-token-that-nobody-gave-out-0123456789';

test.describe('a token', () => {
  test('signs in at the address of the environment, and shows whose it is', async ({
    launch,
    startSandbox,
  }) => {
    const sandbox = await startSandbox();
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(instanceRow(window, 'api-prod-1')).toContainText('Running');
    const { host } = new URL(sandbox.apiUrl);
    await expect(window.getByRole('button', { name: /^Account / })).toContainText(host);
    await expect(window.getByRole('button', { name: /^Account / })).toContainText('Jane Operator');
  });

  test('that is wrong is refused, and stays in its field', async ({ launch, startSandbox }) => {
    const { apiUrl } = await startSandbox();
    const { window } = await launch({ env: { EVORXA_API_URL: apiUrl } });
    await enterToken(window, someToken);
    await expect(window.getByText('The token was refused.')).toBeVisible();
    await expect(window.getByLabel('Token', { exact: true })).toHaveValue(someToken);
  });

  test('is asked for when there is none', async ({ launch }) => {
    const { window } = await launch();
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(window.getByText('Paste a token first.')).toBeVisible();
  });
});

test.describe('an address', () => {
  test('where nobody listens is a matter of the network', async ({ launch, startSandbox }) => {
    const { apiUrl } = await startSandbox();
    const proxy = await startFaultProxy({ origin: apiUrl });
    await proxy.setFault({ kind: 'refuse' });
    const { window } = await launch();
    await enterToken(window, someToken, proxy.url);
    await expect(window.getByText('Evorxa could not be reached.')).toBeVisible();
    await expectTyped(window, proxy.url);
    await proxy.close();
  });

  for (const kind of ['self-signed', 'expired', 'other-name'] as const) {
    test(`with a certificate that is ${kind} gets no token`, async ({ launch, startSandbox }) => {
      const { apiUrl } = await startSandbox();
      const authority = await createTestAuthority();
      const proxy = await startFaultProxy({ origin: apiUrl, tls: await authority.issue(kind) });
      const { window } = await launch({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
      await enterToken(window, someToken, proxy.url);
      await expect(
        window.getByText("The server's certificate was not accepted, so nothing was sent."),
      ).toBeVisible();
      await expectTyped(window, proxy.url);
      await proxy.close();
      await authority.close();
    });
  }

  test('of something that is not Evorxa is told apart', async ({ launch }) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to nginx</h1>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A TCP server's address has a port.
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const { window } = await launch();
    await enterToken(window, someToken, address);
    await expect(window.getByText('This address does not answer as the Evorxa API does.')).toBeVisible();
    await expectTyped(window, address);
    server.close();
  });

  test('without encryption is taken on this computer only', async ({ launch }) => {
    const { window } = await launch();
    await enterToken(window, someToken, 'http://api.example.com/api');
    await expect(window.getByRole('alert')).toBeVisible();
    await expect(window.getByLabel('API address')).toHaveAttribute('aria-invalid', 'true');
    await expectTyped(window, 'http://api.example.com/api');
  });
});

async function expectTyped(window: Page, address: string): Promise<void> {
  await expect(window.getByLabel('API address')).toHaveValue(address);
  await expect(window.getByLabel('Token', { exact: true })).toHaveValue(someToken);
}

test.describe('an account', () => {
  let userDataDir: string;
  test.beforeEach(async () => {
    userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  });
  test.afterEach(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 10 }));

  test('is signed in again after a restart, with its list at once', async ({ launch, startSandbox }) => {
    const sandbox = await startSandbox();
    const first = await launch({ userDataDir });
    await signIn(first.window, sandbox);
    await first.close();

    // Nothing of this list can come from the network.
    await sandbox.control.addFault({ endpoint: '*', kind: 'latency', latencyMs: 30_000 });
    const { window } = await launch({ userDataDir });
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
    await sandbox.control.clearFaults();
  });

  test('that is signed out leaves neither token nor list behind', async ({
    launch,
    startSandbox,
    session,
  }) => {
    test.skip(process.platform !== 'linux', 'the keyring is looked into over D-Bus, on Linux only');
    const sandbox = await startSandbox();
    const first = await launch({ userDataDir });
    await signIn(first.window, sandbox);
    await first.close();
    expect(await storedSecrets(session)).toEqual([sandbox.tokens.full]);
    expect(await readdir(join(userDataDir, 'cache'))).toContainEqual(expect.stringMatching(/\.json$/));

    const { window } = await launch({ userDataDir });
    await chooseForAccount(window, /^Sign out/);
    await window.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
    await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
    // The keychain lets go of it after the account is gone from the window.
    await expect(async () => expect(await storedSecrets(session)).toEqual([])).toPass();
    expect(await readdir(join(userDataDir, 'cache'))).toEqual([]);
  });

  test('is switched for another, each with its own instances', async ({ launch, startSandbox }) => {
    const [one, other] = await Promise.all([startSandbox(), startSandbox({ seed: 2 })]);
    const [first] = (await other.control.state()).instances;
    await other.control.patchInstance(first?.id ?? '', { name: 'only-there', hostname: 'only-there' });
    const { window } = await launch();
    await signIn(window, one);
    await chooseForAccount(window, 'Add account');
    await enterToken(window, other.tokens.full, other.apiUrl);
    await expect(instanceRow(window, 'only-there')).toBeVisible();
    await expect(instanceRow(window, 'api-prod-1')).toBeHidden();

    await chooseForAccount(window, new RegExp(new URL(one.apiUrl).host));
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
    await expect(instanceRow(window, 'only-there')).toBeHidden();
  });

  test('whose token was revoked says so and asks nothing more, while others go on', async ({
    launch,
    startSandbox,
  }) => {
    const [other, refused] = await Promise.all([startSandbox(), startSandbox()]);
    const { app, window } = await launch();
    await signIn(window, other);
    await chooseForAccount(window, 'Add account');
    await enterToken(window, refused.tokens.full, refused.apiUrl);
    const address = new RegExp(new URL(refused.apiUrl).host);
    await expect(window.getByRole('button', { name: /^Account / })).toContainText(address);
    const second = await createToken(refused);
    await revokeToken(refused, refused.tokens.full);
    await refresh(window);
    await expect(window.getByText('The token was refused.')).toBeVisible();
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();

    const askedBefore = (await refused.control.log()).length;
    await other.control.clearLog();
    // After a sleep every account that may ask does so at once.
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    await expect.poll(async () => (await other.control.log()).length).toBeGreaterThan(0);
    expect(await refused.control.log()).toHaveLength(askedBefore);

    await window.getByRole('button', { name: 'Paste a new token' }).click();
    await enterToken(window, second, refused.apiUrl);
    await expect(window.getByText('The token was refused.')).toBeHidden();
    await expect.poll(async () => (await refused.control.log()).length).toBeGreaterThan(askedBefore + 1);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { happens, instanceId } from '../support/evorxa-steps.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { startNotificationDaemon } from '../support/notification-daemon.ts';
import { instanceRow, refresh, saveSshSettings, signIn } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

/** A state has to hold for a moment before it is told. */
const settleTimeoutMs = 30_000;

test('an instance that stops by itself is told once, and the click opens it', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  expect(notifications.received()).toEqual([]);

  await happens(sandbox, 'api-prod-1', 'stopped');
  await refresh(window);
  const { id } = await notifications.waitFor(({ title }) => title === 'api-prod-1 stopped', settleTimeoutMs);
  await happens(sandbox, 'metrics', 'suspended');
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'metrics is suspended', settleTimeoutMs);
  await happens(sandbox, 'shop-web', 'failed');
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'shop-web failed', settleTimeoutMs);
  expect(notifications.received()).toHaveLength(3);

  notifications.click(id);
  await expect(window.getByRole('heading', { name: 'api-prod-1', level: 1 })).toBeVisible();
});

test('what the person asked for is no news', async ({ launch, startSandbox, notifications }) => {
  const sandbox = await startSandbox({ speed: 50 });
  const { window } = await launch();
  await signIn(window, sandbox);
  await instanceRow(window, 'staging').click({ button: 'right' });
  await window.getByRole('menuitem', { name: /^Start/ }).click();
  await expect(instanceRow(window, 'staging')).toContainText('Running');
  await happens(sandbox, 'ns1', 'stopped');
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'ns1 stopped', settleTimeoutMs);
  expect(notifications.received()).toHaveLength(1);
});

test('many at once become one that counts', async ({ launch, startSandbox, notifications }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  for (const name of ['api-prod-1', 'api-prod-2', 'ns1', 'ns2', 'metrics']) {
    await happens(sandbox, name, 'stopped');
  }
  await refresh(window);
  const { id, body } = await notifications.waitFor(
    ({ title }) => title === '5 instances changed state',
    settleTimeoutMs,
  );
  expect(body).toBe('5 stopped.');
  expect(notifications.received()).toHaveLength(1);
  notifications.click(id);
  await expect(window.getByRole('heading', { name: 'Instances', level: 1 })).toBeVisible();
});

test('a wallet that runs low is told once for each time it falls', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  const { control, ...sandbox } = await startSandbox();
  const { window } = await launch();
  await signIn(window, { control, ...sandbox });
  const told = (): number => notifications.received().filter(({ title }) => title.includes('Wallet')).length;

  await control.setBalance(900);
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'Wallet is low: $9.00');
  await control.setBalance(800);
  await refresh(window);
  await expect(window.getByRole('link', { name: /Wallet/ })).toContainText('$8.00');
  expect(told()).toBe(1);
  await control.setBalance(5000);
  await refresh(window);
  await control.setBalance(700);
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'Wallet is low: $7.00');
});

test('a new instance is told when it can be reached', async ({ launch, startSandbox, notifications }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  // What an SSH server says first (RFC 4253, 4.2).
  const shell = createServer((socket) => {
    socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_10.0\r\n');
  }).listen(0, '127.0.0.1');
  await once(shell, 'listening');
  // A TCP server's address has a port.
  const { port } = shell.address() as AddressInfo;
  const id = await instanceId(sandbox, 'build-7');
  await saveSshSettings(window, id, { host: '127.0.0.1', port, user: 'root', auth: { method: 'auto' } });

  await sandbox.control.patchInstance(id, { status: 'running', mainIp: '203.0.113.99' });
  await refresh(window);
  const { body } = await notifications.waitFor(({ title }) => title === 'build-7 is ready', settleTimeoutMs);
  expect(body).toBe('It answers on SSH at 127.0.0.1.');
  shell.close();
});

test('a restart tells nothing twice, and nothing of the time between', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  const sandbox = await startSandbox();
  const first = await launch({ userDataDir });
  await signIn(first.window, sandbox);
  await happens(sandbox, 'api-prod-1', 'stopped');
  await refresh(first.window);
  await notifications.waitFor(({ title }) => title === 'api-prod-1 stopped', settleTimeoutMs);
  await first.close();
  await happens(sandbox, 'metrics', 'suspended');

  const { window } = await launch({ userDataDir });
  await expect(instanceRow(window, 'metrics')).toContainText('Suspended');
  await happens(sandbox, 'ns1', 'stopped');
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'ns1 stopped', settleTimeoutMs);
  expect(notifications.received().map(({ title }) => title)).toEqual(['api-prod-1 stopped', 'ns1 stopped']);
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('without a notification service Settings say so, and Activity what was not shown, until one comes', async ({
  launch,
  session,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await happens(sandbox, 'api-prod-1', 'stopped');
  await refresh(window);
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText(/Not shown as a notification\./).first()).toBeVisible({
    timeout: settleTimeoutMs,
  });
  await window.getByRole('link', { name: 'Settings' }).click();
  const missing = window.getByText('Notification service', { exact: true });
  await expect(missing).toBeVisible();
  const daemon = await startNotificationDaemon(session.keyring?.busAddress);
  try {
    await expect(missing).toBeHidden();
  } finally {
    daemon.close();
  }
  await expect(missing).toBeVisible();
});

test('a notification that the desktop refuses is marked in Activity, and Settings say so until one is shown', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  notifications.refuse(true);
  await happens(sandbox, 'api-prod-1', 'stopped');
  await refresh(window);
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText(/Not shown as a notification\./)).toHaveCount(1, {
    timeout: settleTimeoutMs,
  });
  await window.getByRole('link', { name: 'Settings' }).click();
  const note = window.getByText(/the last one could not be shown/);
  await expect(note).toBeVisible();
  notifications.refuse(false);
  await happens(sandbox, 'ns1', 'stopped');
  await refresh(window);
  await notifications.waitFor(({ title }) => title === 'ns1 stopped', settleTimeoutMs);
  await window.getByRole('link', { name: 'Settings' }).click();
  await expect(note).toBeHidden();
});

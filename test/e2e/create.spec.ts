import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../support/accessibility.ts';
import { choose, createButton, creations, fillCreate, openCreate, plan } from '../support/create-steps.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { refresh, saveSshSettings, signIn } from '../support/window-steps.ts';

/** Keys of nobody: their private halves were never kept. */
const someKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICnOcfLi7CJRScYoMI19yT6iSf8Wryf/ZWlLltcaYvI3 spare';
const otherKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHCW0Iv/Zs7yn3dQ/vpnfOASyL4VJ03l8yZIO6v3pKDz second';

/** A build of the sandbox takes 20 s at its own pace. */
const buildMs = 21_000;

test('an instance is created, and followed until it answers on SSH', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await window.keyboard.press('n');
  await expect(plan(window, 'Scout 1')).toBeVisible();
  const summary = window.getByRole('complementary', { name: 'Summary' });

  // What another plan does not have is taken back, with a word.
  await window.getByRole('radiogroup', { name: 'Category' }).getByText('CPU optimized').click();
  await expect(plan(window, 'Scout 1')).toBeHidden();
  await choose(window, 'Ranger 2');
  await choose(window, 'Windows');
  await expect(summary).toContainText('Windows Server 2022');
  await window.getByRole('radiogroup', { name: 'Category' }).getByText('All').click();
  await choose(window, 'Scout 1');
  await expect(window.getByText('Windows Server 2022 is not available for this plan.')).toBeVisible();

  await choose(window, 'Yearly');
  await expect(window.getByText('Saves $9.00 (15%)')).toBeVisible();
  await expect(window.getByText('No SSH key selected.')).toBeVisible();
  await choose(window, 'Monthly');
  await fillCreate(window, 'Jörg’s web 1');
  await expect(window.getByLabel('Hostname')).toHaveValue('jorgs-web-1.server.evorxa.net');
  await window.getByRole('combobox', { name: 'Version' }).click();
  await window.getByRole('option', { name: 'Debian 12' }).click();
  for (const words of ['Jörg’s web 1', 'default', 'Monthly', 'Debian 12', '1 key'])
    await expect(summary).toContainText(words);
  const { balanceCents } = await sandbox.control.state();
  await expect(summary).toContainText(`$${((balanceCents - 500) / 100).toFixed(2)}`);
  await expectAccessible(window, 'create form');

  await createButton(window).dblclick();
  await expect(window.getByRole('heading', { name: 'Jörg’s web 1', level: 1 })).toBeVisible();
  expect(await creations(sandbox)).toBe(1);
  const steps = window.getByRole('region', { name: 'New instance' });
  await expect(steps).toContainText('Paid: done $5.00');
  await expect(steps).toContainText('Provisioning: in progress');

  // What an SSH server says first (RFC 4253, 4.2).
  const shell = createServer((socket) => {
    socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_10.0\r\n');
  }).listen(0, '127.0.0.1');
  await once(shell, 'listening');
  // A TCP server's address has a port.
  const { port } = shell.address() as AddressInfo;
  const id = await instanceId(sandbox, 'Jörg’s web 1');
  await saveSshSettings(window, id, { host: '127.0.0.1', port, user: 'root', auth: { method: 'auto' } });
  await sandbox.control.advance(buildMs);
  await refresh(window);
  await expect(steps).toContainText('Answers on SSH: done at 127.0.0.1');
  await expectAccessible(window, 'new instance');
  await steps.getByRole('button', { name: 'Open a shell' }).click();
  await expect(window.getByRole('tab', { name: /Jörg/ })).toBeVisible();
  shell.close();
});

test('what is wrong is marked, here or by Evorxa, and what was typed stays, also across a restart', async ({
  launch,
  startSandbox,
}) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  const sandbox = await startSandbox();
  const first = await launch({ userDataDir });
  await signIn(first.window, sandbox);
  await openCreate(first.window);
  await first.window.getByRole('button', { name: 'Create instance' }).click();
  for (const sentence of ['Choose a plan.', 'Enter a name.']) {
    await expect(first.window.getByText(sentence)).toBeVisible();
  }
  await expectAccessible(first.window, 'create form with problems');
  await fillCreate(first.window, 'web-1');
  await first.window.getByLabel('Hostname').fill('web_1');
  await first.window.getByLabel('Hostname').press('Enter');
  await expect(first.window.getByText(/letters a to z, digits, hyphens/)).toBeVisible();
  await first.window.getByLabel('Hostname').fill('web-1.example.com');
  expect(await creations(sandbox)).toBe(0);
  // Leaving the page keeps it.
  await first.window.getByRole('link', { name: 'Wallet' }).click();
  await expect(first.window.getByRole('heading', { name: 'Wallet', level: 1 })).toBeVisible();
  await first.window.getByRole('link', { name: 'Instances' }).click();
  await openCreate(first.window);
  await expect(first.window.getByLabel('Hostname')).toHaveValue('web-1.example.com');

  // A key that is added on the spot is chosen.
  await first.window.getByRole('button', { name: 'Add key' }).click();
  const dialog = first.window.getByRole('alertdialog', { name: 'Add an SSH key' });
  await dialog.getByLabel('Public key').fill(someKey);
  await dialog.getByLabel('Name', { exact: true }).fill('spare');
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(first.window.getByRole('checkbox', { name: /^spare/ })).toBeChecked();
  // Also where the list could not be read again meanwhile, and comes later.
  await first.window.getByRole('button', { name: 'Add key' }).click();
  await dialog.getByLabel('Public key').fill(otherKey);
  await dialog.getByLabel('Name', { exact: true }).fill('second');
  await sandbox.control.addFault({ endpoint: 'keys.list', kind: 'status', status: 404 });
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog).toBeHidden();
  await sandbox.control.clearFaults();
  await first.window.evaluate(() => globalThis.window.evorxa.calls.watch.refresh({ kind: 'ssh-keys' }));
  await expect(first.window.getByRole('checkbox', { name: /^second/ })).toBeChecked();
  await first.window.getByRole('link', { name: 'Wallet' }).click();
  await first.close();

  const { window } = await launch({ userDataDir });
  await openCreate(window);
  await expect(plan(window, 'Scout 1')).toBeChecked();
  await expect(window.getByLabel('Name', { exact: true })).toHaveValue('web-1');
  await expect(window.getByLabel('Hostname')).toHaveValue('web-1.example.com');
  await expect(window.getByRole('checkbox', { name: /^jane@laptop/ })).toBeChecked();
  await expect(window.getByRole('complementary', { name: 'Summary' })).toContainText('Debian 13');

  await sandbox.control.addFault({
    endpoint: 'instances.create',
    kind: 'status',
    status: 422,
    message: 'The hostname has already been taken.',
    times: 1,
    errors: { hostname: ['The hostname has already been taken.'], ssh_key_ids: ['A key was removed.'] },
  });
  await createButton(window).click();
  await expect(window.getByLabel('Hostname')).toHaveAccessibleDescription(/already been taken/);
  await expect(window.getByRole('group', { name: 'SSH keys' })).toHaveAccessibleDescription(
    'A key was removed.',
  );
  await expect(window.getByLabel('Name', { exact: true })).toHaveValue('web-1');
  await window.getByLabel('Hostname').fill('web-2.example.com');
  await expect(window.getByLabel('Hostname')).not.toHaveAccessibleDescription(/already been taken/);
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('a wallet that is too low keeps the draft, and tells once when it can pay', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  test.skip(noSessionBus !== false, String(noSessionBus));
  const sandbox = await startSandbox();
  await sandbox.control.setBalance(300);
  const { window } = await launch();
  await signIn(window, sandbox);
  await openCreate(window);
  await fillCreate(window, 'web-1');
  await expect(window.getByText('The wallet is short by $2.00.')).toBeVisible();
  await createButton(window).click();
  await expect(window.getByText('The balance of $3.00 is too low for this.')).toBeVisible();
  await expect(window.getByLabel('Name', { exact: true })).toHaveValue('web-1');
  await expectAccessible(window, 'create form, too little money');
  await window.getByRole('button', { name: 'Notify me when the wallet can pay for it' }).click();
  await expect(window.getByText('You will be notified when the wallet holds $5.00.')).toBeVisible();

  await window.getByRole('link', { name: 'Wallet' }).click();
  await sandbox.control.setBalance(1200);
  await refresh(window);
  const { id, body } = await notifications.waitFor(({ title }) => title.startsWith('The wallet can pay'));
  expect(body).toContain('It holds $12.00, $5.00 is needed.');
  await refresh(window);
  notifications.click(id);
  await expect(window.getByLabel('Name', { exact: true })).toHaveValue('web-1');
  await expect(window.getByRole('button', { name: 'Notify me when the wallet can pay for it' })).toBeHidden();
  // Nothing was sent by itself.
  expect(await creations(sandbox)).toBe(1);
  expect(notifications.received().filter(({ title }) => title.startsWith('The wallet can'))).toHaveLength(1);
});

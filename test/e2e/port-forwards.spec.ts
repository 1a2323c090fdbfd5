import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { followOpenedLinks } from '../support/opened-links.ts';
import { signInToShell } from '../support/shell-steps.ts';
import { makeKey, publicKeyOf, sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import {
  askDeletion,
  openSystem,
  chooseForAccount,
  openInstance,
  saveSshSettings,
  setSize,
  signIn,
} from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
let servers: Server[] = [];
test.beforeEach(async () => {
  sshd = await startSshd();
});
test.afterEach(async () => {
  for (const server of servers) server.close();
  servers = [];
  await sshd.stop();
});

/** A server on this machine, which is also the instance. */
async function serve(what: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    what(socket);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** What a port says first; empty where nobody listens. */
async function heard(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.once('close', () => resolve(''));
    socket.once('error', () => resolve(''));
  });
}

const row = (window: Page, name: string): Locator =>
  window.getByRole('table', { name: 'Port forwards' }).getByRole('row').filter({ hasText: name });
const portSwitch = (window: Page, name: string): Locator =>
  window.getByRole('switch', { name: `Port forward ${name}` });

interface Typed {
  readonly name: string;
  readonly type?: string;
  readonly port: string;
  readonly to?: number;
  readonly startsWithApp?: boolean;
}

async function addForward(
  window: Page,
  { name, type = 'Local', port, to, startsWithApp = false }: Typed,
): Promise<void> {
  await window.getByRole('button', { name: 'Forward a port' }).click();
  const form = window.getByRole('alertdialog', { name: 'Forward a port' });
  if (type !== 'Local') {
    await form.getByLabel('Type').click();
    await window.getByRole('option', { name: type }).click();
  }
  if (to !== undefined) {
    await form.getByLabel('Destination host').fill('127.0.0.1');
    await form.getByLabel('Destination port').fill(String(to));
  }
  await form.getByLabel(/^Port on /).fill(port);
  await form.getByLabel('Name').fill(name);
  if (startsWithApp) await form.getByLabel('Switch on when the app starts').check();
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form).toHaveCount(0);
}

/** The port that a row says is open. */
async function openedPort(window: Page, name: string): Promise<number> {
  await expect(row(window, name)).toContainText('On');
  const label = await row(window, name)
    .getByRole('button', { name: /^Copy address/ })
    .getAttribute('aria-label');
  return Number(label?.split(':').at(-1));
}

test('ports of an instance are forwarded, lost, brought back, and gone with the account', async ({
  launch,
  startSandbox,
}, info) => {
  test.setTimeout(300_000);
  const there = await serve((socket) => socket.write('postgres here'));
  const here = await serve((socket) => socket.write('laptop here'));
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  const opened = await followOpenedLinks(app);
  await signIn(window, sandbox);
  const { host, port, user } = sshd;
  const auth = { method: 'password' } as const;
  await saveSshSettings(window, await instanceId(sandbox, 'api-prod-1'), { host, port, user, auth });
  await openInstance(window, 'api-prod-1');
  await window.getByRole('tab', { name: 'Ports' }).click();
  await expect(window.getByText('No port forwards yet')).toBeVisible();

  const pictures = async (name: string): Promise<void> => {
    for (const [theme, width, height] of [
      ['dark', 1280, 800],
      ['light', 900, 600],
    ] as const) {
      await window.emulateMedia({ colorScheme: theme });
      await setSize(app, width, height);
      await window.screenshot({ path: info.outputPath(`${name}-${theme}-${width}.png`) });
    }
    await setSize(app, 1280, 800);
  };
  await pictures('empty');

  // What is wrong is said at its field.
  await window.getByRole('button', { name: 'Forward a port' }).click();
  const form = window.getByRole('alertdialog', { name: 'Forward a port' });
  await form.getByLabel('Destination port').fill('99999');
  await form.getByLabel('Listen on').click();
  await window.getByRole('option', { name: '0.0.0.0' }).click();
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form).toContainText('Enter a port from 1 to 65535.');
  await expect(form).toContainText('Reachable from other computers in your network');
  await pictures('form');
  await expectAccessible(window, 'Forward a port');
  await form.getByRole('button', { name: 'Cancel' }).click();

  await addForward(window, { name: 'Postgres', port: '0', to: there });
  await expect(row(window, 'Postgres')).toContainText('Off');
  await portSwitch(window, 'Postgres').click();
  await expect(window.getByRole('button', { name: 'Trust and connect' })).toBeVisible();
  await pictures('host-key');
  await signInToShell(window, sshd.password);
  const local = await openedPort(window, 'Postgres');
  expect(await heard(local)).toBe('postgres here');
  await expect(row(window, 'Postgres')).toContainText('0 open of 1 connection');

  // Another one shares the connection: nobody is asked again.
  await addForward(window, { name: 'Proxy', type: 'Dynamic', port: '0' });
  await portSwitch(window, 'Proxy').click();
  await expect(row(window, 'Proxy')).toContainText('On');
  await addForward(window, { name: 'Back', type: 'Remote', port: '0', to: here });
  await portSwitch(window, 'Back').click();
  expect(await heard(await openedPort(window, 'Back'))).toBe('laptop here');
  const taken = await serve(() => undefined);
  await addForward(window, { name: 'Taken', port: String(taken), to: there });
  await portSwitch(window, 'Taken').click();
  await expect(row(window, 'Taken')).toContainText(
    `Port ${taken} of this computer is in use by another program.`,
  );
  await expect(portSwitch(window, 'Taken')).not.toBeChecked();
  await pictures('on');

  await row(window, 'Postgres').getByRole('button', { name: 'Open Postgres in the browser' }).click();
  await expect.poll(opened).toEqual([`http://127.0.0.1:${local}/`]);

  // The link breaks: no port is open until it is back, and then the same ones are.
  await sshd.kill();
  await expect(row(window, 'Postgres')).toContainText('Reconnecting');
  expect(await heard(local)).toBe('');
  await pictures('waiting');
  const former = sshd;
  sshd = await startSshd({ port: former.port });
  await former.stop();
  await saveSshSettings(window, await instanceId(sandbox, 'api-prod-1'), {
    host,
    port,
    user: sshd.user,
    auth,
  });
  // It has another host key now, and that stops it.
  await expect(window.getByText(/The host key of .* has changed/).first()).toBeVisible({ timeout: 90_000 });
  await expect(row(window, 'Postgres')).toContainText('Failed');
  await pictures('changed-key');
  await window.getByRole('button', { name: 'Forget the old key' }).click();
  await portSwitch(window, 'Postgres').click();
  await signInToShell(window, sshd.password);
  expect(await heard(await openedPort(window, 'Postgres'))).toBe('postgres here');

  // All of the account are on one page, and switched by the palette.
  await window.keyboard.press('Control+K');
  await window.getByPlaceholder('Search instances, actions and pages').fill('switch off postgres');
  await window.keyboard.press('Enter');
  await expect(row(window, 'Postgres')).toContainText('Off');
  await window.getByRole('link', { name: 'Ports' }).click();
  await expect(row(window, 'Postgres')).toContainText('api-prod-1');
  await portSwitch(window, 'Postgres').click();
  await signInAgain(window, sshd.password);
  const again = await openedPort(window, 'Postgres');
  await pictures('page');
  await expectAccessible(window, 'Ports');

  await row(window, 'Back').getByRole('button', { name: 'Delete Back' }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(row(window, 'Back')).toHaveCount(0);

  await chooseForAccount(window, /^Sign out/);
  await window
    .getByRole('alertdialog')
    .getByRole('button', { name: /Sign out/ })
    .click();
  await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  await expect.poll(() => heard(again)).toBe('');
});

/** The key is known now; the password was typed for a connection that is over. */
async function signInAgain(window: Page, password: string): Promise<void> {
  await window.getByLabel('Password', { exact: true }).fill(password);
  await window.getByRole('button', { name: 'Continue' }).click();
}

/** What leads to the instance's sshd, and can be cut. */
async function relayTo(port: number): Promise<{ readonly port: number; cut(): void; mend(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(port, '127.0.0.1');
    for (const each of [socket, onward]) {
      sockets.add(each);
      each.on('error', () => undefined);
    }
    socket.pipe(onward).pipe(socket);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    cut: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
    mend: async () => {
      server.listen(own, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

test('a lost link is made again by itself with the same ports, and so at the next start, until the instance is deleted', async ({
  launch,
  startSandbox,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'forward-key-'));
  const key = makeKey(folder, 'ed25519');
  const own = await startSshd({ authorizedKeys: [publicKeyOf(key)] });
  const relay = await relayTo(own.port);
  const there = await serve((socket) => socket.write('postgres here'));
  const sandbox = await startSandbox();
  const first = await launch();
  await signIn(first.window, sandbox);
  const id = await instanceId(sandbox, 'api-prod-1');
  await saveSshSettings(first.window, id, {
    host: '127.0.0.1',
    port: relay.port,
    user: own.user,
    auth: { method: 'key-file', path: key },
  });
  await openInstance(first.window, 'api-prod-1');
  await first.window.getByRole('tab', { name: 'Ports' }).click();
  await addForward(first.window, { name: 'Postgres', port: '0', to: there, startsWithApp: true });
  await expect(row(first.window, 'Postgres')).toContainText('Off');
  await portSwitch(first.window, 'Postgres').click();
  await first.window.getByRole('button', { name: 'Trust and connect' }).click();
  const local = await openedPort(first.window, 'Postgres');
  expect(await heard(local)).toBe('postgres here');

  relay.cut();
  await expect(row(first.window, 'Postgres')).toContainText('Reconnecting');
  expect(await heard(local)).toBe('');
  await relay.mend();
  expect(await openedPort(first.window, 'Postgres')).toBe(local);
  expect(await heard(local)).toBe('postgres here');
  await first.app.close();
  expect(await heard(local)).toBe('');

  const { window } = await launch({ userDataDir: first.userDataDir });
  await window.getByRole('link', { name: 'Ports' }).click();
  const again = await openedPort(window, 'Postgres');
  expect(await heard(again)).toBe('postgres here');
  await openSystem(window, 'api-prod-1');
  await askDeletion(window, 'api-prod-1', /Now/);
  await expect.poll(() => heard(again), { timeout: 60_000 }).toBe('');
  await window.getByRole('link', { name: 'Ports' }).click();
  await expect(window.getByText('No port forwards yet')).toBeVisible();
  await own.stop();
  rmSync(folder, { recursive: true, force: true });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { findCanary, type CanaryHit, type CanaryPlaces } from '../support/canary.ts';
import { instanceId, powerRequests } from '../support/evorxa-steps.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { createToken } from '../support/token-page.ts';
import {
  addWriteToken,
  chooseForInstance,
  instanceRow,
  saveSshSettings,
  signIn,
} from '../support/window-steps.ts';

test.skip(noSessionBus !== false, 'processes are searched through /proc, on Linux only');

test('the tokens are nowhere but in main and the keychain', async ({ launch, startSandbox }) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  const sandbox = await startSandbox({ sshHosts: true, speed: 5 });
  const token = sandbox.tokens.full;
  const writeToken = await createToken(sandbox);
  const search = async (app: ElectronApplication, window: Page): Promise<unknown> =>
    findCanaries([token, writeToken], {
      folders: [userDataDir],
      pids: [app.process().pid ?? 0],
      memoryOf: await rendererPids(app),
      heap: await window.context().newCDPSession(window),
    });

  const first = await launch({ userDataDir });
  await signIn(first.window, sandbox);
  await addWriteToken(first.window, writeToken);
  await first.window.getByRole('link', { name: 'Instances' }).click();
  await chooseForInstance(first.window, 'ns1', /^Restart/);
  await first.window.getByRole('button', { name: 'Restart ns1' }).click();
  await expect.poll(() => powerRequests(sandbox)).toBe(1);
  const id = await instanceId(sandbox, 'api-prod-1');
  const { host, port, user } = sandbox.connections.find(({ instanceId: each }) => each === id) ?? {};
  await saveSshSettings(first.window, id, {
    host: host ?? null,
    port: port ?? 22,
    user: user ?? 'root',
    auth: { method: 'password' },
  });
  await chooseForInstance(first.window, 'api-prod-1', /^SSH/);
  await first.window.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(first.window.getByLabel('Password', { exact: true })).toBeVisible();
  // What was typed stays in the page's memory for as long as its field's; the page is made again to drop it.
  await first.window.reload();
  await expect(instanceRow(first.window, 'api-prod-1')).toBeVisible();
  await first.close();
  expect(await findCanaries([token, writeToken], { folders: [userDataDir] })).toEqual([]);

  const { app, window } = await launch({ userDataDir });
  await expect(instanceRow(window, 'ns1')).toBeVisible();
  // The write token comes out of the keychain for this, and goes again.
  await chooseForInstance(window, 'api-prod-2', /^Restart/);
  await window.getByRole('button', { name: 'Restart api-prod-2' }).click();
  await expect.poll(() => powerRequests(sandbox)).toBe(2);
  expect(await search(app, window)).toEqual([]);
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

async function findCanaries(secrets: readonly string[], places: CanaryPlaces): Promise<readonly CanaryHit[]> {
  const hits: CanaryHit[] = [];
  for (const secret of secrets) hits.push(...(await findCanary(secret, places)));
  return hits;
}

function rendererPids(app: ElectronApplication): Promise<number[]> {
  return app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
  );
}

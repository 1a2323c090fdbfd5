import { mkdir } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { openCamera, type Camera } from '../support/camera.ts';
import { launchApp } from '../support/launch.ts';
import { startSandboxProcess, type RunningSandbox } from '../support/sandbox-runner.ts';
import { openTestSession } from '../support/session.ts';
import { enterToken, instanceRow, openInstance } from '../support/window-steps.ts';

/** The pages of the sidebar, as their links and headings name them. */
const pages = ['Shield', 'WAF', 'Agent', 'Wallet', 'Activity', 'Ports', 'SSH keys', 'API tokens'] as const;

type Fault = Parameters<RunningSandbox['control']['addFault']>[0];

const failing: Fault = { endpoint: '*', kind: 'status', status: 500 };
/** Longer than the pictures take. */
const loading: Fault = { endpoint: '*', kind: 'latency', latencyMs: 120_000 };

/** The pages without anything to show, while it is loaded, when it fails, with parts missing, with a refused token. */
export async function takeStates(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await withAccount(folder, { instances: 0 }, async ({ window, camera, sandbox }) => {
    await removeKeys(sandbox);
    await removeApps(sandbox);
    await expect(window.getByRole('heading', { name: 'No instances yet' })).toBeVisible();
    await camera.take('empty-instances');
    for (const page of pages) await takePage(window, camera, 'empty', page);
  });
  for (const [state, fault] of [
    ['failing', failing],
    ['loading', loading],
  ] as const) {
    await withAccount(folder, {}, async ({ window, camera, sandbox }) => {
      await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
      await sandbox.control.addFault(fault);
      for (const page of pages) await takePage(window, camera, state, page);
      await window.getByRole('link', { name: /^Instances/ }).click();
      await openInstance(window, 'db-primary');
      if (state === 'failing')
        await expect(window.getByText('The metrics could not be loaded.')).toBeVisible();
      await camera.take(`${state}-instance`);
      await window
        .getByRole('button', { name: 'Create instance' })
        .or(window.getByRole('tab', { name: 'Plan & system' }))
        .first()
        .click();
      await isSettled(window, state);
      await camera.take(`${state}-instance-system`);
    });
  }
  await withAccount(folder, {}, async ({ window, camera, sandbox }) => {
    for (const endpoint of ['shield.ips', 'keys.list', 'wallet.transactions'] as const)
      await sandbox.control.addFault({ endpoint, kind: 'drift', drift: 'bad-row' });
    for (const page of ['Shield', 'SSH keys', 'Wallet'] as const)
      await takePage(window, camera, 'gaps', page);
    await sandbox.control.addFault({ endpoint: '*', kind: 'status', status: 401 });
    await window.evaluate(() => globalThis.window.evorxa.calls.snapshot.refresh(undefined));
    await expect(window.getByText('The token was refused.')).toBeVisible();
    await takePage(window, camera, 'refused', 'API tokens');
    await window.getByRole('link', { name: /^Instances/ }).click();
    await camera.take('refused-instances');
  });
}

interface Account {
  readonly window: Page;
  readonly camera: Camera;
  readonly sandbox: RunningSandbox;
}

async function withAccount(
  folder: string,
  options: { readonly instances?: number },
  run: (account: Account) => Promise<void>,
): Promise<void> {
  const session = await openTestSession();
  const sandbox = await startSandboxProcess({ sshHosts: false, ...options });
  try {
    const launched = await launchApp(session, { env: { EVORXA_API_URL: sandbox.apiUrl } });
    try {
      const { app, window } = launched;
      const camera = await openCamera(app, window, folder, true);
      await enterToken(window, sandbox.tokens.full);
      await run({ window, camera, sandbox });
    } finally {
      await launched.close();
    }
  } finally {
    await sandbox.close();
    await session.close();
  }
}

/** Leaves the account without SSH keys: one that was just opened has none. */
async function removeKeys({ apiUrl, tokens }: RunningSandbox): Promise<void> {
  const headers = { authorization: `Bearer ${tokens.full}` };
  const answer = await fetch(`${apiUrl}/ssh-keys`, { headers });
  const keys = (await answer.json()) as readonly { readonly id: number }[];
  for (const { id } of keys) await fetch(`${apiUrl}/ssh-keys/${id}`, { method: 'DELETE', headers });
}

/** Leaves the account without WAF apps, which it has though it has no instances. */
async function removeApps({ apiUrl, tokens }: RunningSandbox): Promise<void> {
  const headers = { authorization: `Bearer ${tokens.full}` };
  for (const id of [71, 72, 73]) await fetch(`${apiUrl}/shield/waf/${id}`, { method: 'DELETE', headers });
}

/** Nothing in view is still being loaded, also not tried again, unless that is what the picture is of. */
async function isSettled(window: Page, state: string): Promise<void> {
  if (state === 'loading') return;
  await expect(window.locator('[role=status] .visually-hidden', { hasText: / loading$/ })).toHaveCount(0);
}

async function takePage(window: Page, camera: Camera, state: string, page: string): Promise<void> {
  await window.getByRole('link', { name: new RegExp(`^${page}`) }).click();
  await expect(window.getByRole('heading', { name: page, level: 1 })).toBeVisible();
  await isSettled(window, state);
  await camera.take(`${state}-${page.toLowerCase().replace(' ', '-')}`);
}

import { expect, type Page } from '@playwright/test';
import { instanceId } from './evorxa-steps.ts';
import type { RunningSandbox } from './sandbox-runner.ts';
import type { Sshd } from './sshd.ts';
import { chooseForInstance, saveSshSettings, signIn, terminalRows, typeLine } from './window-steps.ts';

/** Saves that api-prod-1 is reached at this sshd, signs in to the sandbox where nobody is, and opens a shell on it. */
export async function connectTo(
  window: Page,
  sandbox: RunningSandbox,
  { host, port, user }: Sshd,
  auth: Parameters<typeof saveSshSettings>[2]['auth'],
): Promise<void> {
  const isSignedIn = await window.getByRole('navigation', { name: 'Pages' }).isVisible();
  if (!isSignedIn) await signIn(window, sandbox);
  await saveSshSettings(window, await instanceId(sandbox, 'api-prod-1'), { host, port, user, auth });
  await chooseForInstance(window, 'api-prod-1', /^SSH/);
}

/** Waits for api-prod-1's shell and has it answer. */
export async function expectShell(window: Page): Promise<void> {
  await expect(window.getByRole('tab', { name: /api-prod-1 ?, open\b/ })).toBeVisible();
  await expect(terminalRows(window)).toContainText('$');
  await expect(window.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
  await typeLine(window, 'echo "it"-"works"');
  await expect(terminalRows(window)).toContainText('it-works');
}

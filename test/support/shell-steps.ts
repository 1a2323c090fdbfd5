import { expect, type Locator, type Page } from '@playwright/test';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { RunningSandbox } from './sandbox-runner.ts';
import { chooseForInstance } from './window-steps.ts';

/** Where a shell on an instance leads in a test. */
export interface ShellAddress {
  readonly port: number;
  readonly user?: string;
}

/** Points the connection of the server of this name to 127.0.0.1, password only, and opens a shell by its button. */
export async function openShellAt(
  page: Page,
  sandbox: RunningSandbox,
  name: string,
  { port, user = 'root' }: ShellAddress,
): Promise<void> {
  const { instances } = await sandbox.control.state();
  const instanceId = instances.find((instance) => instance.name === name)?.id as InstanceId | undefined;
  if (instanceId === undefined) throw new Error(`The sandbox has no ${name}.`);
  const saved = await page.evaluate(
    ([id, connection]) =>
      window.evorxa.calls.terminal.saveSettings({
        instanceId: id,
        settings: { host: '127.0.0.1', auth: { method: 'password' }, ...connection },
      }),
    [instanceId, { port, user }] as const,
  );
  expect(saved).toEqual({ ok: true, value: undefined });
  await chooseForInstance(page, name, /^SSH/);
}

/** Trusts the host key and types the password, as asked. */
export async function signInToShell(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** The line over the terminal in front: the phase while it connects, the reason when it has ended. */
export function sessionLine(page: Page): Locator {
  return page.getByRole('tabpanel').getByRole('status');
}

/** Counts how often a session ended, as main says it, from now on. */
export async function countEnds(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const ends: number[] = [];
    Object.assign(window, { sessionEnds: ends });
    window.evorxa.calls.terminal.changed((sessions) => {
      for (const { state, sinceMs } of sessions)
        if (state.phase === 'ended' && !ends.includes(sinceMs)) ends.push(sinceMs);
    });
  });
  return () => page.evaluate(() => (window as unknown as { sessionEnds: number[] }).sessionEnds.length);
}

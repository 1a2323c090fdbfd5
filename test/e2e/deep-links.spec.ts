import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { signIn, terminalRows } from '../support/window-steps.ts';

test('a link asks before it connects, and a link that leads nowhere says so', async ({
  start,
  launch,
  startSandbox,
}, testInfo) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  const sandbox = await startSandbox({ sshHosts: true });
  const { window } = await launch({ userDataDir });
  await signIn(window, sandbox);
  const id = await instanceId(sandbox, 'api-prod-1');
  /** As the system does it: a second start, which ends at once. */
  const open = (link: string): Promise<unknown> =>
    start({ userDataDir, args: [link] }).catch(() => undefined);

  await open(`evorxa://instance/${id}/ssh`);
  const question = window.getByRole('alertdialog', { name: 'Open SSH on api-prod-1?' });
  await expect(question).toContainText('A link that was opened outside of Evorxa asks for this.');
  await window.screenshot({ path: testInfo.outputPath('link.png') });
  await expect(terminalRows(window)).toHaveCount(0);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(window.getByRole('heading', { name: 'api-prod-1', level: 1 })).toBeVisible();

  await open(`evorxa://instance/${id}/ssh`);
  await question.getByRole('button', { name: 'Open SSH' }).click();
  await expect(window.getByRole('tab', { name: /api-prod-1/ })).toBeVisible();

  await open('evorxa://instance/999999/ssh');
  await expect(window.getByText('This instance is not in this account')).toBeVisible();
  await expect(window.getByRole('alertdialog')).toHaveCount(0);
  await open('evorxa://instance/1/delete');
  await expect(window.getByText('This link leads nowhere in Evorxa.')).toBeVisible();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

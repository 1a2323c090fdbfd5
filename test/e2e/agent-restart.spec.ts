import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAgent } from '../support/agent-steps.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { instanceRow, signIn } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

/** An answer behind which nothing came for 20 s was the last one. */
const foundTimeoutMs = 60_000;

test('a turn that was under way when the app ended is told when it ends, and its message is sent once', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  test.slow();
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  const { control, ...sandbox } = await startSandbox();
  const chats = async (): Promise<number> =>
    (await control.log()).filter(({ endpoint }) => endpoint === 'agent.chat').length;
  const isAtWork = async (): Promise<boolean> =>
    (await control.state()).instances.some(({ agentAtWork }) => agentAtWork);

  const first = await launch({ userDataDir });
  await signIn(first.window, { control, ...sandbox });
  await openAgent(first.window, 'api-prod-1');
  await control.hold(true);
  await first.window.getByRole('button', { name: 'New conversation' }).click();
  const box = first.window.getByRole('textbox', { name: /^Message to the agent/ });
  await box.fill('Why was CPU high at 14:02?');
  await box.press('Enter');
  await expect.poll(isAtWork).toBe(true);
  await first.window.getByRole('link', { name: 'Instances' }).click();
  await first.close();
  expect(notifications.received()).toEqual([]);

  const { window } = await launch({ userDataDir });
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  expect(await isAtWork()).toBe(true);
  await control.hold(false);
  await control.advance(20_000);
  await expect.poll(isAtWork).toBe(false);
  const { id, body } = await notifications.waitFor(
    ({ title }) => title === 'The agent finished on api-prod-1',
    foundTimeoutMs,
  );
  expect(body).toMatch(/^It took .* and cost \$0\.\d\d\.$/);
  expect(notifications.received()).toHaveLength(1);
  expect(await chats()).toBe(1);

  notifications.click(id);
  const transcript = window.getByRole('region', { name: 'Transcript' });
  await expect(transcript.getByText('Load is back to normal.')).toBeVisible();
  await expect(transcript.getByText('Why was CPU high at 14:02?')).toHaveCount(1);
  expect(await chats()).toBe(1);
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

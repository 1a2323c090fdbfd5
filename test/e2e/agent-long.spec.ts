import { openAgent, sendToAgent } from '../support/agent-steps.ts';
import { expect, test } from '../support/journey.ts';
import { signIn } from '../support/window-steps.ts';

test('a turn of 200 commands with 20 MB of output opens, its last call unfolds, and a search finds the first', async ({
  launch,
  startSandbox,
}) => {
  test.slow();
  const sandbox = await startSandbox();
  const { control } = sandbox;
  await control.setCredits(100_000);
  const { window } = await launch();
  await signIn(window, sandbox);
  await openAgent(window, 'api-prod-2');
  await control.hold(true);
  await sendToAgent(window, 'Read every log of this instance');
  const isAtWork = async (): Promise<boolean> =>
    (await control.state()).instances.some(({ agentAtWork }) => agentAtWork);
  await expect.poll(isAtWork).toBe(true);
  await control.hold(false);
  await control.advance(80_000);
  const transcript = window.getByRole('region', { name: 'Transcript' });
  await expect(transcript.getByText(/^I have read all 200 logs/)).toBeVisible({ timeout: 60_000 });
  await expect(transcript.getByText(/Done in/)).toBeInViewport({ timeout: 60_000 });

  const calls = transcript.locator('button[aria-expanded]', { hasText: 'zcat' });
  const last = calls.filter({ hasText: 'app-200.log.gz' });
  await expect(last).toContainText('1,000 lines');
  await last.click();
  await expect(transcript.getByText('app-200 line 0 request 0 ')).toBeVisible();
  await transcript.getByRole('button', { name: 'Show all 1,000 lines' }).click();
  await expect(transcript.getByText('app-200 line 999 request')).toBeAttached();
  // Not all of them are in the page.
  expect(await calls.count()).toBeLessThan(100);

  await transcript.press('Home');
  await expect(calls.filter({ hasText: 'app-001.log.gz' })).toBeInViewport();
  await window.getByRole('button', { name: 'Jump to latest' }).click();
  await expect(last).toBeVisible();

  // Far behind what crossed of its output.
  await window.getByRole('button', { name: 'Conversation actions' }).click();
  await window.getByRole('menuitem', { name: 'Search this conversation' }).click();
  await window.getByRole('searchbox', { name: 'Search this conversation' }).fill('app-001 line 997');
  await expect(window.getByText('1 match', { exact: true })).toBeVisible();
  expect((await control.log()).filter(({ endpoint }) => endpoint === 'agent.chat')).toHaveLength(1);
});

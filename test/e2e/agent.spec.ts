import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { choosing, messageBox, openAgent, sendToAgent } from '../support/agent-steps.ts';
import { expect, test } from '../support/journey.ts';
import { followOpenedLinks } from '../support/opened-links.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { enterToken, instanceRow, setSize, signIn } from '../support/window-steps.ts';

const prompt = 'Why was CPU high at 14:02?';
const lastWords = 'Load is back to normal.';

const transcript = (window: Page): Locator => window.getByRole('region', { name: 'Transcript' });
const conversations = (window: Page): Locator => window.getByRole('navigation', { name: 'Conversations' });
/** The lines of tool calls; other buttons of a transcript do not fold. */
const toolCalls = (window: Page): Locator => transcript(window).locator('button[aria-expanded]');

/** Sends a message, and holds Evorxa's time from before the agent's first word. */
async function sendHeld(window: Page, { control }: RunningSandbox, message: string): Promise<void> {
  await control.hold(true);
  await sendToAgent(window, message);
  const isAtWork = async (): Promise<boolean> =>
    (await control.state()).instances.some(({ agentAtWork }) => agentAtWork);
  await expect.poll(isAtWork).toBe(true);
}

/** From a turn's begin: to its first call, from there to its last, and from there to its end. */
const toFirstCallMs = 1_100;
const toLastCallMs = 7_000;
const toEndMs = 5_000;

test('a turn shows each tool call while it runs, then its cost', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await openAgent(window, 'api-prod-1');
  await expect(window.getByText('Credits $12.40 (incl. $5.00 trial)')).toBeVisible();
  await window.getByRole('button', { name: 'New conversation' }).click();
  await expect(window.getByText(/runs commands as root, without asking first/)).toBeVisible();
  await expect(messageBox(window)).toBeFocused();

  await sendHeld(window, sandbox, prompt);
  await expect(transcript(window).getByText(prompt)).toBeVisible();
  await expect(messageBox(window)).toHaveValue('');
  await expect(window.getByText(/^Working for/)).toBeVisible();
  await sandbox.control.advance(toFirstCallMs);
  await expect(toolCalls(window)).toHaveCount(1);
  await expect(transcript(window).getByText(/^Working for/)).toBeVisible();
  await expect(transcript(window).getByText(lastWords)).toBeHidden();
  await expect(conversations(window).getByText('now · working')).toBeVisible();

  // One message at a time: what is typed meanwhile stays.
  await sendToAgent(window, 'And the disk?');
  await expect(window.getByText('The agent is working: one message at a time')).toBeVisible();
  await expect(messageBox(window)).toHaveValue('And the disk?');

  await sandbox.control.hold(false);
  await expect(transcript(window).getByText(/Done in \d+ s · cost \$0\.\d\d/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(transcript(window).getByText(lastWords)).toBeVisible();
  await expect(toolCalls(window)).toHaveCount(5);
  const { credits } = await sandbox.control.state();
  expect(credits.balanceCents).toBeLessThan(1240);
  await expect(window.getByText(`Credits $${(credits.balanceCents / 100).toFixed(2)}`)).toBeVisible();
  await expect(conversations(window).getByRole('button', { name: prompt })).toHaveAttribute(
    'aria-current',
    'true',
  );
  expect((await sandbox.control.log()).filter(({ endpoint }) => endpoint === 'agent.chat')).toHaveLength(1);
});

test('an answer is Markdown that can be copied, a tool is named, and a long title is cut without a scrollbar', async ({
  launch,
  startSandbox,
}) => {
  const { app, window } = await launch();
  await signIn(window, await startSandbox());
  await setSize(app, 900, 600);
  await openAgent(window, 'api-prod-1');
  const question =
    'How is this instance doing, what would you look at first, and what is there to be done this week?';
  await window.getByRole('button', { name: 'New conversation' }).click();
  await expect(messageBox(window)).toBeFocused();
  await sendToAgent(window, question);
  const answer = transcript(window).locator('strong', { hasText: 'The server is well.' });
  await expect(answer).toBeVisible({ timeout: 30_000 });
  await expect(transcript(window).getByText('**')).toHaveCount(0);
  await expect(transcript(window).getByRole('listitem')).toHaveText([
    'Low load, no failed units.',
    'The disk is at 21 %.',
  ]);
  await transcript(window).getByRole('button', { name: 'Copy the code' }).click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe('apt-get update && apt-get upgrade');
  await transcript(window).getByRole('button', { name: 'Copy the answer' }).last().click();
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain('**The server is well.**');
  await expect(toolCalls(window).filter({ hasText: '/var/log/syslog' })).toContainText('log_tail');
  await toolCalls(window).first().click();
  await expect(transcript(window).getByRole('button', { name: 'Copy the command' })).toBeVisible();

  const list = conversations(window).getByRole('list');
  expect(await list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const title = conversations(window).getByTitle(/^How is this instance/);
  expect(await title.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(true);
  await expectAccessible(window, 'an answer');
});

test('tool calls unfold one by one and all at once', async ({ launch, startSandbox }) => {
  const { window } = await launch();
  await signIn(window, await startSandbox());
  await openAgent(window, 'api-prod-1');
  await conversations(window).getByRole('button', { name: 'Set up a swap file' }).click();

  const first = toolCalls(window).first();
  await expect(first).toContainText('free -h');
  await expect(first).toContainText('exit 0');
  await expect(first).toContainText('0.7 s');
  await expect(first).toContainText('3 lines');
  await first.press('Enter');
  await expect(transcript(window).getByText('Mem: 3.8Gi')).toBeVisible();

  await window.getByRole('button', { name: 'Expand all commands' }).click();
  await expect(
    transcript(window).getByRole('row', { name: /^Added:\s+\/swapfile none swap sw 0 0$/ }),
  ).toBeVisible();
  await window.getByRole('button', { name: 'Collapse all commands' }).click();
  await expect(transcript(window).getByText('Mem: 3.8Gi')).toBeHidden();
});

test('who has scrolled up stays there while the transcript grows', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  await signIn(window, sandbox);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 560));
  await openAgent(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Expand all commands' }).click();
  const callsBefore = await toolCalls(window).count();
  await sendHeld(window, sandbox, prompt);
  await sandbox.control.advance(toFirstCallMs);
  await expect(toolCalls(window)).toHaveCount(callsBefore + 1);
  await transcript(window).press('Home');
  await expect(window.getByRole('button', { name: 'Jump to latest' })).toBeVisible();
  await sandbox.control.advance(toLastCallMs);
  await expect(toolCalls(window)).toHaveCount(callsBefore + 5);
  expect(await transcript(window).evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await window.getByRole('button', { name: 'Jump to latest' }).click();
  await sandbox.control.advance(toEndMs);
  await expect(transcript(window).getByText(lastWords)).toBeInViewport();
});

test('after "Stop waiting" the agent goes on, and the transcript grows', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await openAgent(window, 'api-prod-2');
  await sendHeld(window, sandbox, prompt);
  await sandbox.control.advance(toFirstCallMs);
  await expect(toolCalls(window)).toHaveCount(1);
  await window.getByRole('button', { name: 'Stop waiting' }).click();
  await expect(
    transcript(window).getByText(/The app stopped waiting\. The agent keeps working/),
  ).toBeVisible();
  await sandbox.control.advance(toLastCallMs);
  await sandbox.control.advance(toEndMs);
  await expect(transcript(window).getByText(lastWords)).toBeVisible();
  await expect(toolCalls(window)).toHaveCount(5);
});

test('without credits the message comes back, and the way to credits is on the web', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  await signIn(window, sandbox);
  await openAgent(window, 'api-prod-2');
  await expect(window.getByText('Credits $12.40')).toBeVisible();
  await sandbox.control.setCredits(0);
  await sendToAgent(window, prompt);
  await expect(transcript(window).getByRole('alert')).toContainText('The agent credits are used up.');
  await expect(messageBox(window)).toHaveValue(prompt);
  await expect(window.getByText('Credits $0.00')).toBeVisible();

  const opened = await followOpenedLinks(app);
  await window.getByRole('button', { name: 'Add credits on the web' }).click();
  await expect.poll(opened).toEqual(['https://evorxa.com/dashboard']);

  await sandbox.control.setCredits(700);
  await window.getByRole('button', { name: 'Check again' }).click();
  await expect(window.getByText('Credits $7.00')).toBeVisible();
});

test('a message whose answer is lost comes back, and is not sent again', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await openAgent(window, 'api-prod-2');
  await sandbox.control.addFault({ endpoint: 'agent.chat', kind: 'drop-before', times: 1 });
  await sendToAgent(window, prompt);
  await expect(transcript(window).getByRole('alert')).toContainText('Your message is in the box below.');
  await expect(messageBox(window)).toHaveValue(prompt);
  // It outlives the page.
  await window.getByRole('link', { name: 'Wallet' }).click();
  await window.getByRole('link', { name: 'Agent' }).click();
  await expect(messageBox(window)).toHaveValue(prompt);
  expect((await sandbox.control.log()).filter(({ endpoint }) => endpoint === 'agent.chat')).toHaveLength(1);
});

test('a suspended instance says why nothing can be sent', async ({ launch, startSandbox }) => {
  const { window } = await launch();
  await signIn(window, await startSandbox());
  await openAgent(window, 'billing-old');
  await expect(window.getByText('billing-old is suspended, so the agent cannot work on it.')).toBeVisible();
  await expect(messageBox(window)).toBeHidden();
});

test('a token is told which ability it lacks, to read and to send', async ({ launch, startSandbox }) => {
  const { apiUrl, tokens } = await startSandbox();
  const scoped = await launch({ env: { EVORXA_API_URL: apiUrl } });
  await enterToken(scoped.window, tokens.scoped);
  await openAgent(scoped.window, 'api-prod-1');
  await expect(scoped.window.getByRole('heading', { name: 'No access to the conversations' })).toBeVisible();
  await expect(scoped.window.getByText(/lacks the ability agent:read/)).toBeVisible();
  await scoped.close();

  const { window } = await launch({ env: { EVORXA_API_URL: apiUrl } });
  await enterToken(window, tokens.readOnly);
  await openAgent(window, 'api-prod-1');
  await expect(transcript(window).getByText('Rotate nginx logs')).toBeVisible();
  await sendToAgent(window, prompt);
  await expect(transcript(window).getByRole('alert')).toContainText('The token lacks agent:write.');
  await expect(messageBox(window)).toHaveValue(prompt);
});

test('conversations that cannot be loaded say so, and come when they are asked for again', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await sandbox.control.addFault({ endpoint: 'agent.conversations', kind: 'status', status: 500 });
  await openAgent(window, 'api-prod-1');
  await expect(window.getByText('The conversations could not be loaded.')).toBeVisible();
  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: 'Retry' }).click();
  await expect(transcript(window).getByText('Rotate nginx logs')).toBeVisible();
});

test('on an instance’s page a new conversation becomes the place, and text stays text', async ({
  launch,
  startSandbox,
}) => {
  const { window } = await launch();
  await signIn(window, await startSandbox());
  await instanceRow(window, 'api-prod-2').click();
  await window.getByRole('tab', { name: 'Agent' }).click();
  const markup = '<img src="https://example.com/x.png" onerror="alert(1)"> https://example.com';
  await sendToAgent(window, markup);
  await expect(window).toHaveURL(/#\/instance\/[^/]+\/agent\/[^/]+$/);
  await expect(transcript(window).getByText(markup)).toBeVisible();
  await expect(transcript(window).locator('img, a')).toHaveCount(0);
});

test('a message is sent once it is known which conversation it goes to', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  await sandbox.control.addFault({ endpoint: 'agent.conversations', kind: 'latency', latencyMs: 600_000 });
  await openAgent(window, 'api-prod-1');
  await messageBox(window).fill(prompt);
  await messageBox(window).press('Enter');
  await expect(choosing(window)).toBeVisible();
  await expect(messageBox(window)).toHaveValue(prompt);
  const isAtWork = async (): Promise<boolean> =>
    (await sandbox.control.state()).instances.some(({ agentAtWork }) => agentAtWork);
  expect(await isAtWork()).toBe(false);

  await sandbox.control.clearFaults();
  await window.getByRole('link', { name: 'Instances' }).click();
  await window.getByRole('link', { name: 'Agent' }).click();
  await expect(choosing(window)).toBeHidden();
  await expect(messageBox(window)).toHaveValue(prompt);
  const count = await conversations(window).getByRole('listitem').count();
  await messageBox(window).press('Enter');
  await expect.poll(isAtWork).toBe(true);
  await expect(conversations(window).getByText('now · working')).toBeVisible();
  await expect(conversations(window).getByRole('listitem')).toHaveCount(count);
});

test('axe finds nothing serious in the agent', async ({ launch, startSandbox }) => {
  const { window } = await launch();
  await signIn(window, await startSandbox());
  await window.getByRole('link', { name: 'Agent' }).click();
  await expect(window.getByRole('grid', { name: 'Instances for the agent' })).toBeVisible();
  await expectAccessible(window, 'choosing an instance');
  await openAgent(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Expand all commands' }).click();
  await expectAccessible(window, 'conversation');
  await sendToAgent(window, prompt);
  await expect(transcript(window).getByText(/^Working for/)).toBeVisible();
  await expectAccessible(window, 'turn');
});

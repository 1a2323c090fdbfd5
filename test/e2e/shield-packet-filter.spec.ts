import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { probeSsh } from '../../main/terminal/ssh-probe.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { startFilteredSshd, type FilteredSshd } from '../support/filtered-sshd.ts';
import type { LaunchedApp, LaunchOptions } from '../support/launch.ts';
import { packetFilterMissing } from '../support/network-namespace.ts';
import { askedCount, expect, test as base } from '../support/signed-in.ts';
import { changes, openRules, review, rules, stageRule } from '../support/shield-steps.ts';
import { saveSshSettings } from '../support/window-steps.ts';

const missing = packetFilterMissing();
base.skip(missing !== null, String(missing));

const address = '203.0.113.42';
const minuteMs = 60_000;

interface Fixtures {
  /** api-prod-1's SSH: Debian's sshd, behind nftables that has the rules of its address in Shield. */
  readonly filtered: FilteredSshd;
  /** Starts the app on it, with api-prod-1 reached there, and shows its rules. */
  readonly launchAtRules: (options?: LaunchOptions) => Promise<LaunchedApp>;
}

const test = base.extend<Fixtures>({
  filtered: async ({ sandbox }, use) => {
    const filtered = await startFilteredSshd(sandbox, address);
    await use(filtered);
    await filtered.close();
  },
  launchAtRules: async ({ launchSignedIn, sandbox, filtered: { sshd, apiUrl } }, use) => {
    await use(async (options) => {
      const launched = await launchSignedIn({ ...options, env: { EVORXA_API_URL: apiUrl } });
      const { window } = launched;
      const { host, port, user } = sshd;
      const id = await instanceId(sandbox, 'api-prod-1');
      await saveSshSettings(window, id, { host, port, user, auth: { method: 'password' } });
      await openRules(window);
      return launched;
    });
  },
});

/** Reviews what is staged, says from where SSH comes, and has it applied, to be confirmed within five minutes. */
async function apply(window: Page, peerAddress: string, verdict: string): Promise<void> {
  const dialog = await review(window, peerAddress);
  await expect(dialog).toContainText(verdict);
  await dialog.getByLabel('Take the changes back unless I confirm them').check();
  const risk = dialog.getByLabel('Apply anyway');
  if (await risk.isVisible()) await risk.check();
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(changes(window).getByRole('timer', { name: 'Time left to confirm' })).toBeVisible();
}

/** Deletes the rule by which this machine's SSH comes in. */
async function cutSsh(window: Page, { peerAddress }: FilteredSshd): Promise<void> {
  const ours = rules(window).filter({ hasText: peerAddress });
  await ours.getByRole('button', { name: 'Delete' }).click();
  await apply(window, peerAddress, `would block SSH from ${peerAddress} to port 22.`);
}

/** Adds a rule that keeps SSH. */
async function letIn(window: Page, { peerAddress }: FilteredSshd, port: string): Promise<void> {
  await stageRule(window, '198.51.100.0/24', port);
  await apply(window, peerAddress, 'SSH stays reachable.');
}

const sshOf = ({ sshd }: FilteredSshd) => probeSsh(sshd.host, sshd.port);
/** How nftables has the rule by which SSH comes in. */
const letsSshIn = ({ peerAddress }: FilteredSshd): string => `ip saddr ${peerAddress} tcp dport 22 accept`;

test('a change that cuts SSH is taken back once three checks had no answer', async ({
  launchAtRules,
  filtered,
  sandbox,
}) => {
  expect(await sshOf(filtered)).toMatchObject({ kind: 'answers' });
  const { window } = await launchAtRules();
  await cutSsh(window, filtered);
  expect(filtered.ruleset()).not.toContain(letsSshIn(filtered));
  await expect(changes(window)).toContainText(`SSH at ${filtered.sshd.host} does not answer`);

  // Each packet is dropped in silence: a check takes its whole time.
  await expect(changes(window)).toContainText(
    `The changes were taken back. SSH at ${filtered.sshd.host} no longer answered.`,
    { timeout: 90_000 },
  );
  expect(filtered.ruleset()).toContain(letsSshIn(filtered));
  expect(await sshOf(filtered)).toMatchObject({ kind: 'answers' });
  expect(await askedCount(sandbox, 'shield.deleteRule')).toBe(1);
  await expect(rules(window)).toHaveCount(4);
});

test('a change that keeps SSH stays once it is confirmed, and is taken back where nobody does', async ({
  launchAtRules,
  filtered,
}) => {
  const { window, putClockForward } = await launchAtRules();
  await letIn(window, filtered, '8080');
  await expect(changes(window)).toContainText(/SSH at \S+ answers \([1-9]/);
  await changes(window).getByRole('button', { name: 'Keep the changes' }).click();
  await expect(changes(window)).toContainText('All changes are in effect, and confirmed.');

  await letIn(window, filtered, '9090');
  await expect(changes(window)).toContainText(/SSH at \S+ answers \([1-9]/);
  expect(filtered.ruleset()).toContain('tcp dport 9090 accept');
  await putClockForward(5 * minuteMs);
  await expect(changes(window)).toContainText('The changes were taken back. Nobody confirmed them in time.');
  expect(filtered.ruleset()).not.toContain('tcp dport 9090');
  expect(filtered.ruleset()).toContain('tcp dport 8080 accept');
  expect(await sshOf(filtered)).toMatchObject({ kind: 'answers' });
});

test('a change that cut SSH is taken back by the next start, where the app was killed', async ({
  launchAtRules,
  filtered,
  sandbox,
}) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-shield-'));
  const first = await launchAtRules({ userDataDir });
  await cutSsh(first.window, filtered);
  first.app.process().kill('SIGKILL');
  await first.close();
  expect(filtered.ruleset()).not.toContain(letsSshIn(filtered));
  expect(await sshOf(filtered)).toMatchObject({ kind: 'silent' });

  const { window } = await launchAtRules({ userDataDir, laterMs: 6 * minuteMs });
  await expect(changes(window)).toContainText('The changes were taken back. Nobody confirmed them in time.');
  expect(filtered.ruleset()).toContain(letsSshIn(filtered));
  expect(await sshOf(filtered)).toMatchObject({ kind: 'answers' });
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(2);
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

import type { Locator, Page } from '@playwright/test';
import { createButton, fillCreate, openCreate, plan } from '../support/create-steps.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { expect, refresh, test } from '../support/signed-in.ts';
import { openInstance } from '../support/window-steps.ts';

const note = (window: Page, words: string | RegExp): Locator =>
  window.getByRole('status').filter({ hasText: words });

test('each view says what of its answer could not be read, and only while it is in view', async ({
  launchSignedIn,
  sandbox,
}) => {
  for (const endpoint of ['shield.ips', 'catalog.myPlans', 'agent.conversations', 'keys.list'] as const)
    await sandbox.control.addFault({ endpoint, kind: 'drift', drift: 'bad-row' });
  const { window } = await launchSignedIn();

  await openInstance(window, 'db-primary');
  await window.getByRole('tab', { name: 'Shield' }).click();
  const addresses = note(window, '1 address could not be read.');
  await expect(addresses).toBeVisible();

  await window.getByRole('link', { name: 'SSH keys' }).click();
  await expect(note(window, '1 key could not be read.')).toBeVisible();
  await expect(addresses).toHaveCount(0);

  await window.getByRole('link', { name: 'Shield' }).click();
  await expect(addresses).toBeVisible();
  await sandbox.control.clearFaults();
  await addresses.getByRole('button', { name: 'Retry' }).click();
  await expect(addresses).toHaveCount(0);
});

interface View {
  readonly of: string;
  readonly fault: Parameters<RunningSandbox['control']['addFault']>[0];
  readonly open: (window: Page) => Promise<void>;
  readonly words: RegExp;
}

const openTab =
  (name: string) =>
  async (window: Page): Promise<void> => {
    await openInstance(window, 'db-primary');
    await window.getByRole('tab', { name }).click();
  };

const views: readonly View[] = [
  {
    of: 'the metrics of an instance',
    fault: { endpoint: 'instances.metrics', kind: 'drift', drift: 'words-for-numbers' },
    open: openTab('Overview'),
    words: /Some fields could not be read: .*\(1 measurement\)/,
  },
  {
    of: 'the facts of an instance',
    fault: { endpoint: 'catalog.myPlans', kind: 'drift', drift: 'bad-row' },
    open: openTab('System'),
    words: /1 plan could not be read\./,
  },
  {
    of: 'the rules of an address',
    fault: { endpoint: 'shield.ip', kind: 'drift', drift: 'words-for-numbers' },
    open: openTab('Shield'),
    words: /could not be read: rules\.dst_port/,
  },
  {
    of: 'the traffic of an address',
    fault: { endpoint: 'shield.topIps', kind: 'drift', drift: 'bad-row' },
    open: openTab('Shield'),
    words: /1 entry .*could not be read/,
  },
  {
    of: 'the plans of a new instance',
    fault: { endpoint: 'catalog.myPlans', kind: 'drift', drift: 'bad-row' },
    open: openCreate,
    words: /1 plan could not be read\./,
  },
];

test('what could not be read is said above its view, with what can be read below, until it can', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  for (const { of, fault, open, words } of views) {
    await test.step(of, async () => {
      await window.getByRole('link', { name: 'Instances' }).first().click();
      await sandbox.control.addFault(fault);
      await open(window);
      await expect(note(window, words)).toBeVisible();
      await sandbox.control.clearFaults();
      await note(window, words).getByRole('button', { name: 'Retry' }).click();
      await expect(note(window, words)).toHaveCount(0);
    });
  }
});

test('sums of a ledger of which a line could not be read are "at least"', async ({
  launchSignedIn,
  sandbox,
}) => {
  await sandbox.control.addFault({ endpoint: 'wallet.transactions', kind: 'drift', drift: 'bad-row' });
  const { window } = await launchSignedIn();
  await window.getByRole('link', { name: 'Wallet' }).click();
  await expect(note(window, '1 transaction could not be read.')).toBeVisible();
  await window.getByRole('tab', { name: 'Costs' }).click();
  const summary = window.getByRole('region', { name: 'Last 30 days' });
  await expect(summary).toContainText('at least');
  await expect(summary).toContainText('unknown');
  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: 'Retry' }).first().click();
  await expect(note(window, 'could not be read.')).toHaveCount(0);
});

test('the summary of a creation subtracts its price once, also while the answer is out', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  const { balanceCents } = await sandbox.control.state();
  const inWords = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
  // Charged at once, and the answer does not come.
  await sandbox.control.addFault({ endpoint: 'instances.create', kind: 'slow-loris', intervalMs: 60_000 });
  await openCreate(window);
  await fillCreate(window, 'web-1');
  const summary = window.getByRole('complementary', { name: 'Summary' });
  await expect(summary).toContainText(inWords(balanceCents - 500));
  await createButton(window).click();
  await expect.poll(async () => (await sandbox.control.state()).balanceCents).toBe(balanceCents - 500);
  await refresh(window);
  await expect
    .poll(() =>
      window.evaluate(async () => {
        const answer = await globalThis.window.evorxa.calls.snapshot.current(undefined);
        return answer.ok && answer.value.kind === 'full' ? answer.value.snapshot.balanceCents : null;
      }),
    )
    .toBe(balanceCents - 500);
  await expect(summary).toContainText(inWords(balanceCents - 500));
  await expect(summary).not.toContainText(inWords(balanceCents - 1_000));
});

test('a plan that takes the last of the wallet is not called too dear while it is paid', async ({
  launchSignedIn,
  sandbox,
}) => {
  await sandbox.control.setBalance(500);
  const { window } = await launchSignedIn();
  await sandbox.control.addFault({ endpoint: 'instances.create', kind: 'slow-loris', intervalMs: 60_000 });
  await openCreate(window);
  await fillCreate(window, 'web-1');
  const chosen = window.locator('label').filter({ has: plan(window, 'Scout 1') });
  await expect(chosen).not.toContainText('Over your balance');
  await createButton(window).click();
  await expect.poll(async () => (await sandbox.control.state()).balanceCents).toBe(0);
  await refresh(window);
  await expect(window.getByRole('link', { name: /^Wallet/ })).toContainText('$0.00');
  await expect(chosen).not.toContainText('Over your balance');
});

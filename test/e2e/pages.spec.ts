import type { Locator, Page } from '@playwright/test';
import { pageLinkKinds } from '../../main/sandbox/options.ts';
import { createButton, fillCreate, openCreate } from '../support/create-steps.ts';
import { expect, test } from '../support/journey.ts';
import { enterToken, instanceRow, refresh } from '../support/window-steps.ts';

const servers = 23;
const pageSize = 15;

const states = (window: Page): Locator => window.getByRole('radiogroup', { name: 'Filter by state' });
const note = (window: Page, words: string | RegExp): Locator =>
  window.getByRole('status').filter({ hasText: words });

for (const pageLinks of pageLinkKinds.filter((kind) => kind !== 'stuck')) {
  test(`a list in pages that are told by ${pageLinks} is whole`, async ({ launch, startSandbox }) => {
    const sandbox = await startSandbox({ instances: servers, pageSize, pageLinks });
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(states(window).getByText('All 23', { exact: true })).toBeVisible();
    await expect(note(window, /so far|are shown/)).toHaveCount(0);
  });
}

test('a list whose pages cannot be read says so, and calls no instance gone', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox({ instances: servers, pageSize, pageLinks: 'stuck' });
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.full);
  const cut = note(window, '15 of 23 instances are shown: the rest of the list could not be read.');
  await expect(cut).toBeVisible();
  await expect(states(window).getByText('All 15 of 23')).toBeVisible();
  await expect(window.getByText(/^at least \$[\d.,]+ a month$/)).toBeVisible();
  await expect(window.getByRole('complementary').getByRole('status')).not.toContainText('Live');

  await test.step('the wallet and the agent, which are made of the list, say it too', async () => {
    for (const page of ['Wallet', 'Agent'] as const) {
      await window.getByRole('link', { name: page }).click();
      await expect(window.getByRole('heading', { name: page, level: 1 })).toBeVisible();
      await expect(cut).toBeVisible();
    }
    await window.getByRole('link', { name: 'Settings' }).click();
    await expect(cut).toHaveCount(0);
  });

  await test.step('an instance on another page is shown by itself', async () => {
    const { instances } = await sandbox.control.state();
    const unread = instances.at(-1);
    if (unread === undefined) throw new Error('The account has no instances.');
    await window.evaluate((id) => (globalThis.window.location.hash = `#/instance/${id}/overview`), unread.id);
    await expect(window.getByRole('heading', { name: unread.name, level: 1 })).toBeVisible();
    await refresh(window);
    await expect(window.getByText(/was deleted|belongs to another account/)).toHaveCount(0);
  });

  await test.step('and so is one that was just paid for', async () => {
    await window.getByRole('link', { name: 'Instances' }).first().click();
    await openCreate(window);
    await fillCreate(window, 'fresh-1');
    await createButton(window).click();
    await expect(window.getByRole('heading', { name: 'fresh-1', level: 1 })).toBeVisible();
    await refresh(window);
    await expect(window.getByText(/was deleted|belongs to another account/)).toHaveCount(0);
    await window.getByRole('link', { name: 'Instances' }).first().click();
    await expect(instanceRow(window, 'fresh-1')).toBeVisible();
  });
});

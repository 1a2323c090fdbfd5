import type { Fault } from '../../main/sandbox/control/faults.ts';
import { expect, freshness, instanceRow, refresh, test } from '../support/signed-in.ts';

test.use({ sandboxOptions: { sshHosts: false, instances: 50 } });

type Drift = Extract<Fault, { kind: 'drift' }>['drift'];

/** What each drift leaves of fifty servers, and whether the window says that something could not be read. */
const cases: readonly { drift: Drift; shown: number; isFlagged: boolean; word: string | null }[] = [
  { drift: 'bad-row', shown: 49, isFlagged: true, word: null },
  { drift: 'unknown-status', shown: 50, isFlagged: false, word: 'quiescing' },
  { drift: 'nulls', shown: 50, isFlagged: false, word: null },
  { drift: 'numeric-ids', shown: 50, isFlagged: false, word: null },
  { drift: 'extra-keys', shown: 50, isFlagged: false, word: 'Running' },
];

for (const { drift, shown, isFlagged, word } of cases) {
  test(`${drift}: ${shown} of 50 instances are shown${isFlagged ? ', and the rest is flagged' : ''}`, async ({
    launch,
    sandbox,
  }) => {
    await sandbox.control.addFault({ endpoint: 'instances.list', kind: 'drift', ...(drift && { drift }) });
    const { window: page } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });

    await page.getByLabel('Token', { exact: true }).fill(sandbox.tokens.full);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await expect(
      page
        .getByRole('radiogroup', { name: 'Filter by state' })
        .getByText(isFlagged ? `All ${shown} of 50` : `All ${shown}`, { exact: true }),
    ).toBeVisible();
    await expect(freshness(page)).toHaveText(isFlagged ? 'Incomplete · 49 of 50' : 'Live');
    if (word !== null) await expect(instanceRow(page, 'api-prod-1')).toContainText(word);
    await refresh(page);
    const flag = page.getByText(
      `${shown} of 50 instances are shown: the rest of the list could not be read.`,
    );
    await expect(flag).toHaveCount(isFlagged ? 1 : 0);
  });
}

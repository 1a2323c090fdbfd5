import { createRandom, pick } from '../random.ts';
import { dayMs, knownPlan } from './catalog.ts';
import type { InstanceRecord } from './instances.ts';
import type { Wallet } from './wallet.ts';

const hourMs = 3_600_000;
/** What the ledger comes to before the rows of the last days, in cents. */
const balanceBeforeLastDaysCents = 3825;
/** Rows of old months: enough for several pages of 50. */
const oldRows = 170;

/** Fills the ledger with a year of believable rows that end at $52.40. */
export function seedLedger(
  wallet: Wallet,
  instances: readonly InstanceRecord[],
  seed: number,
  nowMs: number,
): void {
  const random = createRandom(seed ^ 0x1ed6e4);
  const named = instances.filter(({ isBulk }) => !isBulk);
  const find = (name: string): string | null => named.find((record) => record.name === name)?.id ?? null;

  for (let row = oldRows; row > 0; row -= 1) {
    const atMs = nowMs - 11 * dayMs - row * 47 * hourMs;
    if (wallet.balanceCents < 3000) {
      wallet.credit(5000, { description: 'Top-up by card' }, atMs);
      continue;
    }
    const server = named.length > 0 ? pick(random, named) : null;
    wallet.debit(
      server ? knownPlan(server.packageId).monthlyCents : 500,
      { description: 'Renewal, 1 month', instanceId: server?.id ?? null },
      atMs,
    );
  }
  wallet.adjustTo(balanceBeforeLastDaysCents, 'Credit note', nowMs - 11 * dayMs);

  const daysAgo = (days: number): number => nowMs - days * dayMs;
  wallet.debit(2000, { description: 'Renewal, 1 month', instanceId: find('staging') }, daysAgo(10));
  wallet.credit(302, { description: 'Refund, old-proxy deleted after 12 days' }, daysAgo(6.1));
  wallet.debit(500, { description: 'Renewal, 1 month', instanceId: find('ns1') }, daysAgo(4.3));
  wallet.debit(
    387,
    { description: 'Upgrade scout-1 → scout-2, prorated', instanceId: find('api-prod-1') },
    daysAgo(2.9),
  );
  wallet.credit(5000, { description: 'Top-up by card' }, daysAgo(2.2));
  wallet.debit(1000, { description: 'Renewal, 1 month', instanceId: find('api-prod-2') }, nowMs - hourMs);
}

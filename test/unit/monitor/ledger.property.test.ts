import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApiClient, type ApiClient } from '../../../main/api/index.ts';
import { loadLedger } from '../../../main/monitor/loaders/ledger.ts';
import { createControl, startSandbox, variants, type Control } from '../../../main/sandbox/index.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import { leapingClock } from '../support/leaping-clock.ts';

const dayMs = 86_400_000;
const timeoutMs = 60_000;

/** Something that moves money, or is refused and moves none. */
const step = fc.record({
  kind: fc.constantFrom('create', 'upgrade', 'delete', 'delete-later', 'reactivate', 'wait', 'top-up'),
  server: fc.nat({ max: 40 }),
  packageId: fc.constantFrom('1', '2', '3', '4'),
  billingCycle: fc.constantFrom('monthly', '6months', 'yearly'),
  amount: fc.integer({ min: 1, max: 40 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe.each(variants)('debits, credits and refunds, %s answers', (variant) => {
  it('always add up to the balance that is shown, line by line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const sandbox = await startSandbox({ variant, sshHosts: false });
        try {
          const client = clientOf(sandbox.apiUrl, sandbox.tokens.full);
          const control = createControl(sandbox.controlUrl);
          for (const each of steps) {
            await take(each, client, control);
            await expectConsistent(client);
          }
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

function clientOf(baseUrl: string, token: string): ApiClient {
  return createApiClient({
    baseUrl,
    token,
    fetch: (url, init) => fetch(url, init),
    clock: leapingClock(),
    random: () => 0,
    log: () => undefined,
  });
}

async function take(
  { kind, server, packageId, billingCycle, amount }: Step,
  client: ApiClient,
  control: Control,
): Promise<void> {
  const { instances, balanceCents } = await control.state();
  const path = { id: instances[server % instances.length]?.id ?? 'none' };
  switch (kind) {
    case 'create':
      await client.request('instances.create', {
        body: {
          name: 'fresh',
          hostname: 'fresh.server.evorxa.net',
          project_id: '1',
          package_id: packageId,
          category: 'standard',
          os_template_id: '101',
          os_name: 'Ubuntu Instance 24.04',
          billing_cycle: billingCycle,
        },
      });
      return;
    case 'upgrade':
      await client.request('instances.upgrade', {
        path,
        body: { package_id: packageId, reboot: amount > 20 },
      });
      return;
    case 'delete':
      await client.request('instances.delete', { path, body: { mode: 'immediate' } });
      return;
    case 'delete-later':
      await client.request('instances.delete', { path, body: { mode: 'end_of_cycle' } });
      return;
    case 'reactivate':
      await client.request('instances.reactivate', { path });
      return;
    case 'wait':
      await control.advance(amount * dayMs);
      return;
    case 'top-up':
      await control.setBalance(balanceCents + amount * 500);
  }
}

/** The balance and the ledger as the app reads them. */
async function expectConsistent(client: ApiClient): Promise<void> {
  const balance = await client.request('wallet.balance', {});
  const ledger = await loadLedger(client, { filter: 'all', limit: 'all' }, AbortSignal.timeout(timeoutMs));
  if (!balance.ok || !ledger.ok) throw new Error('The wallet could not be read.');
  const { transactions, truncated } = ledger.value.value;
  expect([truncated, ledger.value.gaps, balance.value.drift]).toEqual([false, null, []]);
  const { balanceCents } = balance.value.value;
  expect(transactions.reduce((sum, line) => sum + amountOf(line), 0)).toBe(balanceCents);
  let leftCents: number = balanceCents;
  for (const line of transactions) {
    expect(line.balanceAfterCents).toBe(leftCents);
    leftCents -= amountOf(line);
  }
  expect(leftCents).toBe(0);
}

function amountOf({ amountCents, kind }: Transaction): number {
  if (amountCents === null) throw new Error('A line has no amount.');
  // A refund at the end of a cycle is of nothing.
  if (amountCents !== 0) expect(kind).toBe(amountCents < 0 ? 'debit' : 'credit');
  return amountCents;
}

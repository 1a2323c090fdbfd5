import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prorate } from '../../../main/sandbox/state/billing.ts';
import type { EndpointId } from '../../../main/api/routes.ts';
import { ApiFailure } from '../../../main/sandbox/http/handler.ts';
import { createHandlers } from '../../../main/sandbox/routes/index.ts';
import { createWorld } from '../../../main/sandbox/state/world.ts';
import { billingCycles, cycleMs, dayMs } from '../../../main/sandbox/state/catalog.ts';
import { InsufficientFunds, Wallet } from '../../../main/sandbox/state/wallet.ts';
import { startMs, startTestSandbox, type TestSandbox } from './harness.ts';

const movement = fc.record({
  type: fc.constantFrom('debit', 'credit', 'adjust'),
  cents: fc.integer({ min: 0, max: 500_000 }),
});

describe('the ledger', () => {
  test('adds up to the balance whatever happens, and never falls below zero', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 60 }), (movements) => {
        const wallet = new Wallet(() => startMs);
        for (const { type, cents } of movements) {
          const before = wallet.balanceCents;
          if (type === 'credit') wallet.credit(cents, { description: 'Top-up' });
          else if (type === 'adjust') wallet.adjustTo(cents);
          else if (cents <= before) wallet.debit(cents, { description: 'Renewal' });
          else {
            expect(() => wallet.debit(cents, { description: 'Renewal' })).toThrow(InsufficientFunds);
            expect(wallet.balanceCents).toBe(before);
          }
        }
        const rows = wallet.entries();
        const sum = rows.reduce(
          (total, row) => total + (row.type === 'credit' ? 1 : -1) * row.amountCents,
          0,
        );
        expect(wallet.balanceCents).toBe(sum);
        expect(wallet.balanceCents).toBeGreaterThanOrEqual(0);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
    );
  });

  test('refuses a fraction of a cent', () => {
    expect(() => new Wallet(() => startMs).credit(0.5, { description: 'Half a cent' })).toThrow(RangeError);
  });
});

test('whatever is bought, changed, deleted and renewed: the ledger adds up to the balance', async () => {
  const action = fc.record({
    kind: fc.constantFrom('create', 'upgrade', 'delete', 'reactivate', 'wait', 'top-up'),
    package: fc.constantFrom(1, 2, 3, 4),
    cycle: fc.constantFrom(...billingCycles),
    server: fc.nat({ max: 30 }),
    days: fc.integer({ min: 1, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
      const world = createWorld({ now: () => startMs });
      const handlers = createHandlers(world);
      const call = async (id: EndpointId, serverId: string, body: unknown): Promise<void> => {
        const request = {
          params: { id: serverId },
          query: new URLSearchParams(),
          url: '',
          body,
          token: null,
        };
        try {
          await handlers[id](request);
        } catch (error) {
          // Refused for want of money or sense: then nothing may have moved, which the sum shows.
          if (!(error instanceof ApiFailure || error instanceof InsufficientFunds)) throw error;
        }
      };
      for (const { kind, server, days, cycle, ...wanted } of actions) {
        const servers = world.instances.all();
        const id = servers[server % servers.length]?.id ?? '';
        if (kind === 'create') {
          await call('instances.create', '', {
            ...newServer,
            package_id: wanted.package,
            billing_cycle: cycle,
          });
        } else if (kind === 'upgrade') {
          await call('instances.upgrade', id, { package_id: wanted.package, reboot: days > 20 });
        } else if (kind === 'delete') await call('instances.delete', id, { mode: 'immediate' });
        else if (kind === 'reactivate') await call('instances.reactivate', id, null);
        else if (kind === 'wait') world.clock.advance(days * dayMs);
        else world.wallet.credit(days * 100, { description: 'Top-up by card' });

        const rows = world.wallet.entries();
        const sum = rows.reduce(
          (total, row) => total + (row.type === 'credit' ? 1 : -1) * row.amountCents,
          0,
        );
        expect(world.wallet.balanceCents).toBe(sum);
        expect(sum).toBeGreaterThanOrEqual(0);
        expect(rows.every(({ amountCents }) => Number.isInteger(amountCents))).toBe(true);
      }
      world.clock.stop();
    }),
    { numRuns: 40 },
  );
});

test('a prorated amount is whole, between nothing and everything', () => {
  const length = cycleMs('monthly');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: -length, max: 2 * length }),
      (cents, left) => {
        const part = prorate(cents, length, left);
        expect(Number.isInteger(part)).toBe(true);
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(cents);
      },
    ),
  );
  expect(prorate(1_000, length, length / 2)).toBe(500);
});

describe('money over HTTP', () => {
  test('the account starts with $52.40, and its pages add up to that', async () => {
    const { ask } = await startTestSandbox();
    expect((await ask('GET', '/wallet/balance')).body).toEqual({ balance_cents: 5240, balance_usd: 52.4 });
    expect(await ledgerSum({ ask })).toBe(5240);
  });

  test('a new server is debited at once, and refunded in part when it is deleted', async () => {
    const { ask, control } = await startTestSandbox();
    const made = await ask('POST', '/instances', newServer);
    expect(made.status).toBe(201);
    expect((await control.state()).balanceCents).toBe(5240 - 1000);

    await control.advance(15 * dayMs);
    const renewed = (await control.state()).balanceCents;
    const gone = await ask('DELETE', `/instances/${String(made.at('id'))}`, { mode: 'immediate' });
    expect(gone.at('refund_cents')).toBe(500);
    expect((await control.state()).balanceCents).toBe(renewed + 500);
    expect(await ledgerSum({ ask })).toBe(renewed + 500);
  });

  test('402 says what is there and what is needed, and makes nothing', async () => {
    const { ask, control } = await startTestSandbox();
    await control.setBalance(999);
    const refused = await ask('POST', '/instances', newServer);
    expect(refused.status).toBe(402);
    expect(refused.body).toEqual({
      message: 'Insufficient wallet balance.',
      balance_cents: 999,
      required_cents: 1000,
    });
    expect((await control.state()).instances).toHaveLength(16);
    expect(await ledgerSum({ ask })).toBe(999);
  });

  test('an upgrade costs the difference for the rest of the cycle', async () => {
    const { ask, control, idOf } = await startTestSandbox();
    const id = await idOf('cache-1');
    await control.patchInstance(id, { billedTillMs: startMs + 15 * dayMs });
    const upgraded = await ask('POST', `/instances/${id}/upgrade`, { package_id: 3, reboot: false });
    expect(upgraded.at('charged_cents')).toBe(500);
    expect(upgraded.at('reboot_required')).toBe(true);
    expect((await ask('GET', `/instances/${id}`)).at('plan')).toBe('scout-2');

    await ask('POST', `/instances/${id}/power/restart`);
    await control.advance(10_000);
    expect((await ask('GET', `/instances/${id}`)).at('plan')).toBe('scout-4');
    const smaller = await ask('POST', `/instances/${id}/upgrade`, { package_id: 1, reboot: false });
    expect(smaller.status).toBe(422);
  });

  test('a server that is off gets its new plan at once', async () => {
    const { ask, idOf } = await startTestSandbox();
    const id = await idOf('staging');
    const upgraded = await ask('POST', `/instances/${id}/upgrade`, { package_id: 4, reboot: true });
    expect(upgraded.at('reboot_required')).toBe(false);
    expect((await ask('GET', `/instances/${id}`)).body).toMatchObject({ plan: 'scout-8', status: 'stopped' });
  });

  test('a renewal is paid on its day; one that cannot be paid suspends the instance', async () => {
    const { ask, control, idOf, statusOf } = await startTestSandbox();
    await control.patchInstance(await idOf('ns1'), { billedTillMs: startMs + 1_000 });
    await control.advance(2_000);
    expect((await control.state()).balanceCents).toBe(5240 - 500);

    await control.setBalance(100);
    await control.patchInstance(await idOf('ns2'), { billedTillMs: startMs + 5_000 });
    await control.advance(5_000);
    expect(await statusOf('ns1')).toBe('running');
    expect(await statusOf('ns2')).toBe('suspended');

    const id = await idOf('ns2');
    expect((await ask('POST', `/instances/${id}/reactivate`)).status).toBe(402);
    await control.setBalance(600);
    expect((await ask('POST', `/instances/${id}/reactivate`)).status).toBe(200);
    await control.advance(10_000);
    expect(await statusOf('ns2')).toBe('running');
    expect((await control.state()).balanceCents).toBe(100);
    expect(await ledgerSum({ ask })).toBe(100);
  });

  test('the ledger is filtered by type and its limit is kept', async () => {
    const { ask } = await startTestSandbox();
    const debits = await ask('GET', '/wallet/transactions?type=debit&limit=5');
    expect(debits.rows()).toHaveLength(5);
    expect(new Set(debits.rows().map(({ type }) => type))).toEqual(new Set(['debit']));
    expect((await ask('GET', '/wallet/transactions?limit=201')).status).toBe(422);
    expect((await ask('GET', '/wallet/transactions')).rows()).toHaveLength(50);
  });
});

const newServer = {
  name: 'fresh',
  hostname: 'fresh.server.evorxa.net',
  project_id: 1,
  package_id: 2,
  category: 'standard',
  os_template_id: 101,
  os_name: 'Ubuntu Server 24.04',
  billing_cycle: 'monthly',
};

/** Follows all pages of the ledger. */
async function ledgerSum({ ask }: Pick<TestSandbox, 'ask'>): Promise<number> {
  let sum = 0;
  for (let path: string | null = '/wallet/transactions'; path !== null;) {
    const page = await ask('GET', path);
    for (const row of page.rows()) sum += (row['type'] === 'credit' ? 1 : -1) * Number(row['amount_cents']);
    const next = page.at('next_page_url');
    path = typeof next === 'string' ? `/wallet/transactions${new URL(next).search}` : null;
  }
  return sum;
}

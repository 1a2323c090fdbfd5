import { describe, expect, it } from 'vitest';
import { agentEndpoints } from '../../../../main/api/endpoints/agent.ts';
import { instanceEndpoints } from '../../../../main/api/endpoints/instances.ts';
import { walletEndpoints } from '../../../../main/api/endpoints/wallet.ts';
import { DriftList } from '../../../../main/api/read/drift.ts';
import { readPlans } from '../../../../main/api/read/plans.ts';

/** The balance in an answer, and how much was reported. */
function balanceOf(body: unknown): readonly [cents: number | null, said: number] {
  const drift = new DriftList('wallet.balance');
  const balance = walletEndpoints['wallet.balance'].decode(body, drift.report, {});
  return [balance?.balanceCents ?? null, drift.all.length];
}

describe('the balance', () => {
  it.each([
    { balance_cents: 5240 },
    { balance_cents: 5240, balance_usd: '52.40', currency: 'USD' },
    { balance_usd: '52.40' },
    { balance: '52.40' },
    { balance: '$52.40' },
    { balance: '52.40 USD' },
    { balance: { amount: 5240 } },
    { balance: { amount: '52.40', currency: 'USD' } },
    { balance: { cents: 5240 } },
    { balance: 52.4, balance_cents: 5240 },
    { wallet_balance: 5240 },
    { wallet: { balance: 5240, currency: 'usd' } },
    { data: { wallet: { balance_cents: '5240' } }, meta: { currency: 'USD' } },
    { data: { type: 'wallets', id: '1', attributes: { balance: '52.40' } } },
    { amount: 5240, currency: 'USD' },
    { value: '52.40' },
    { availableBalance: 5240 },
  ])('of %j is $52.40', (body) => expect(balanceOf(body)).toEqual([5240, 0]));

  it.each([
    {},
    { balance: null },
    { balance: 52.4 },
    { balance: '52,40' },
    { balance: 'free' },
    { balance: { eur: 52 } },
    { balance_eur: 5240 },
    { balance_cents: 5240, currency: 'EUR' },
    { balance: '52.40', currency: { code: 'EUR' } },
    { wallet: { balance_cents: 5240 }, currency: 'EUR' },
    { data: { balance_cents: 5240 }, meta: { currency: 'EUR' } },
    { data: { wallet: { balance_cents: 5240 }, currency_code: 'EUR' } },
    { balance: '€52.40' },
    { balance: { amount: 5240, currency: 'EUR' } },
    { currency: 'USD' },
  ])('of %j is none, and told of', (body) => {
    const [cents, said] = balanceOf(body);
    expect(cents).toBeNull();
    expect(said).toBeGreaterThan(0);
  });
});

describe('money', () => {
  it('of the agent in another currency is no balance', () => {
    const read = (body: unknown) => agentEndpoints['agent.credits'].decode(body, () => undefined, {});
    expect(read({ balance: '2.50', trial_remaining_cents: 100 })).toEqual({
      balanceCents: 250,
      trialRemainingCents: 100,
    });
    expect(read({ balance: '2.50', currency: 'EUR' })).toBeNull();
  });

  it('in a line of the ledger in another currency is not known', () => {
    const read = (fields: object) =>
      walletEndpoints['wallet.transactions'].readRow(
        { id: 1, type: 'debit', ...fields },
        '',
        () => undefined,
      );
    expect(read({ amount_cents: 500, currency: 'USD' })).toMatchObject({ amountCents: -500 });
    expect(read({ amount_cents: 500, currency: 'EUR' })).toMatchObject({ amountCents: null });
    expect(read({ amount: { value: '5.00', currency_code: 'EUR' } })).toMatchObject({ amountCents: null });
  });

  it.each([
    [{ refund_cents: 640 }, 640],
    [{ refund_cents: 640, instance: { id: 5, status: 'deleted' } }, 640],
    [{ instance: { id: 5, refund_amount: '6.40' } }, 640],
    [{ refund: { id: 9, status: 'succeeded', amount: 640, currency: 'usd' } }, 640],
    [{ refund: { amount: 640, currency: 'eur' } }, null],
    [{ refund: 'pending' }, null],
    [{ refunded: true }, null],
  ])('paid back by %j is %j', (body, cents) => {
    const deleted = instanceEndpoints['instances.delete'].decode(body, () => undefined, {} as never);
    expect(deleted?.refundCents).toBe(cents);
  });

  it.each([
    [{ currency: 'EUR', prices: { monthly_cents: 500 } }, []],
    [{ prices: { currency: 'EUR', monthly: 500 } }, []],
    [{ prices: { monthly: { amount: 500, currency: 'EUR' } } }, []],
    [{ price_monthly_cents: 500, currency: { code: 'EUR' } }, []],
    [{ prices: { monthly_eur: 5 } }, []],
    [{ prices: { EUR: { monthly: '4.00' } } }, []],
    [{ prices: { EUR: { monthly: '4.00' }, USD: { monthly: '5.00' } } }, [500]],
    // A panel writes −1 for a cycle that is not offered.
    [{ pricing: { USD: { prefix: '$', suffix: ' USD', monthly: '5.00', quarterly: '-1.00' } } }, [500]],
    [
      {
        prices: [
          { cycle: 'monthly', amount: 500 },
          { cycle: 'yearly', amount: -100 },
        ],
      },
      [500],
    ],
    [{ prices: { monthly: -500 } }, []],
    [{ prices: { monthly: { value: 5, unit: 'USD' } } }, [500]],
  ])('for the plan %j is %j', (fields, cents) => {
    const plans = readPlans(
      [{ id: 3, slug: 'scout-2', name: 'Scout 2', vcpu: 2, ...fields }],
      () => undefined,
    );
    expect(plans?.[0]?.prices.map((price) => price.cents)).toEqual(cents);
  });
});

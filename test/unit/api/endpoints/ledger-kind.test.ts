import { describe, expect, it } from 'vitest';
import { walletEndpoints } from '../../../../main/api/endpoints/wallet.ts';

function read(fields: Record<string, unknown>) {
  const row = { id: 9, created_at: '2026-05-14T09:00:00Z', ...fields };
  return walletEndpoints['wallet.transactions'].readRow(row, '', () => undefined);
}

describe('a line of the ledger', () => {
  it.each([
    ...[
      'charge',
      'purchase',
      'renewal',
      'invoice',
      'withdrawal',
      'usage',
      'debit',
      'DEBIT',
      'Server renewal',
    ],
    ...['hourly_usage', 'instanceCharge', 'setup-fee', 'invoice_payment', 'credit_card_charge', 'dr', '-'],
  ])('of type "%s" took the amount', (type) => {
    expect(read({ type, amount_cents: 500 })).toMatchObject({ kind: 'debit', amountCents: -500 });
    expect(read({ type, amount_cents: -500 })).toMatchObject({ kind: 'debit', amountCents: -500 });
  });

  it.each([
    ...[
      'credit',
      'refund',
      'top_up',
      'Top-up',
      'topup',
      'deposit',
      'promo_credit',
      'bonus',
      'purchase_refund',
    ],
    ...['CREDIT', 'account credit', 'incoming', 'cr', '+'],
  ])('of type "%s" added the amount', (type) => {
    expect(read({ type, amount_cents: 500 })).toMatchObject({ kind: 'credit', amountCents: 500 });
  });

  it.each([
    ...[
      'payment',
      'transfer',
      'adjustment',
      'other',
      'chargeback',
      'refund_reversal',
      'usage_credit',
      'refund fee',
    ],
    ...['', null, 7],
  ])('of type %j has no sign of its own', (type) => {
    expect(read({ type, amount_cents: 500 })).toMatchObject({ kind: 'unknown', amountCents: 500 });
  });

  it.each([
    [{ type: 'payment', amount_cents: -500 }, 'debit', -500],
    [{ type: 'payment', amount: '+$5.00' }, 'credit', 500],
    [{ type: 'payment', amount: '-$5.00' }, 'debit', -500],
    [{ amount_cents: -500 }, 'debit', -500],
    [{ type: 'payment', direction: 'out', amount_cents: 500 }, 'debit', -500],
    [{ type: 'payment', direction: 'incoming', amount_cents: 500 }, 'credit', 500],
    [{ type: 'payment', amount_cents: 500, balance_before: 1500, balance_after: 1000 }, 'debit', -500],
    [{ type: 'payment', amount_cents: 500, previous_balance: 1500, new_balance: 2000 }, 'credit', 500],
    // Balances that have nothing to do with it, and a word against a sign.
    [{ type: 'payment', amount_cents: 500, balance_before: 1500, balance_after: 700 }, 'unknown', 500],
    [{ type: 'refund', amount_cents: -500 }, 'unknown', 500],
    [{ type: 'charge', amount: '+$5.00' }, 'unknown', 500],
  ])('%j is %s of %d', (fields, kind, amountCents) => {
    expect(read(fields)).toMatchObject({ kind, amountCents });
  });
});

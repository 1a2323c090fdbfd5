import type { WalletBalance } from '../models/wallet.ts';
import type { Report } from '../read/drift.ts';
import { centsOfDollars } from '../read/money.ts';
import { Row } from '../read/row.ts';
import { objectOf } from '../read/shapes.ts';
import { answer, nothing } from './define.ts';

/** Strict where money is at stake: cents, or dollars to the digit, or no balance at all. */
function decodeBalance(body: unknown, report: Report): WalletBalance | null {
  const row = Row.of(objectOf(body, 'wallet'), '', report);
  if (row === null) return null;
  const balanceCents = row.cents('balance_cents');
  const ofDollars = centsOfDollars(row.raw('balance_usd'));
  if (balanceCents !== null && ofDollars !== null && balanceCents !== ofDollars) {
    row.report('balance_usd', 'differs from balance_cents');
  }
  const known = balanceCents ?? ofDollars;
  return known === null ? null : { balanceCents: known };
}

export const walletEndpoints = {
  'wallet.balance': answer(nothing, decodeBalance),
};

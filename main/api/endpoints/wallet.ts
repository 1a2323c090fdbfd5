import * as z from 'zod/mini';
import type { Cents, InstanceId } from '../../../preload/contract/brands.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import type { WalletBalance } from '../models/wallet.ts';
import { amountOf } from '../read/amount.ts';
import type { Report } from '../read/drift.ts';
import { instanceIdOf, transactionIdOf } from '../read/ids.ts';
import { centsOfDollars } from '../read/money.ts';
import { Row } from '../read/row.ts';
import { objectOf } from '../read/shapes.ts';
import { answer, list, nothing } from './define.ts';

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
  if (known === null) row.report('balance_cents', 'expected a balance');
  return known === null ? null : { balanceCents: known };
}

function readTransaction(raw: unknown, path: string, report: Report): Transaction | null {
  const row = Row.of(raw, path, report);
  const id = row && transactionIdOf(row, 'id');
  if (row === null || id === null) return null;
  const type = row.text('type', 'kind', 'direction')?.toLowerCase();
  const amount = amountOf(row, 'amount', 'value');
  const kind = type === 'debit' || type === 'credit' ? type : kindOf(amount);
  return {
    id,
    atMs: row.timeMs('created_at', 'date', 'occurred_at', 'at', 'time', 'timestamp', 'created', 'posted_at'),
    kind,
    description: row.label('description', 'reason', 'note', 'title', 'memo', 'details') ?? '',
    amountCents: amount === null ? null : signed(amount, kind),
    balanceAfterCents: amountOf(row, 'balance_after', 'running_balance', 'new_balance'),
    instanceId: instanceOf(row),
    isLinkedByName: false,
  };
}

function kindOf(amount: Cents | null): Transaction['kind'] {
  return amount !== null && amount < 0 ? 'debit' : 'unknown';
}

/** The sign of an amount is not in the reference: it follows from the kind. */
function signed(amount: Cents, kind: Transaction['kind']): Cents {
  if (kind === 'unknown' || amount === 0) return amount;
  const size = Math.abs(amount);
  return (kind === 'debit' ? -size : size) as Cents;
}

function instanceOf(row: Row): InstanceId | null {
  const names = ['instance_id', 'instance', 'server_id', 'server'];
  return row.raw(...names) === null ? null : instanceIdOf(row, ...names);
}

const ledgerInput = z.object({
  query: z.optional(
    z.object({
      /** Both kinds: left out. */
      type: z.optional(z.enum(['debit', 'credit'])),
      limit: z.optional(z.int().check(z.gte(1), z.lte(200))),
    }),
  ),
});

/** The wallet. */
export const walletEndpoints = {
  'wallet.balance': answer(nothing, decodeBalance),
  // A ledger has no end; a person reads the newest thousand lines.
  'wallet.transactions': list(ledgerInput, readTransaction, { rows: 1_000 }),
};

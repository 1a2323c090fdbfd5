import * as z from 'zod/mini';
import type { Cents } from '../../../preload/contract/brands.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import type { WalletBalance } from '../models/wallet.ts';
import { amountOf, isForeign } from '../read/amount.ts';
import type { Report } from '../read/drift.ts';
import { linkedInstanceIdOf, transactionIdOf } from '../read/ids.ts';
import { kindOfBalances, kindOfSign, kindOfWord } from '../read/ledger-kind.ts';
import { centsOfDollars } from '../read/money.ts';
import { Row } from '../read/row.ts';
import { objectOf } from '../read/shapes.ts';
import { isRaw, opened } from '../read/values.ts';
import { answer, list, nothing } from './define.ts';

const balanceNames = ['balance', 'wallet_balance', 'current_balance', 'available_balance', 'amount', 'value'];

/** Strict where money is at stake: dollars, to the cent, or no balance at all. */
function decodeBalance(body: unknown, report: Report): WalletBalance | null {
  const row = Row.of(objectOf(body, 'wallet'), '', report);
  if (row === null) return null;
  const balanceCents = amountOf(row, ...balanceNames);
  const ofDollars = centsOfDollars(row.raw('balance_usd'));
  if (balanceCents !== null && ofDollars !== null && balanceCents !== ofDollars) {
    row.report('balance_usd', 'differs from balance_cents');
  }
  // The currency can be said around the wallet.
  const outer = opened(body);
  const around = isRaw(outer) ? new Row(outer, '', report) : row;
  if (balanceCents !== null && [around, around.inner('data'), around.inner('meta')].some(isForeign)) {
    row.report('currency', 'expected a balance in dollars');
    return null;
  }
  if (balanceCents === null) row.report('balance_cents', 'expected a balance');
  return balanceCents === null ? null : { balanceCents };
}

const kindNames = 'direction type kind entry_type transaction_type operation category sign flow'.split(' ');

function readTransaction(raw: unknown, path: string, report: Report): Transaction | null {
  const row = Row.of(raw, path, report);
  const id = row && transactionIdOf(row);
  if (row === null || id === null) return null;
  const columns = debitOrCredit(row);
  const amount = columns?.amount ?? amountOf(row, 'amount', 'value');
  if (amount === null && !row.has('amount')) row.report('amount', 'expected an amount');
  const balanceAfterCents = amountOf(row, 'balance_after', 'running_balance', 'new_balance');
  const kind = isUndone(row) ? 'unknown' : (columns?.kind ?? kindOf(row, amount, balanceAfterCents));
  return {
    id,
    atMs: row.timeMs('created_at', 'date', 'occurred_at', 'at', 'time', 'timestamp', 'created', 'posted_at'),
    kind,
    description: row.label('description', 'reason', 'note', 'title', 'memo', 'details') ?? '',
    amountCents: amount === null ? null : signed(amount, kind),
    balanceAfterCents,
    instanceId: linkedInstanceIdOf(row),
    isLinkedByName: false,
  };
}

/** A column for what went out and one for what came in, of which one has an amount. */
function debitOrCredit(row: Row): { readonly kind: 'debit' | 'credit'; readonly amount: Cents } | null {
  const [debit, credit] = [filled(row, 'debit'), filled(row, 'credit')];
  if (debit !== null) return credit === null ? { kind: 'debit', amount: debit } : null;
  return credit === null ? null : { kind: 'credit', amount: credit };
}

/** The amount of a column; null also where it is zero. */
function filled(row: Row, name: string): Cents | null {
  const amount = amountOf(row, name);
  return amount === 0 ? null : amount;
}

const undoneWord =
  /^(?:fail(?:ed|ure)?|declined|rejected|denied|void(?:ed)?|cancell?ed|reversed|errored|error|expired|abandoned|refused)$/i;

/** True for a line that moved no money, or whose money went back: it is neither spent nor added. */
function isUndone(row: Row): boolean {
  const isFlagged = [
    'failed',
    'voided',
    'reversed',
    'is_reversed',
    'is_voided',
    'cancelled',
    'canceled',
  ].some((name) => row.raw(name) !== null && row.boolean(name) === true);
  const isDated = row.raw('voided_at', 'reversed_at', 'failed_at', 'cancelled_at', 'canceled_at') !== null;
  return isFlagged || isDated || undoneWord.test(row.text('status', 'state') ?? '');
}

/**
 * The reference has `debit` and `credit`. Of other words the plain ones count, unless the amount has the other sign; where
 * no word says it, the sign does, or the balances around it.
 */
function kindOf(row: Row, amount: Cents | null, after: Cents | null): Transaction['kind'] {
  const words = kindNames.flatMap((name) => row.text(name) ?? []);
  const promised = words
    .map((word) => word.toLowerCase())
    .find((word) => word === 'debit' || word === 'credit');
  if (promised !== undefined) return promised;
  const isCredit = row.has('is_credit') ? row.boolean('is_credit') : null;
  const isDebit = row.has('is_debit') ? row.boolean('is_debit') : null;
  if (isCredit !== null || isDebit !== null) return (isCredit ?? !isDebit) ? 'credit' : 'debit';
  const bySign = kindOfSign(row.raw('amount', 'amount_cents', 'amount_usd', 'value'), amount);
  const before = amountOf(row, 'balance_before', 'previous_balance', 'old_balance', 'opening_balance');
  const byBalances = kindOfBalances(amount, before, after);
  if (byBalances !== null) return byBalances;
  const byWord = words.map(kindOfWord).find((kind) => kind !== 'unknown');
  if (byWord === undefined) return bySign ?? 'unknown';
  return bySign === null || bySign === byWord ? byWord : 'unknown';
}

/** The sign of an amount is not in the reference: it follows from the kind. Of an unknown one it is a size alone. */
function signed(amount: Cents, kind: Transaction['kind']): Cents {
  if (amount === 0) return amount;
  const size = Math.abs(amount);
  return (kind === 'debit' ? -size : size) as Cents;
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
  // A ledger has no end; the user reads the newest thousand lines.
  'wallet.transactions': list(ledgerInput, readTransaction, { rows: 1_000 }),
};

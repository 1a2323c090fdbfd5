import type { Cents } from '../../../preload/contract/brands.ts';
import type { Ledger, Transaction } from '../../../preload/contract/wallet.ts';

/** The lines whose description holds all words of a search, in any order and case. */
export function searchTransactions(
  transactions: readonly Transaction[],
  search: string,
): readonly Transaction[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return transactions;
  return transactions.filter(({ description }) => {
    const text = description.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * What came in and went out within a span of time. Amounts are whole cents, both without a sign; null where there are
 * lines and none of them could be counted.
 */
export interface LedgerSummary {
  readonly spentCents: Cents | null;
  readonly debits: number;
  readonly addedCents: Cents | null;
  readonly credits: number;
  /** False where lines are missing, have no amount or time, or do not say whether it came in or went out: the sums are "at least". */
  readonly isComplete: boolean;
}

/** Adds up the lines since `fromMs` (epoch) of a ledger that holds both kinds. */
export function summarise({ transactions, truncated, unreadLines }: Ledger, fromMs: number): LedgerSummary {
  let spentCents = 0;
  let debits = 0;
  let addedCents = 0;
  let credits = 0;
  // Of when and how much they are nobody knows.
  let isComplete = unreadLines === 0;
  let reachesBack = !truncated;
  for (const { atMs, amountCents, kind } of transactions) {
    if (atMs !== null && atMs < fromMs) {
      reachesBack = true;
      continue;
    }
    if (atMs === null || amountCents === null || (kind === 'unknown' && amountCents !== 0))
      isComplete = false;
    else if (amountCents < 0) {
      spentCents -= amountCents;
      debits += 1;
    } else {
      addedCents += amountCents;
      credits += 1;
    }
  }
  const isWhole = isComplete && reachesBack;
  // Sums of whole cents are whole cents; a sum of nothing that may not be all is no sum.
  const sum = (cents: number, lines: number): Cents | null =>
    lines === 0 && !isWhole ? null : (cents as Cents);
  return {
    spentCents: sum(spentCents, debits),
    debits,
    addedCents: sum(addedCents, credits),
    credits,
    isComplete: isWhole,
  };
}

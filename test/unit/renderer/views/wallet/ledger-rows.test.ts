import { describe, expect, test } from 'vitest';
import type { Cents, TransactionId } from '../../../../../preload/contract/brands.ts';
import type { Ledger, Transaction } from '../../../../../preload/contract/wallet.ts';
import { searchTransactions, summarise } from '../../../../../renderer/views/wallet/ledger-rows.ts';

let nextId = 0;
function line(
  amountCents: number | null,
  atMs: number | null,
  description = 'Renewal, 1 month',
): Transaction {
  nextId += 1;
  return {
    id: `t-${nextId}` as TransactionId,
    atMs,
    kind: amountCents === null ? 'unknown' : amountCents < 0 ? 'debit' : 'credit',
    description,
    amountCents: amountCents as Cents | null,
    balanceAfterCents: null,
    instanceId: null,
    isLinkedByName: false,
  };
}
const ledger = (transactions: readonly Transaction[], truncated = false, unreadLines = 0): Ledger => ({
  filter: 'all',
  limit: '200',
  transactions,
  truncated,
  unreadLines,
});

describe('a search', () => {
  const lines = [line(-500, 3), line(5000, 2, 'Top-up by card'), line(302, 1, 'Refund, old-proxy deleted')];

  test('finds lines that hold all of its words, in any order and case', () => {
    expect(searchTransactions(lines, ' CARD top ')).toEqual([lines[1]]);
    expect(searchTransactions(lines, 'card refund')).toEqual([]);
  });

  test('of blanks alone leaves the ledger as it is', () => {
    expect(searchTransactions(lines, '  ')).toBe(lines);
  });
});

describe('the sums', () => {
  test('are of what is within the span, debits and credits apart', () => {
    const sums = summarise(ledger([line(-1000, 30), line(5000, 20), line(-387, 10), line(-9999, 9)]), 10);
    expect(sums).toEqual({ spentCents: 1387, debits: 2, addedCents: 5000, credits: 1, isComplete: true });
  });

  test.each([
    ['a line has no amount', ledger([line(null, 30), line(-1, 5)])],
    ['a line has no time', ledger([line(-1, null), line(-1, 5)])],
    ['the ledger ends within the span', ledger([line(-1, 30)], true)],
    ['a line does not say which way', ledger([{ ...line(500, 30), kind: 'unknown' }, line(-1, 5)])],
    ['lines could not be read', ledger([line(-1, 30), line(-1, 5)], false, 2)],
  ])('are "at least" where %s', (_, each) => {
    expect(summarise(each, 10).isComplete).toBe(false);
  });

  test('are not known where there are lines and none can be counted, and nothing where there are none', () => {
    const unread = summarise(ledger([line(-1000, null), line(5000, null)]), 10);
    expect(unread).toMatchObject({ spentCents: null, addedCents: null, isComplete: false });
    const one = summarise(ledger([line(-1000, 30), line(5000, null)]), 10);
    expect(one).toMatchObject({ spentCents: 1000, addedCents: null, isComplete: false });
    const either = summarise(ledger([{ ...line(500, 30), kind: 'unknown' }]), 10);
    expect(either).toMatchObject({ spentCents: null, addedCents: null, isComplete: false });
    expect(summarise(ledger([]), 10)).toMatchObject({ spentCents: 0, addedCents: 0, isComplete: true });
    expect(summarise(ledger([line(-1, 30)], true), 10)).toMatchObject({ spentCents: 1, addedCents: null });
  });

  test('are whole where a ledger that was cut reaches back before the span', () => {
    expect(summarise(ledger([line(-1, 30), line(-1, 5)], true), 10).isComplete).toBe(true);
  });
});

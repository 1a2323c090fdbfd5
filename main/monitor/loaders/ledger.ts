import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { Ledger, LedgerFilter, Transaction } from '../../../preload/contract/wallet.ts';
import type { ApiClient } from '../../api/index.ts';
import { answerOf, mapAnswer, type Answer } from '../monitor-api.ts';

/** The most that the reference allows. */
const limit = 200;

/** The ledger, newest first, each line once: pages can overlap when a line is added between them. */
export async function loadLedger(
  client: Pick<ApiClient, 'request'>,
  filter: LedgerFilter,
  signal: AbortSignal,
): Promise<Result<Answer<Ledger>, ApiError>> {
  // Both kinds is what comes without a type: the reference has no word for it.
  const query = filter === 'all' ? { limit } : { type: filter, limit };
  const result = await client.request('wallet.transactions', { query }, { signal, priority: 'poll' });
  return mapAnswer(answerOf(result), (transactions) => ({
    filter,
    transactions: newestFirst(transactions),
    truncated: result.ok && result.value.truncated,
  }));
}

function newestFirst(transactions: readonly Transaction[]): readonly Transaction[] {
  const unique = [...new Map(transactions.map((transaction) => [transaction.id, transaction])).values()];
  // Lines without a time stay where the API put them, before those with one.
  return unique.sort((one, other) => (other.atMs ?? Infinity) - (one.atMs ?? Infinity) || 0);
}

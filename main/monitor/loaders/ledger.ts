import type { ApiError } from '../../../preload/contract/errors.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import type { Ledger, LedgerFilter, LedgerLimit, Transaction } from '../../../preload/contract/wallet.ts';
import type { ApiClient } from '../../api/index.ts';
import { answerOf, mapAnswer, type Answer } from '../monitor-api.ts';

/** The most that the reference allows on one page. */
const maxPageLines = 200;

/** Which lines of the ledger are wanted. */
export interface LedgerQuery {
  readonly filter: LedgerFilter;
  readonly limit: LedgerLimit;
}

/** The ledger, newest first, each line once: pages can overlap when a line is added between them. */
export async function loadLedger(
  client: Pick<ApiClient, 'request'>,
  { filter, limit }: LedgerQuery,
  signal: AbortSignal,
): Promise<Result<Answer<Ledger>, ApiError>> {
  const lines = limit === 'all' ? maxPageLines : Number(limit);
  // Both kinds is what comes without a type: the reference has no word for it.
  const query = filter === 'all' ? { limit: lines } : { type: filter, limit: lines };
  const paging = limit === 'all' ? {} : { pages: 1 };
  const options = { signal, priority: 'poll', ...paging } as const;
  const result = await client.request('wallet.transactions', { query }, options);
  const answer = mapAnswer(answerOf(result), (transactions) => ({
    filter,
    limit,
    transactions: newestFirst(transactions),
    truncated: result.ok && result.value.truncated,
    unreadLines: result.ok ? result.value.unusable : 0,
  }));
  if (!answer.ok || limit === 'all') return answer;
  // That there are more lines than were asked for is no gap.
  const unreadable = answer.value.gaps?.unreadable ?? [];
  return ok({ ...answer.value, gaps: unreadable.length === 0 ? null : { cut: null, unreadable } });
}

function newestFirst(transactions: readonly Transaction[]): readonly Transaction[] {
  const unique = [...new Map(transactions.map((transaction) => [transaction.id, transaction])).values()];
  // Lines without a time stay where the API put them, before those with one.
  return unique.sort((one, other) => (other.atMs ?? Infinity) - (one.atMs ?? Infinity) || 0);
}

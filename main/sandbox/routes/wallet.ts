import { invalid, ok, type ApiRequest, type HandlerFactory } from '../http/handler.ts';
import { createShapes, iso } from '../http/shapes.ts';
import type { LedgerEntry } from '../state/wallet.ts';

const defaultLimit = 50;
const maximumLimit = 200;

/** The balance, and the ledger in pages. */
export const walletHandlers: HandlerFactory<'wallet.balance' | 'wallet.transactions'> = (world) => {
  const shapes = createShapes(world.variant);
  const row = (entry: LedgerEntry): Record<string, unknown> => ({
    id: shapes.id(entry.id),
    type: entry.type,
    // Whether a debit is negative is not in the reference: one variant has each.
    amount_cents: shapes.choose(
      entry.amountCents,
      entry.type === 'debit' ? -entry.amountCents : entry.amountCents,
    ),
    description: entry.description,
    instance_id: entry.instanceId,
    balance_after_cents: entry.balanceAfterCents,
    created_at: iso(entry.atMs),
  });

  return {
    'wallet.balance': () => {
      const { balanceCents } = world.wallet;
      return ok({ balance_cents: balanceCents, balance_usd: balanceCents / 100 });
    },

    'wallet.transactions': (request) => {
      const { type, limit, page } = readQuery(request);
      const entries = world.wallet.entries().filter((entry) => type === null || entry.type === type);
      const lastPage = Math.max(1, Math.ceil(entries.length / limit));
      const link = (to: number): string | null =>
        to >= 1 && to <= lastPage ? pageUrl(request.url, to) : null;
      return ok({
        data: entries.slice((page - 1) * limit, page * limit).map(row),
        current_page: page,
        last_page: lastPage,
        per_page: limit,
        total: entries.length,
        next_page_url: link(page + 1),
        prev_page_url: link(page - 1),
      });
    },
  };
};

function readQuery({ query }: ApiRequest): {
  readonly type: 'debit' | 'credit' | null;
  readonly limit: number;
  readonly page: number;
} {
  const type = query.get('type');
  const limit = Number(query.get('limit') ?? defaultLimit);
  const page = Number(query.get('page') ?? 1);
  if (type !== null && type !== 'debit' && type !== 'credit') {
    throw invalid({ type: ['The selected type is invalid.'] });
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > maximumLimit) {
    throw invalid({ limit: [`The limit field must be between 1 and ${maximumLimit}.`] });
  }
  return { type, limit, page: Number.isInteger(page) && page > 0 ? page : 1 };
}

function pageUrl(url: string, page: number): string {
  const next = new URL(url);
  next.searchParams.set('page', String(page));
  return next.toString();
}

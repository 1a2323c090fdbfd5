import type { Cents, InstanceId, TransactionId } from './brands.ts';

/** What the ledger can be narrowed to, by the names of the API. */
export const ledgerFilters = ['all', 'debit', 'credit'] as const;
/** One of them. */
export type LedgerFilter = (typeof ledgerFilters)[number];

/** One line of the ledger. `amountCents` carries the sign: a debit is negative. */
export interface Transaction {
  readonly id: TransactionId;
  readonly atMs: number | null;
  readonly kind: 'debit' | 'credit' | 'unknown';
  readonly description: string;
  readonly amountCents: Cents | null;
  /** Null where the API does not say. */
  readonly balanceAfterCents: Cents | null;
  /** The instance it belongs to, where that can be told. */
  readonly instanceId: InstanceId | null;
}

/** The lines of a ledger, as many as the app follows. */
export interface Ledger {
  readonly filter: LedgerFilter;
  readonly transactions: readonly Transaction[];
  /** True when more pages exist than the app follows. */
  readonly truncated: boolean;
}

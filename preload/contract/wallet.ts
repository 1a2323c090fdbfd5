import type { Cents, InstanceId, TransactionId } from './brands.ts';

export const ledgerFilters = ['all', 'debit', 'credit'] as const;
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

export interface Ledger {
  readonly filter: LedgerFilter;
  readonly transactions: readonly Transaction[];
  /** True when more pages exist than the app follows. */
  readonly truncated: boolean;
}

import type { Cents, InstanceId, TransactionId } from './brands.ts';

/** What the ledger can be narrowed to, by the names of the API. */
export const ledgerFilters = ['all', 'debit', 'credit'] as const;
/** One of them. */
export type LedgerFilter = (typeof ledgerFilters)[number];

/** How many lines are loaded: the newest so many, or as many pages as the app follows. */
export const ledgerLimits = ['50', '100', '200', 'all'] as const;
export type LedgerLimit = (typeof ledgerLimits)[number];

/**
 * One line of the ledger. `amountCents` carries the sign: a debit is negative. Where the kind is unknown it is a size
 * without a sign.
 */
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
  /** Its id is not in the answer: the description holds the name of this instance and of no other. */
  readonly isLinkedByName: boolean;
}

/** The lines of a ledger, as many as the app follows. */
export interface Ledger {
  readonly filter: LedgerFilter;
  readonly limit: LedgerLimit;
  readonly transactions: readonly Transaction[];
  /** True when there are more lines than these. */
  readonly truncated: boolean;
  /** Lines that came and could not be read: they are not among these, and a sum of these is not whole. */
  readonly unreadLines: number;
}

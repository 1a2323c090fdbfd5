import type { AccountId, Cents } from '../../preload/contract/brands.ts';
import { formatCents } from '../../preload/contract/format.ts';
import type { Notice, Snapshot } from '../../preload/contract/snapshot.ts';

/** Somebody wants to be told when the wallet can pay for an instance. */
export interface FundsWanted {
  readonly neededCents: Cents;
  /** When they asked (epoch). */
  readonly sinceMs: number;
}

/** True once the wallet, as it was read after the request, holds what is needed. */
export function isFunded(
  { neededCents, sinceMs }: FundsWanted,
  { balanceCents, walletFreshness }: Snapshot,
): boolean {
  const isNewer = walletFreshness.checkedAtMs !== null && walletFreshness.checkedAtMs > sinceMs;
  return isNewer && balanceCents !== null && balanceCents >= neededCents;
}

/** The notice that the wallet can pay: it says that nothing was sent. */
export function fundedNotice(
  accountId: AccountId,
  { neededCents, sinceMs }: FundsWanted,
  balanceCents: Cents,
  nowMs: number,
): Notice {
  return {
    key: `${accountId}/funded/${sinceMs}`,
    kind: 'funded',
    title: 'The wallet can pay for your instance',
    body: `It holds ${formatCents(balanceCents)}, ${formatCents(neededCents)} is needed. Your draft is kept; nothing was sent.`,
    instanceId: null,
    atMs: nowMs,
  };
}

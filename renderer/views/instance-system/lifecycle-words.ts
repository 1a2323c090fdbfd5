import { displayName } from '../../../preload/contract/display-text.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import { errorText } from '../../../preload/contract/errors-words.ts';
import { formatCents, formatDay, formatDuration } from '../../../preload/contract/format.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { ToastContent } from '../../components/feedback/toast-store.ts';

/** Nobody types a name that is longer, and a cut one cannot be typed. */
const longestTyped = 40;

/** What is typed to prove which instance is meant: its name, or where that is long its address, or else its id. */
export function proofOf(instance: Pick<Instance, 'id' | 'name' | 'mainIp'>): string {
  const name = displayName(instance, longestTyped + 1);
  return name.length <= longestTyped ? name : (instance.mainIp ?? instance.id);
}

/** A longer cycle is cheaper by the month: both the charge and the refund of one are smaller. */
const longerCycle = {
  charge: 'A longer cycle may cost less.',
  refund: 'With a longer cycle the refund may be smaller.',
} as const;

/** What the money of an estimate stands on: "Estimate: at monthly prices, for the 21 d that are paid until 16 Dec." */
export function estimateBasis(
  billedTillMs: number | null,
  nowMs: number,
  kind: 'charge' | 'refund' = 'charge',
): string {
  if (billedTillMs === null) return 'Evorxa does not say until when it is paid, so this cannot be estimated.';
  if (billedTillMs <= nowMs) return 'Estimate: its paid period is over.';
  const left = formatDuration(billedTillMs - nowMs);
  const until = formatDay(billedTillMs, nowMs);
  return `Estimate at monthly prices, for the ${left} paid until ${until}. ${longerCycle[kind]}`;
}

/** What a balance comes to with this refund; "—" where either is not known. */
export function balanceAfterRefund(balanceCents: number | null, refundCents: number | null): string {
  return balanceCents === null || refundCents === null ? '—' : formatCents(balanceCents + refundCents);
}

/** The toast after something was paid: what came of it and what it cost, or that nobody knows. */
export function paidToast(
  { wasLost, chargedCents }: { readonly wasLost: boolean; readonly chargedCents: number | null },
  happened: string,
  next: string,
): ToastContent {
  if (wasLost) {
    return {
      message: 'The answer was lost: it is not known whether this took effect.',
      next: 'The app is checking. Look at the ledger before you try again.',
      tone: 'warn',
    };
  }
  const paid = chargedCents === null ? '' : ` ${formatCents(chargedCents)} was charged.`;
  return { message: `${happened}${paid}`, next };
}

/** Why something that costs was not done, and that it cost nothing. */
export function unpaidText(error: AppError, what: string): string {
  switch (error.kind) {
    case 'insufficient-funds': {
      const balance =
        error.balanceCents === null ? 'The balance' : `The balance of ${formatCents(error.balanceCents)}`;
      return `${balance} does not cover ${what}. Nothing was charged. Add funds on the web dashboard, then try again.`;
    }
    case 'invalid': {
      const [first] = Object.values(error.fields).flat();
      return `Evorxa refused this: ${first ?? error.message} Nothing was charged.`;
    }
    default:
      return errorText(error);
  }
}

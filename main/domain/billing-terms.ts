import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { PlanPrice } from '../../preload/contract/catalog.ts';
import type { Transaction } from '../../preload/contract/wallet.ts';

/** How an instance is renewed, as far as it can be told: the API gives no cycle and no price of an instance. */
export interface BillingTerms {
  readonly months: number;
  /** False: assumed to be monthly. */
  readonly isCycleSeen: boolean;
  /** What one renewal costs; null where nothing tells. */
  readonly cents: Cents | null;
  readonly pricedBy: 'plan' | 'payment' | null;
}

/** What was paid for an instance last. */
export interface Payment {
  /** Epoch; null where the ledger does not say. */
  readonly atMs: number | null;
  readonly cents: Cents;
  readonly description: string;
}

/** Part of a cycle's price, which tells nothing of the whole. */
const partial = /upgrade|prorat|difference/i;
const length = /(?<![\d.,])(\d{1,2})[\s-]*(month|year)s?\b/i;
/** The API's names of cycles, from the reference: "monthly", "6months", "yearly". */
const cycleMonths: Readonly<Record<string, number>> = { monthly: 1, yearly: 12, annually: 12, quarterly: 3 };

/** How many months a cycle lasts, by its API name; null for a name that does not say. */
export function monthsOfCycle(cycle: string): number | null {
  return cycleMonths[cycle.toLowerCase()] ?? monthsInText(cycle);
}

/** The length of time that a text names: "Renewal, 6 months" → 6; null where it names none. */
function monthsInText(text: string): number | null {
  const found = length.exec(text);
  if (found === null) return null;
  const months = Number(found[1]) * (found[2]?.toLowerCase() === 'year' ? 12 : 1);
  return months > 0 ? months : null;
}

/** The newest payment of a whole cycle for each instance; a line without a time counts as the oldest. */
export function lastPayments(transactions: readonly Transaction[]): ReadonlyMap<InstanceId, Payment> {
  const payments = new Map<InstanceId, Payment>();
  for (const { kind, instanceId, atMs, amountCents, description } of transactions) {
    if (kind !== 'debit' || instanceId === null || amountCents === null || amountCents >= 0) continue;
    if (partial.test(description)) continue;
    const known = payments.get(instanceId);
    if (known !== undefined && (known.atMs ?? 0) >= (atMs ?? 0)) continue;
    // The size of a whole number of cents is one too.
    payments.set(instanceId, { atMs, cents: Math.abs(amountCents) as Cents, description });
  }
  return payments;
}

/**
 * The likely terms of an instance. Its cycle is the length that its last payment names, else the one cycle whose price
 * was paid, else a month. Its price is the plan's for that cycle, else what was paid last for the same length.
 */
export function billingTerms(prices: readonly PlanPrice[], payment: Payment | undefined): BillingTerms {
  const seenMonths =
    payment === undefined ? null : (monthsInText(payment.description) ?? monthsPaid(prices, payment));
  const months = seenMonths ?? 1;
  const isCycleSeen = seenMonths !== null;
  const listed = prices.find(({ cycle }) => monthsOfCycle(cycle) === months);
  if (listed !== undefined) return { months, isCycleSeen, cents: listed.cents, pricedBy: 'plan' };
  if (payment !== undefined && isCycleSeen)
    return { months, isCycleSeen, cents: payment.cents, pricedBy: 'payment' };
  return { months, isCycleSeen, cents: null, pricedBy: null };
}

function monthsPaid(prices: readonly PlanPrice[], payment: Payment): number | null {
  const fitting = prices.filter(({ cents }) => cents === payment.cents);
  const [only] = fitting;
  return only === undefined || fitting.length > 1 ? null : monthsOfCycle(only.cycle);
}

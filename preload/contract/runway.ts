import type { Cents, InstanceId } from './brands.ts';

/** What a forecast cannot count: with any of it, a sum is a least and a day is a latest. */
export interface Uncounted {
  /** Renewed instances without a known price. */
  readonly unpriced: number;
  /** Renewed instances without a known day. */
  readonly undated: number;
  /** The list of instances was cut or could not be read whole: there are others. */
  readonly isListCut: boolean;
}

/**
 * How long the balance pays the renewals that are known to come. An estimate: the API gives neither the cycle nor the
 * price of an instance.
 */
export type Runway =
  /** Nothing is renewed by itself. */
  | { readonly kind: 'nothing' }
  /** Every renewal of the next `months` can be paid: all of them are known. */
  | { readonly kind: 'lasts'; readonly months: number }
  /** What is known to come can be paid, but not all is known. */
  | { readonly kind: 'unknown'; readonly uncounted: Uncounted }
  /** The first renewal that the balance does not pay. */
  | {
      readonly kind: 'ends';
      readonly instanceId: InstanceId;
      readonly name: string;
      /** When that renewal is due (epoch); in the past where it is overdue. */
      readonly atMs: number;
      /** What is missing for it, above 0. */
      readonly shortCents: Cents;
      /** Something is not counted: it ends then at the latest, and at least that much is missing. */
      readonly isAtMost: boolean;
    };

/** One renewal of one instance. */
export interface Renewal {
  readonly instanceId: InstanceId;
  readonly name: string;
  /** As the catalog has it, else as Evorxa calls it. */
  readonly planName: string | null;
  /** When it is due (epoch): the end of what is paid, then a cycle later each time. */
  readonly atMs: number;
  /** How long it pays for. */
  readonly months: number;
  /** False: no payment shows the cycle, so that a monthly one is assumed. */
  readonly isCycleSeen: boolean;
  /** Null where neither the plan's price nor an earlier payment is known. */
  readonly cents: Cents | null;
  /** What would be left after it and all before it, never below 0; null where it is not paid or that is not known. */
  readonly leftCents: Cents | null;
  /** What the wallet lacks for it and all before it, above 0; null where it is paid or that is not known. */
  readonly shortCents: Cents | null;
  /** Something before it is not counted: at least `shortCents` is missing. */
  readonly isAtLeast: boolean;
}

/** An instance that is not renewed by itself, or of which nobody can say when. */
export interface NotRenewed {
  readonly instanceId: InstanceId;
  readonly name: string;
  readonly reason: 'suspended' | 'deletion' | 'no-date';
  /** The end of what is paid (epoch). */
  readonly atMs: number | null;
}

/** What the instances of one project or one plan cost. */
export interface CostLine {
  /** A project's id or a plan's name; null: of none. */
  readonly key: string | null;
  readonly instances: number;
  /** Those of them that have no known price: their cost is not in the sum. */
  readonly unpricedInstances: number;
  /** By the month, whatever the cycle. */
  readonly monthlyCents: Cents;
}

/** The renewals to come against the balance, and what all of it rests on. */
export interface Forecast {
  readonly atMs: number;
  readonly balanceCents: Cents | null;
  /** Null without a balance. */
  readonly runway: Runway | null;
  /** Where `renewals` end (epoch). */
  readonly untilMs: number;
  /** In the order in which they are due. */
  readonly renewals: readonly Renewal[];
  /** The next renewal of each instance that has none until then. */
  readonly later: readonly Renewal[];
  readonly notRenewed: readonly NotRenewed[];
  readonly byProject: readonly CostLine[];
  readonly byPlan: readonly CostLine[];
  /** What to add by when, so that all renewals of a span are paid; null where none is known to fail. */
  readonly topUp: TopUp | null;
  /** The instances that are renewed, by what is known of them. */
  readonly basis: {
    readonly instances: number;
    /** No payment in the ledger shows their cycle. */
    readonly assumedMonthly: number;
    /** Their plan has no listed price: what was paid last is taken. */
    readonly pricedByPayment: number;
    readonly unpriced: readonly string[];
    /** The names of those that have no date. */
    readonly undated: readonly string[];
    readonly isListCut: boolean;
    /** The ledger could be read. */
    readonly hasPayments: boolean;
  };
}

/** A sum to add to the wallet. */
export interface TopUp {
  readonly cents: Cents;
  /** When the first renewal is due that would fail without it (epoch). */
  readonly byMs: number;
  /** The renewals of so many days from now are paid with it. */
  readonly days: number;
  /** Something is not counted: it is the least that is missing. */
  readonly isAtLeast: boolean;
}

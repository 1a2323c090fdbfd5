import type { Cents, OsTemplateId, PackageId } from './brands.ts';

/** What an instance can be bought as. */
export interface Plan {
  readonly packageId: PackageId;
  /** What `plan` of an instance names. */
  readonly slug: string | null;
  readonly name: string;
  readonly category: string | null;
  readonly vcpu: number | null;
  readonly ramGb: number | null;
  readonly storageGb: number | null;
  /** What one cycle costs, by the cycle's API name (`monthly`, `6months`, `yearly`). */
  readonly prices: readonly PlanPrice[];
  /** Evorxa says that it cannot be bought now. */
  readonly isSoldOut: boolean;
}

/** The price of one billing cycle of a plan, whole: not by the month. */
export interface PlanPrice {
  readonly cycle: string;
  readonly cents: Cents;
}

/** Where instances stand. The API has no way to choose one. */
export interface Region {
  readonly code: string;
  readonly name: string;
  readonly flag: string | null;
}

/** How long one payment lasts. */
export interface BillingCycle {
  /** The API's name of it, as in `PlanPrice.cycle`. */
  readonly cycle: string;
  readonly label: string;
  readonly months: number | null;
  readonly discountPercent: number | null;
}

/** Operating systems of one family. */
export interface OsTemplateGroup {
  readonly name: string;
  readonly templates: readonly OsTemplate[];
}

/** An operating system that an instance can be built with. */
export interface OsTemplate {
  readonly id: OsTemplateId;
  readonly name: string;
  readonly version: string | null;
}

/** What can be bought, as anybody may see it. */
export interface PublicCatalog {
  readonly plans: readonly Plan[];
  /** Null where this part could not be read. */
  readonly regions: readonly Region[] | null;
  /** Null where this part could not be read. */
  readonly cycles: readonly BillingCycle[] | null;
}

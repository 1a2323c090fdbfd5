import type { Cents } from '../../../preload/contract/brands.ts';

export interface Plan {
  /** What `package_id` of a request wants. */
  readonly packageId: string;
  /** What `plan` of an instance names. */
  readonly slug: string | null;
  readonly name: string;
  readonly category: string | null;
  readonly vcpu: number | null;
  readonly ramGb: number | null;
  readonly storageGb: number | null;
  /** What one cycle costs, by the cycle's API name (`monthly`, `6months`, `yearly`). */
  readonly prices: readonly PlanPrice[];
}

export interface PlanPrice {
  readonly cycle: string;
  readonly cents: Cents;
}

export interface Region {
  readonly code: string;
  readonly name: string;
  readonly flag: string | null;
}

export interface BillingCycle {
  readonly cycle: string;
  readonly label: string;
  readonly months: number | null;
  readonly discountPercent: number | null;
}

export interface OsTemplateGroup {
  readonly name: string;
  readonly templates: readonly OsTemplate[];
}

export interface OsTemplate {
  /** What `os_template_id` of a request wants. */
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
}

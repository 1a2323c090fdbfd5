export const billingCycles = ['monthly', '6months', 'yearly'] as const;
export type BillingCycle = (typeof billingCycles)[number];

/** What a cycle costs and how long it lasts; a month is 30 days here, so that proration is exact. */
export const cycleTerms: Readonly<
  Record<
    BillingCycle,
    {
      readonly months: number;
      readonly discountPercent: number;
      readonly label: string;
      readonly words: string;
    }
  >
> = {
  monthly: { months: 1, discountPercent: 0, label: 'Monthly', words: '1 month' },
  '6months': { months: 6, discountPercent: 5, label: '6 months', words: '6 months' },
  yearly: { months: 12, discountPercent: 15, label: 'Yearly', words: '1 year' },
};

export type Category = 'standard' | 'cpu-optimized';

export interface Plan {
  readonly packageId: number;
  readonly slug: string;
  readonly name: string;
  readonly category: Category;
  readonly vcpu: number;
  readonly ramGb: number;
  readonly storageGb: number;
  readonly bandwidthTb: number;
  readonly monthlyCents: number;
}

const plan = (
  packageId: number,
  slug: string,
  category: Category,
  [vcpu, ramGb, storageGb, bandwidthTb]: readonly [number, number, number, number],
  monthlyCents: number,
): Plan => ({
  packageId,
  slug,
  name: slug.replace(/^./, (letter) => letter.toUpperCase()).replace('-', ' '),
  category,
  vcpu,
  ramGb,
  storageGb,
  bandwidthTb,
  monthlyCents,
});

export const plans: readonly Plan[] = [
  plan(1, 'scout-1', 'standard', [1, 2, 30, 1], 500),
  plan(2, 'scout-2', 'standard', [2, 4, 60, 2], 1000),
  plan(3, 'scout-4', 'standard', [4, 8, 120, 4], 2000),
  plan(4, 'scout-8', 'standard', [8, 16, 240, 8], 4000),
  plan(11, 'ranger-2', 'cpu-optimized', [2, 4, 80, 4], 1800),
  plan(12, 'ranger-4', 'cpu-optimized', [4, 8, 160, 8], 3600),
  plan(13, 'ranger-8', 'cpu-optimized', [8, 16, 320, 16], 7200),
];

/** The plan of a package, or undefined. */
export function planOf(packageId: number): Plan | undefined {
  return plans.find((candidate) => candidate.packageId === packageId);
}

/** The plan of a package that is known to exist. */
export function knownPlan(packageId: number): Plan {
  const found = planOf(packageId);
  if (!found) throw new Error(`No plan has package ${packageId}.`);
  return found;
}

/** What one cycle of a plan costs, in integer cents. */
export function cycleCents(of: Plan, cycle: BillingCycle): number {
  const { months, discountPercent } = cycleTerms[cycle];
  return Math.round((of.monthlyCents * months * (100 - discountPercent)) / 100);
}

export const dayMs = 86_400_000;

/** How long a cycle lasts, in milliseconds. */
export function cycleMs(cycle: BillingCycle): number {
  return cycleTerms[cycle].months * 30 * dayMs;
}

export interface OsTemplate {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** Needs at least this much memory, in GB. */
  readonly minRamGb: number;
}

export interface OsGroup {
  readonly id: number;
  readonly name: string;
  readonly templates: readonly OsTemplate[];
}

const template = (id: number, name: string, version: string, minRamGb = 1): OsTemplate => ({
  id,
  name,
  version,
  architecture: 'x86_64',
  minRamGb,
});

const osGroups: readonly OsGroup[] = [
  {
    id: 1,
    name: 'Ubuntu',
    templates: [template(101, 'Ubuntu Server', '24.04'), template(102, 'Ubuntu Server', '22.04')],
  },
  {
    id: 2,
    name: 'Debian',
    templates: [template(111, 'Debian', '13'), template(112, 'Debian', '12')],
  },
  { id: 3, name: 'AlmaLinux', templates: [template(121, 'AlmaLinux', '9')] },
  { id: 4, name: 'Windows', templates: [template(131, 'Windows Server', '2022', 4)] },
];

/** The systems that fit on a plan. */
export function osGroupsFor(of: Plan): readonly OsGroup[] {
  return osGroups
    .map((group) => ({ ...group, templates: group.templates.filter(({ minRamGb }) => minRamGb <= of.ramGb) }))
    .filter(({ templates }) => templates.length > 0);
}

/** A system that fits on a plan, by its id. */
export function osTemplateFor(of: Plan, templateId: number): OsTemplate | undefined {
  return osGroupsFor(of)
    .flatMap(({ templates }) => templates)
    .find(({ id }) => id === templateId);
}

export const regions = [
  { code: 'fra', name: 'Frankfurt', country: 'DE', flag: '🇩🇪' },
  { code: 'ams', name: 'Amsterdam', country: 'NL', flag: '🇳🇱' },
  { code: 'nyc', name: 'New York', country: 'US', flag: '🇺🇸' },
  { code: 'sin', name: 'Singapore', country: 'SG', flag: '🇸🇬' },
] as const;

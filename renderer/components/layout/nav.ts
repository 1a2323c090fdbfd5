import type { Icon } from '../icon.ts';

/** A place of the sidebar. */
export interface NavPlace {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  /** Where the link leads: "#/instances". */
  readonly href: string;
  /** How many things there need attention, and in words: "2 instances need attention". */
  readonly attention?: { readonly count: number; readonly words: string } | null;
  /** A quiet figure: a count, the balance. */
  readonly figure?: string | null;
}

/** Places between two lines. */
export type NavGroup = readonly NavPlace[];

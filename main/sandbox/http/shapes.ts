import type { Variant } from '../options.ts';

/** Gives answers the shape of the variant where the reference leaves it open. */
export interface Shapes {
  readonly variant: Variant;
  /** An array, as such or in `data`. */
  list(rows: readonly unknown[]): unknown;
  /** An id that the reference does not show: a number or its digits. */
  id(value: number): number | string;
  /** The value for this variant. */
  choose<A, B>(bare: A, wrapped: B): A | B;
}

export function createShapes(variant: Variant): Shapes {
  const isBare = variant === 'bare';
  return {
    variant,
    list: (rows) => (isBare ? rows : { data: rows }),
    id: (value) => (isBare ? value : String(value)),
    choose: (bare, wrapped) => (isBare ? bare : wrapped),
  };
}

/** A time as the reference writes it; null stays null. */
export function iso(epochMs: number): string;
export function iso(epochMs: number | null): string | null;
export function iso(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}

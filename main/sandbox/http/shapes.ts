import type { Variant } from '../options.ts';
import { plainShapes, type ShapeChoices } from './reshape.ts';

/** Gives answers the shape of the variant where the reference leaves it open. */
export interface Shapes {
  /** As the reference shows it, where it shows anything. */
  readonly isBare: boolean;
  /** An array, as such or in `data`. */
  list(rows: readonly unknown[]): unknown;
  /** An id that the reference does not show: a number or its digits. */
  id(value: number): number | string;
  /** The value for this variant. */
  choose<A, B>(bare: A, wrapped: B): A | B;
}

export function createShapes(variant: Variant): Shapes {
  const isBare = variant === 'bare' || variant === 'virtfusion';
  return {
    isBare,
    list: (rows) => (isBare ? rows : { data: rows }),
    id: (value) => (isBare ? value : String(value)),
    choose: (bare, wrapped) => (isBare ? bare : wrapped),
  };
}

/** How all answers of a variant are shaped, whatever their route makes; null where they stay as they are. */
export function choicesOf(variant: Variant): ShapeChoices | null {
  switch (variant) {
    case 'bare':
    case 'wrapped':
      return null;
    case 'laravel':
      return { ...plainShapes, wrapper: 'resource', objects: 'nested', words: 'labelled', numbers: 'text' };
    case 'virtfusion':
      return {
        ...plainShapes,
        names: 'camel',
        lists: 'map',
        inner: 'json',
        truths: 'number',
        times: 'sql',
        series: 'columns',
      };
  }
}

/** A time as the reference writes it; null stays null. */
export function iso(epochMs: number): string;
export function iso(epochMs: number | null): string | null;
export function iso(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}

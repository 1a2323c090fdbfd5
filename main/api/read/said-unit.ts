import { find } from './fields.ts';
import type { Quantity } from './measures.ts';
import type { Raw } from './values.ts';

/** What an answer calls the unit of its numbers. */
const unitNames = ['unit', 'units', 'value_unit', 'y_unit', 'measure'] as const;
/** A unit of the times, not of what is measured. */
const timeUnit = /^(?:m?s|sec|seconds?|millis|milliseconds?|min|minutes?|hours?|utc|unix)$/i;

/** The quantities in the unit that this object names for all of its numbers. */
export function inSaidUnit(body: Raw, columns: readonly Quantity[]): readonly Quantity[] {
  const unit = find(body, unitNames)?.value ?? find(body, ['meta_unit', 'meta_units'])?.value;
  if (typeof unit !== 'string' || unit.trim() === '' || timeUnit.test(unit.trim())) return columns;
  return columns.map((column) => column.inUnit(unit));
}

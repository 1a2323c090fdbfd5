import type { Cents } from '../../../preload/contract/brands.ts';
import type { CostLine } from '../../../preload/contract/runway.ts';

/** A line of a table of costs. */
export interface CostRow {
  readonly key: string;
  readonly label: string;
  readonly instances: number;
  /** By the month; null for instances without a known price. */
  readonly monthlyCents: Cents | null;
  /** Of the dearest line, 0 to 1. */
  readonly ratio: number;
}

/**
 * Costs as rows: each project or plan with what is known of it, then in one row the instances whose price is not known.
 * `labelOf` names a key; null is the key of what belongs to none.
 */
export function costRows(
  lines: readonly CostLine[],
  labelOf: (key: string | null) => string,
): readonly CostRow[] {
  const dearest = Math.max(1, ...lines.map(({ monthlyCents }) => monthlyCents));
  const rows: CostRow[] = lines.flatMap(({ key, instances, unpricedInstances, monthlyCents }) =>
    instances === unpricedInstances
      ? []
      : {
          key: `key-${key ?? ''}`,
          label: labelOf(key),
          instances: instances - unpricedInstances,
          monthlyCents,
          ratio: monthlyCents / dearest,
        },
  );
  const unpriced = lines.reduce((sum, { unpricedInstances }) => sum + unpricedInstances, 0);
  if (unpriced === 0) return rows;
  return [
    ...rows,
    { key: 'unpriced', label: 'Unknown price', instances: unpriced, monthlyCents: null, ratio: 0 },
  ];
}

/** What instances cost by the month in all, as far as it is known. */
export interface CostTotal {
  /** Null where not one price is known. */
  readonly cents: Cents | null;
  /** Something is not counted: it is the least that they cost. */
  readonly isAtLeast: boolean;
}

/** What all lines come to; `isListCut`: there are instances that none of them counts. */
export function costTotal(lines: readonly CostLine[], isListCut: boolean): CostTotal {
  const instances = lines.reduce((sum, line) => sum + line.instances, 0);
  const unpriced = lines.reduce((sum, { unpricedInstances }) => sum + unpricedInstances, 0);
  const isAtLeast = isListCut || unpriced > 0;
  const sum = lines.reduce((cents, { monthlyCents }) => cents + monthlyCents, 0);
  return { cents: isAtLeast && instances === unpriced ? null : (sum as Cents), isAtLeast };
}

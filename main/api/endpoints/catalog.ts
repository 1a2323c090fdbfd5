import * as z from 'zod/mini';
import type { BillingCycle, Region } from '../../../preload/contract/catalog.ts';
import { isCycleWord, lengthOf } from '../read/cycle.ts';
import type { Report } from '../read/drift.ts';
import { percent } from '../read/measures.ts';
import { readOsGroups } from '../read/os-templates.ts';
import { readPlans } from '../read/plans.ts';
import { Row } from '../read/row.ts';
import { cycleIn, hasAny, lengthFields } from '../read/said-cycle.ts';
import { mapKey, objectOf, readList } from '../read/shapes.ts';
import type { Raw } from '../read/values.ts';
import { answer, nothing, pathId } from './define.ts';

function readRegion(raw: unknown, path: string, report: Report): Region | null {
  const row = Row.of(raw, path, report);
  const code = row?.text('code', 'slug', 'id', mapKey) ?? null;
  if (row === null) return null;
  if (code === null) {
    row.report('code', 'expected a code');
    return null;
  }
  return {
    code,
    name: row.label('name', 'label', 'title', 'city') ?? code,
    flag: row.text('flag', 'flag_emoji', 'country_code'),
  };
}

const discount = percent('discount', 'saving', 'savings');

/** Parts of a hundred. A part of one and a sum of money look like some: `0.1`, `{ type: 'fixed', value: 10 }`. */
function discountOf(row: Row, raw: Raw): number | null {
  const value = discount.in(raw);
  const kind = row.text('discount_type', 'discount_kind', 'saving_type') ?? 'percent';
  if (value === null || (/^(?:percent|pct|%|rel)/i.test(kind) && (value === 0 || value >= 1))) return value;
  row.report('discount', 'expected a percentage');
  return null;
}

function readCycle(raw: unknown, path: string, report: Report): BillingCycle | null {
  const object = objectOf(raw);
  const row = Row.of(object ?? raw, path, report);
  if (row === null || object === null) return null;
  const said = cycleIn(row, object);
  // A word that is no length is the API's own, where nothing else says one.
  const word = row.text('cycle', 'billing_cycle', 'key', 'slug', 'code', mapKey);
  const isOwn = word !== null && !isCycleWord(word) && !/^\d+$/.test(word) && !hasAny(object, lengthFields);
  const cycle = said ?? (isOwn ? word : null);
  if (cycle === null) {
    row.report('cycle', 'expected a billing cycle');
    return null;
  }
  return {
    cycle,
    label: row.label('label', 'name', 'title') ?? cycle,
    months: lengthOf(cycle)?.months ?? null,
    discountPercent: discountOf(row, object),
  };
}

/** What can be bought. */
export const catalogEndpoints = {
  'catalog.plans': answer(nothing, readPlans),
  'catalog.regions': answer(nothing, (body, report) => readList(body, readRegion, '', report)),
  'catalog.billingCycles': answer(nothing, (body, report) => readList(body, readCycle, '', report)),
  'catalog.myPlans': answer(nothing, readPlans),
  'catalog.osTemplates': answer(z.object({ path: z.object({ packageId: pathId }) }), readOsGroups),
};

import * as z from 'zod/mini';
import type { BillingCycle, Region } from '../../../preload/contract/catalog.ts';
import { cycleOf } from '../read/cycle.ts';
import type { Report } from '../read/drift.ts';
import { percent } from '../read/measures.ts';
import { readOsGroups } from '../read/os-templates.ts';
import { readPlans } from '../read/plans.ts';
import { Row } from '../read/row.ts';
import { mapKey, objectOf, readList } from '../read/shapes.ts';
import { answer, nothing, pathId } from './define.ts';

function readRegion(raw: unknown, path: string, report: Report): Region | null {
  const row = Row.of(raw, path, report);
  const code = row?.id('code', 'slug', 'id', mapKey) ?? null;
  if (row === null || code === null) return null;
  return {
    code,
    name: row.label('name', 'label', 'title', 'city') ?? code,
    flag: row.text('flag', 'flag_emoji', 'country_code'),
  };
}

const discount = percent('discount', 'saving', 'savings');

function readCycle(raw: unknown, path: string, report: Report): BillingCycle | null {
  const row = Row.of(raw, path, report);
  const names = ['cycle', 'billing_cycle', 'key', 'slug', 'id', 'name', mapKey];
  const word = row?.id(...names) ?? null;
  if (row === null || word === null) return null;
  const months = row.number('months', 'length_months', 'duration_months');
  const cycle = cycleOf(word) ?? (months === null ? null : cycleOf(months)) ?? word;
  return {
    cycle,
    label: row.label('label', 'name', 'title') ?? cycle,
    months,
    discountPercent: discount.in(objectOf(raw) ?? {}),
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

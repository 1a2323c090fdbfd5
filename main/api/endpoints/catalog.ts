import * as z from 'zod/mini';
import type { BillingCycle, Region } from '../../../preload/contract/catalog.ts';
import type { Report } from '../read/drift.ts';
import { readOsGroups } from '../read/os-templates.ts';
import { readPlans } from '../read/plans.ts';
import { Row } from '../read/row.ts';
import { readList } from '../read/shapes.ts';
import { answer, nothing, pathId } from './define.ts';

function readRegion(raw: unknown, path: string, report: Report): Region | null {
  const row = Row.of(raw, path, report);
  const code = row?.id('code', 'id', 'slug') ?? null;
  if (row === null || code === null) return null;
  return { code, name: row.text('name') ?? code, flag: row.text('flag', 'flag_emoji') };
}

function readCycle(raw: unknown, path: string, report: Report): BillingCycle | null {
  const row = Row.of(raw, path, report);
  const cycle = row?.id('cycle', 'id', 'key', 'slug', 'name') ?? null;
  if (row === null || cycle === null) return null;
  return {
    cycle,
    label: row.text('label', 'name') ?? cycle,
    months: row.number('months'),
    discountPercent: row.number('discount_percent', 'discount'),
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

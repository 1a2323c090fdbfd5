import type { Plan, PlanPrice } from '../../../preload/contract/catalog.ts';
import { amountOf } from './amount.ts';
import { cycleOf } from './cycle.ts';
import { typeName, type Report } from './drift.ts';
import { hasField, shapeOf, wordsOf } from './fields.ts';
import { groupsIn, type Grouping } from './groups.ts';
import { packageIdOf } from './ids.ts';
import { Row } from './row.ts';
import { mapKey, readRows, rowsOf, type ReadRow } from './shapes.ts';
import { sizeOf } from './sizes.ts';
import { isList, isRaw, opened, textOf, type Raw } from './values.ts';

const planIdNames = ['package_id', 'plan_id', 'id'] as const;
/** What a plan has, and a category has not. */
const planFields = [
  'package_id',
  'plan_id',
  'vcpu',
  'vcpus',
  'cpu_cores',
  'cores',
  'ram',
  'ram_gb',
  'memory',
  'prices',
  'pricing',
] as const;

const grouping: Grouping = {
  listNames: ['plans', 'packages', 'products'],
  wrapperNames: ['categories', 'catalog', 'groups'],
  isRow: (raw) => hasField(raw, planFields),
};

/**
 * Decodes plans out of their categories: a list or a map of categories with plans, an object with a list for each category,
 * or plans alone. Null where there is none of these, and where plans came and none could be read.
 */
export function readPlans(body: unknown, report: Report): readonly Plan[] | null {
  const groups = groupsIn(body, grouping);
  if (groups === null) {
    report('', `expected plans, got ${typeName(body)}`);
    return null;
  }
  const plans = groups.flatMap(({ slug, rows }) => readRows(rows, planReader(slug), slug ?? '', report));
  return plans.length === 0 && groups.some(({ rows }) => rows.length > 0) ? null : plans;
}

function planReader(category: string | null): ReadRow<Plan> {
  return (raw, path, report) => {
    const row = Row.of(raw, path, report);
    const object = opened(raw);
    const packageId = row && packageIdOf(row, ...planIdNames, mapKey);
    if (row === null || packageId === null || !isRaw(object)) return null;
    const key = row.text(mapKey);
    const slug = row.text('slug', 'code', 'plan_slug', 'plan') ?? (key === packageId ? null : key);
    return {
      packageId,
      slug,
      name: row.label('name', 'label', 'title', 'display_name', 'plan') ?? slug ?? packageId,
      category: row.text('category') ?? category,
      ...sizeOf(object, (field) => row.report(field, 'expected a size')),
      prices: pricesOf(row, object),
      isSoldOut: isSoldOut(row),
    };
  };
}

/** What is left of a plan, as such shops name it; and that nothing is. */
const stockNames = [
  'available',
  'is_available',
  'in_stock',
  'stock',
  'stock_count',
  'available_count',
] as const;
const soldOutNames = ['sold_out', 'is_sold_out', 'out_of_stock', 'unavailable'] as const;
const stockWordNames = ['availability', 'stock_status', 'status'] as const;
const soldOutWord = /^(?:sold[\s_-]?out|out[\s_-]?of[\s_-]?stock|unavailable|none)$/i;

/** Whether any field says that a plan cannot be bought now. The reference has none: without one it can. */
function isSoldOut(row: Row): boolean {
  const text = (name: string): string => textOf(row.raw(name))?.trim().toLowerCase() ?? '';
  return (
    stockNames.some((name) => ['false', 'no'].includes(text(name)) || Number(text(name) || 'none') <= 0) ||
    soldOutNames.some((name) => ['true', 'yes', '1'].includes(text(name))) ||
    [...stockNames, ...stockWordNames].some((name) => soldOutWord.test(text(name)))
  );
}

const cycleNames = [
  'billing_cycle',
  'cycle',
  'period',
  'interval',
  'term',
  'key',
  'slug',
  'name',
  mapKey,
] as const;
const priceNames = ['price', 'amount', 'total', 'cost', 'value'] as const;
/** Words that can stand beside a cycle in the name of a price. */
const priceWords = new Set([
  'price',
  'cost',
  'amount',
  'rate',
  'fee',
  'total',
  'cents',
  'usd',
  'dollars',
  'in',
  'per',
  'billing',
]);

/** Prices by cycle: a map or a list with a cycle in each, or fields such as `monthly_cents`, also in `price`. */
function pricesOf(row: Row, raw: Raw): readonly PlanPrice[] {
  const prices = opened(row.raw('prices', 'pricing', 'cycles', 'billing_cycles', 'price'));
  if (isList(prices) || (isRaw(prices) && Object.values(prices).every((each) => isRaw(opened(each))))) {
    return (rowsOf(prices) ?? []).flatMap((each) => {
      const price = opened(each);
      if (!isRaw(price)) return [];
      const inner = row.child(price, 'prices');
      const named = inner.text(...cycleNames) ?? inner.text('months', 'length');
      return named === null ? [] : priced(cycleOf(named) ?? named, inner, ...priceNames, named);
    });
  }
  const ofMap = isRaw(prices) ? pricesIn(row.child(prices, 'prices'), prices, true) : [];
  return ofMap.length > 0 ? ofMap : pricesIn(row, raw, false);
}

/**
 * `monthly_cents`, `price_monthly`, `sixMonthsPriceUsd`: the cycle and the unit are in the name. In a map of prices a cycle
 * can be any word.
 */
function pricesIn(row: Row, raw: Raw, isMap: boolean): readonly PlanPrice[] {
  const found = new Map<string, PlanPrice>();
  for (const key of shapeOf(raw).keys) {
    const words = wordsOf(key);
    const name = words.filter((word) => !priceWords.has(word)).join('_');
    const cycle = cycleOf(name) ?? (isMap && name !== '' && name !== 'currency' ? name : null);
    if (cycle === null || found.has(cycle)) continue;
    const base = words.filter((word) => !['cents', 'usd', 'dollars', 'in'].includes(word)).join('_');
    const [price] = priced(cycle, row, base, words.join('_'));
    if (price !== undefined) found.set(cycle, price);
  }
  return [...found.values()];
}

function priced(cycle: string, row: Row, ...names: readonly string[]): readonly PlanPrice[] {
  const cents = amountOf(row, ...names);
  return cents === null ? [] : [{ cycle, cents }];
}

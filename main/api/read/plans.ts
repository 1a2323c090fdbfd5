import type { Plan, PlanPrice } from '../../../preload/contract/catalog.ts';
import { amountOf } from './amount.ts';
import { typeName, type Report } from './drift.ts';
import { packageIdOf } from './ids.ts';
import { isRaw, Row, textOf, type Raw } from './row.ts';
import { readRows, rowsOf, type ReadRow } from './shapes.ts';

const planListNames = ['plans', 'packages', 'items'] as const;
const cycleNames = ['monthly', '6months', 'yearly'] as const;

/**
 * Decodes plans out of their categories: a list of categories with plans, an object with a list for each
 * category, or plans alone. Null where there is none of these.
 */
export function readPlans(body: unknown, report: Report): readonly Plan[] | null {
  const groups = groupsOf(body);
  if (groups !== null) {
    return groups.flatMap(({ category, plans }) =>
      readRows(plans, planReader(category), category ?? '', report),
    );
  }
  report('', `expected plans, got ${typeName(body)}`);
  return null;
}

interface Group {
  readonly category: string | null;
  readonly plans: readonly unknown[];
}

function groupsOf(body: unknown): readonly Group[] | null {
  const inner = isRaw(body) && isRaw(body['data']) ? body['data'] : body;
  const rows = rowsOf(inner);
  if (rows !== null) return ofRows(rows, isRaw(inner) ? singleName(inner) : null);
  if (!isRaw(inner)) return null;
  const lists = Object.entries(inner).flatMap(([name, value]) =>
    Array.isArray(value) ? { category: name, plans: value as readonly unknown[] } : [],
  );
  return lists.length > 0 ? lists : null;
}

/** `{ standard: […] }`: with one category its name is the only one; `data` and the like are no categories. */
function singleName(raw: Raw): string | null {
  const name = Object.keys(raw).find((key) => Array.isArray(raw[key]));
  return name === undefined || ['data', 'categories', ...planListNames].includes(name) ? null : name;
}

function ofRows(rows: readonly unknown[], category: string | null): readonly Group[] {
  const alone: unknown[] = [];
  const groups = rows.flatMap((row) => {
    const plans = isRaw(row)
      ? planListNames.map((name) => row[name]).find((it) => Array.isArray(it))
      : undefined;
    if (isRaw(row) && Array.isArray(plans)) {
      const name = textOf(row['slug'] ?? row['category'] ?? row['key'] ?? row['name'] ?? row['id']);
      return { category: name, plans: plans as readonly unknown[] };
    }
    alone.push(row);
    return [];
  });
  return alone.length === 0 ? groups : [...groups, { category, plans: alone }];
}

function planReader(category: string | null): ReadRow<Plan> {
  return (raw, path, report) => {
    const row = Row.of(raw, path, report);
    const packageId = row && packageIdOf(row, 'package_id', 'id');
    if (row === null || packageId === null) return null;
    const slug = row.text('slug', 'code');
    return {
      packageId,
      slug,
      name: row.text('name', 'label') ?? slug ?? packageId,
      category: row.text('category') ?? category,
      vcpu: row.number('vcpu', 'vcpus', 'cpu', 'cores'),
      ramGb: row.number('ram', 'ram_gb', 'memory'),
      storageGb: row.number('storage', 'storage_gb', 'disk'),
      prices: pricesOf(row),
    };
  };
}

/** Prices by cycle: an object by cycle, a list with a cycle in each, or fields such as `monthly_cents`. */
function pricesOf(row: Row): readonly PlanPrice[] {
  const prices = row.raw('prices', 'pricing', 'cycles');
  if (Array.isArray(prices)) {
    return prices.flatMap((raw: unknown) => {
      if (!isRaw(raw)) return [];
      const price = row.child(raw, 'prices');
      const cycle = price.text('cycle', 'billing_cycle', 'key', 'name');
      return cycle === null ? [] : priced(cycle, price, 'price', 'amount');
    });
  }
  if (!isRaw(prices)) return cycleNames.flatMap((cycle) => priced(cycle, row, cycle, `price_${cycle}`));
  const inner = row.child(prices, 'prices');
  const cycles = new Set(Object.keys(prices).map((name) => name.replace(/_(cents|usd)$/, '')));
  return [...cycles].flatMap((cycle) => {
    const value = prices[cycle];
    return isRaw(value)
      ? priced(cycle, inner.child(value, cycle), 'price', 'amount', 'total')
      : priced(cycle, inner, cycle);
  });
}

function priced(cycle: string, row: Row, ...names: readonly string[]): readonly PlanPrice[] {
  const cents = amountOf(row, ...names);
  return cents === null ? [] : [{ cycle, cents }];
}

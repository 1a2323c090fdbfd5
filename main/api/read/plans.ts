import type { Plan } from '../../../preload/contract/catalog.ts';
import { typeName, type Report } from './drift.ts';
import { find, folded, hasField, wordsOf } from './fields.ts';
import { isCutShort } from '../pages.ts';
import { groupsIn, type Grouping } from './groups.ts';
import { packageIdOf, planIdNames } from './ids.ts';
import { areLow, areWithoutUnit, pricesOf } from './plan-prices.ts';
import { isSoldOut } from './stock.ts';
import { Row } from './row.ts';
import { mapKey, readRows, wrapperNames, type ReadRow } from './shapes.ts';
import { partNames, sizeOf } from './sizes.ts';
import { isList, isRaw, opened, type Raw } from './values.ts';

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

const listNames = ['plans', 'packages', 'products'] as const;
const titleNames = ['slug', 'name', 'title', 'label', 'code', 'display_name', ...planIdNames] as const;
/** Objects in a plan that are no plans, whatever is in them. */
const partFolds: ReadonlySet<string> = new Set(
  [
    ...[
      ...partNames,
      'attributes',
      'price',
      'prices',
      'pricing',
      'cycles',
      'billing_cycles',
      'category',
      'region',
    ],
    ...[
      'regions',
      'os',
      'currency',
      'meta',
      'links',
      'relationships',
      'type',
      'features',
      'stock',
      'availability',
    ],
    ...['discount', 'tax', 'network', 'bandwidth', 'traffic', 'cpu', 'memory', 'ram', 'disk', 'storage'],
  ].map(folded),
);
const isPart = (key: string): boolean => partFolds.has(folded(key));
const priceWord = /^(?:price|prices|pricing|cost|monthly|yearly|annually)$/;

const grouping: Grouping = {
  listNames,
  wrapperNames: ['categories', 'catalog', 'groups'],
  isRow: isPlan,
  isPart,
};

/** Whether an object is a plan rather than a group of them: it says what it is called, and its size, its price or its id. */
function isPlan(resource: Raw): boolean {
  const raw = withAttributes(resource);
  if (typeof opened(find(raw, listNames)?.value) === 'object') return false;
  if (hasField(raw, planFields)) return true;
  if (holdsRows(raw)) return false;
  const isSized = hasSize(raw);
  const isPriced = Object.keys(raw).some((key) => wordsOf(key).some((word) => priceWord.test(word)));
  const isNamed = hasScalar(raw, titleNames);
  if (isSized || isPriced) return isNamed || (isSized && isPriced);
  return isNamed && hasScalar(raw, planIdNames) && !hasWrapper(raw);
}

/** True where it has a list of something else than its parts, empty or not. */
const hasWrapper = (raw: Raw): boolean =>
  Object.entries(raw).some(([key, value]) => isWrapper(key) && isList(opened(value)));

const isWrapper = (key: string): boolean => wrapperNames.some((name) => folded(name) === folded(key));

/** True where plans, or rows of any kind in a wrapper, are inside. */
function holdsRows(raw: Raw): boolean {
  return Object.entries(raw).some(([key, value]) => {
    const inner = opened(value);
    if (isPart(key) || !(isList(inner) || isRaw(inner))) return false;
    const parts: readonly unknown[] = isList(inner) ? inner : [inner, ...Object.values(inner)];
    const items = parts.map(opened).filter(isRaw);
    return isWrapper(key)
      ? items.length > 0
      : items.some((item) => hasScalar(item, titleNames) && hasSize(item));
  });
}

const hasScalar = (raw: Raw, names: readonly string[]): boolean =>
  names.some((name) => ['string', 'number'].includes(typeof find(raw, [name])?.value));

function hasSize(raw: Raw): boolean {
  const { vcpu, ramGb, storageGb } = sizeOf(raw, () => undefined);
  return vcpu !== null || ramGb !== null || storageGb !== null;
}

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
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const isCut = isCutShort(body, count);
  if (isCut) report('', `expected all plans, got ${count}`);
  const withoutUnit = new Set<Plan>();
  const read = groups.flatMap(({ slug, rows }) =>
    readRows(rows, planReader(slug, withoutUnit), slug ?? '', report),
  );
  // One price that must be dollars tells that the others may be, too.
  const isUnclear = [...withoutUnit].some(({ prices }) => areLow(prices));
  if (isUnclear) report('prices', 'expected a unit');
  const plans = read.map((plan) => (isUnclear && withoutUnit.has(plan) ? { ...plan, prices: [] } : plan));
  return plans.length === 0 && (count > 0 || isCut) ? null : plans;
}

function planReader(category: string | null, withoutUnit: Set<Plan>): ReadRow<Plan> {
  return (raw, path, report) => {
    const value = opened(raw);
    const object = isRaw(value) ? withAttributes(value) : null;
    const row = Row.of(object ?? raw, path, report);
    const packageId = row && packageIdOf(row);
    if (row === null || packageId === null || object === null) return null;
    // The key of an object beside the plans is nobody's id.
    if (!hasField(object, planIdNames) && !isPlan(object)) {
      row.report('id', 'expected a plan');
      return null;
    }
    const key = row.text(mapKey);
    const slug = row.text('slug', 'code', 'plan_slug', 'plan') ?? (key === packageId ? null : key);
    const plan: Plan = {
      packageId,
      slug,
      name: row.label('name', 'label', 'title', 'display_name', 'plan') ?? slug ?? packageId,
      category: row.text('category') ?? category,
      ...sizeOf(object, (field) => row.report(field, 'expected a size')),
      prices: pricesOf(row, object),
      isSoldOut: isSoldOut(object),
    };
    if (areWithoutUnit(object)) withoutUnit.add(plan);
    return plan;
  };
}

/** What a resource says of itself lies in its attributes; its id beside them. */
function withAttributes(raw: Raw): Raw {
  const inner = opened(find(raw, ['attributes'])?.value);
  return isRaw(inner) ? { ...inner, ...raw } : raw;
}

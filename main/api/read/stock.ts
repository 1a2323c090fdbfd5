import { folded } from './fields.ts';
import { booleanOf, isList, isRaw, numberOf, opened, type Raw } from './values.ts';

const foldsOf = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).map(folded));

/** What is left of a plan, or whether it can be bought: as a number, a yes or no, a word, or an object with these in it. */
const stockNames = foldsOf(`
  available is_available availability in_stock is_in_stock stock stock_count stock_level stock_status stock_quantity
  available_count available_stock available_quantity available_units units_available remaining remaining_stock
  remaining_count units_left left quantity qty quantity_available inventory purchasable is_purchasable can_purchase
  can_be_purchased orderable is_orderable can_order can_be_ordered buyable is_buyable sellable is_sellable on_sale
  for_sale can_buy enabled is_enabled active is_active sale_status order_status`);
/** That nothing is left, or that it is not sold. */
const soldOutNames = foldsOf(`
  sold_out is_sold_out out_of_stock is_out_of_stock unavailable is_unavailable disabled is_disabled discontinued
  is_discontinued retired is_retired inactive is_inactive end_of_sale is_archived archived`);
const wordNames = foldsOf('status state');
/** What an object of stock calls its parts; the first that says anything counts. */
const innerNames = foldsOf(
  'value status state count amount total number now current level units slug code key name',
);
const soldOutWord =
  /^(?:sold[\s_-]?out|out[\s_-]?of[\s_-]?stock|(?:not|un)[\s_-]?available|none|no[\s_-]?stock|disabled|inactive|discontinued|retired|archived|not[\s_-]?for[\s_-]?sale|ended|empty|depleted)$/i;

/** Whether stock is counted at all: where it is not, a number of it says nothing. */
const countedNames = foldsOf(
  'stock_control stock_enabled track_stock has_stock_limit manage_stock track_inventory',
);
const uncountedNames = foldsOf(
  'unlimited is_unlimited stock_unlimited unlimited_stock is_stock_unlimited infinite',
);

const isUncounted = (raw: Raw): boolean =>
  Object.entries(raw).some(([key, value]) => {
    const fold = folded(key);
    if (uncountedNames.has(fold)) return isYes(value);
    return countedNames.has(fold) && booleanOf(textIn(value)) === false;
  });

/** Whether any field of a plan says that it cannot be bought now. The reference has none: without one it can. */
export function isSoldOut(plan: Raw): boolean {
  const isCounted = !isUncounted(plan);
  return Object.entries(plan).some(([key, value]) => {
    const fold = folded(key);
    if (stockNames.has(fold)) return (isCounted || numberOf(value) === null) && isNothing(value, 0);
    if (soldOutNames.has(fold)) return isYes(value);
    return wordNames.has(fold) && isNothing(textIn(value), 0);
  });
}

/** True where what is left is nothing, or what is asked is answered with no. */
function isNothing(raw: unknown, depth: number): boolean {
  const value = opened(raw);
  if (isRaw(value)) {
    if (depth > 2 || isUncounted(value)) return false;
    return Object.entries(value).some(([key, inner]) => {
      const fold = folded(key);
      if (soldOutNames.has(fold)) return isYes(inner);
      return (stockNames.has(fold) || innerNames.has(fold)) && isNothing(inner, depth + 1);
    });
  }
  if (value === null || value === undefined || isList(value)) return false;
  if (typeof value === 'string' && soldOutWord.test(value.trim())) return true;
  const left = numberOf(value);
  return left === null ? booleanOf(value) === false : left <= 0;
}

/** True for a yes, also in an object. */
function isYes(raw: unknown): boolean {
  return booleanOf(textIn(raw)) === true;
}

function textIn(raw: unknown): unknown {
  const value = opened(raw);
  return isRaw(value) ? (value['value'] ?? value['slug'] ?? value['code'] ?? value['name']) : value;
}

import type { PlanPrice } from '../../../preload/contract/catalog.ts';
import { amountInside, amountOf, isForeign } from './amount.ts';
import { cycleOf, isCycleWord, lengthOf } from './cycle.ts';
import { folded, shapeOf, wordsOf } from './fields.ts';
import { isDollarWord } from './money.ts';
import type { Row } from './row.ts';
import { countNames, cycleIn, hasAny, lengthNames } from './said-cycle.ts';
import { mapKey, rowsOf } from './shapes.ts';
import { isList, isRaw, opened, textOf, type Raw } from './values.ts';

const priceNames = ['price', 'amount', 'total', 'cost', 'value'] as const;
/** Words that can stand beside a cycle in the name of a price. */
const priceWords = new Set('price cost amount rate fee total cents usd dollars in per billing'.split(' '));
/** What stands beside the prices of a map and is none. */
const besidePrices = new Set(
  'currency currencycode currencysymbol symbol prefix suffix unit id label name title display formatted'.split(
    ' ',
  ),
);

/**
 * The prices of a plan by cycle: a map or a list with a cycle in each, one price with its cycle, or fields such as
 * `monthly_cents`. A price whose cycle cannot be told is left out, and reported; so is a longer cycle that costs less than a
 * shorter one: that is its price by the month.
 */
export function pricesOf(row: Row, raw: Raw): readonly PlanPrice[] {
  const prices = saidPrices(row, raw);
  return prices.filter(({ cycle, cents }) => {
    const months = monthsOf(cycle);
    const isByMonth = prices.some(
      (other) => other.cents > cents && monthsOf(other.cycle) < months && cents > 0,
    );
    if (isByMonth) row.report(`prices.${cycle}`, 'expected the price of the whole cycle');
    return !isByMonth;
  });
}

const monthsOf = (cycle: string): number => lengthOf(cycle)?.months ?? 0;

/** Less than this a month no instance costs. */
const leastMonthlyCents = 40;
const unitKey = /"[^"]*(?:cents|dollars?|minor|micros|usd[^"]|[^"]usd)[^"]*":/i;

/** True for prices of which no field says whether they are dollars or cents. */
export const areWithoutUnit = (raw: Raw): boolean => !unitKey.test(JSON.stringify(raw).slice(0, 10_000));

/** True for prices that are so low, as cents, that they may be dollars. */
export function areLow(prices: readonly PlanPrice[]): boolean {
  return prices.some(({ cycle, cents }) => {
    const months = monthsOf(cycle);
    return months > 0 && cents > 0 && cents / months < leastMonthlyCents;
  });
}

function saidPrices(row: Row, raw: Raw): readonly PlanPrice[] {
  if (isForeign(row)) {
    row.report('currency', 'expected prices in dollars');
    return [];
  }
  const given = opened(row.raw('prices', 'pricing', 'cycles', 'billing_cycles', 'price'));
  const prices = isRaw(given) ? (dollarsAmong(given) ?? given) : given;
  if (isList(prices))
    return agreed(
      row,
      (rowsOf(prices) ?? []).flatMap((each) => priceOf(row, each)),
    );
  const hasLength = isRaw(prices) && hasAny(prices, [...lengthNames, ...countNames]);
  if (isRaw(prices) && !hasLength && Object.values(prices).every((each) => isRaw(opened(each)))) {
    const each = Object.entries(prices).map(([key, inner]) => ({ ...(opened(inner) as Raw), [mapKey]: key }));
    return agreed(
      row,
      each.flatMap((price) => priceOf(row, price)),
    );
  }
  if (isRaw(prices) && hasLength) return priceOf(row, prices);
  const ofMap = isRaw(prices) ? pricesIn(row.child(prices, 'prices'), prices, true) : [];
  if (ofMap.length > 0) return ofMap;
  const ofFields = pricesIn(row, raw, false);
  const isPriced =
    ofFields.length === 0 && hasAny(raw, ['price', 'amount', 'cost', 'price_cents', 'price_usd']);
  return isPriced && hasAny(raw, lengthNames) ? priceOf(row, raw) : ofFields;
}

/** The prices in dollars, where a map has those of each currency under its code; null where it has none. */
function dollarsAmong(prices: Raw): Raw | null {
  const entries = Object.entries(prices);
  const key = entries.find(([code]) => isDollarWord(code))?.[0];
  const inner = key === undefined ? null : opened(prices[key]);
  return isRaw(inner) && entries.every(([code]) => isDollarWord(code) || /^[a-z]{3}$/i.test(code))
    ? inner
    : null;
}

/** One price, with its cycle beside it. */
function priceOf(row: Row, raw: unknown): readonly PlanPrice[] {
  const price = opened(raw);
  if (!isRaw(price)) return [];
  const inner = row.child(price, 'prices');
  const cycle = cycleIn(inner, price);
  if (cycle === null || isForeign(inner)) {
    inner.report(cycle === null ? 'cycle' : 'currency', 'expected a price of a known cycle in dollars');
    return [];
  }
  const key = textOf(price[mapKey]);
  const cents = amountInside(inner, ...priceNames, ...(key === null ? [] : [key]), cycle);
  if (cents !== null && cents >= 0) return [{ cycle, cents }];
  if (cents !== null && !isNotOffered(cents)) inner.report(cycle, 'expected a price');
  return [];
}

/** `monthly_cents`, `price_monthly`, `sixMonthsPriceUsd`: the cycle and the unit are in the name. */
function pricesIn(row: Row, raw: Raw, isMap: boolean): readonly PlanPrice[] {
  const found = new Map<string, PlanPrice>();
  for (const key of shapeOf(raw).keys) {
    const words = wordsOf(key);
    const name = words.filter((word) => !priceWords.has(word)).join('_');
    const isNumber = /^\d+$/.test(name);
    const cycle = cycleOf(isNumber && !isMap ? null : name) ?? (isMap && isCycleWord(name) ? name : null);
    if (cycle === null) {
      if (isMap && name !== '' && !besidePrices.has(folded(name)) && raw[key] !== null)
        row.report(key, 'expected a billing cycle');
      continue;
    }
    if (found.has(cycle)) continue;
    const base = words.filter((word) => !['cents', 'usd', 'dollars', 'in'].includes(word)).join('_');
    const cents = amountOf(row, base, words.join('_'));
    if (cents !== null && isNotOffered(cents)) continue;
    if (cents !== null && cents >= 0) found.set(cycle, { cycle, cents });
    else if (isMap && raw[key] !== null) row.report(key, 'expected a price');
  }
  return [...found.values()];
}

/** Panels write −1, in cents or in dollars, for a cycle that a plan is not offered for. */
const isNotOffered = (cents: number): boolean => cents === -1 || cents === -100;

/** One price for each cycle; none where two differ. */
function agreed(row: Row, prices: readonly PlanPrice[]): readonly PlanPrice[] {
  const isSame = ({ cycle, cents }: PlanPrice): boolean =>
    prices.every((other) => other.cycle !== cycle || other.cents === cents);
  const unclear = prices.find((price) => !isSame(price));
  if (unclear !== undefined) row.report(`prices.${unclear.cycle}`, 'expected one price');
  return prices.filter(
    (price, at) => isSame(price) && prices.findIndex(({ cycle }) => cycle === price.cycle) === at,
  );
}

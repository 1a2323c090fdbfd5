import { currentLocales } from './locales.ts';

/**
 * Figures as both sides write them: the tray and notifications in main, the pages in the renderer. The words are English,
 * the figures follow `locales.ts`; exports name a locale of their own.
 */

/** How an amount of money is written. */
interface MoneyOptions {
  /** A gain shows its plus, as a ledger does. */
  readonly signed?: boolean;
  /** Whole dollars, cut rather than rounded: for an axis. */
  readonly whole?: boolean;
  /** Not the system's: for a file. */
  readonly locale?: string;
}

/** Whole US cents as money: 5240 → "$52.40" or "52,40 $", -387 → "-$3.87". */
export function formatCents(
  cents: number,
  { signed = false, whole = false, locale = currentLocales().numbers }: MoneyOptions = {},
): string {
  const options = {
    ...dollars,
    signDisplay: signed ? ('exceptZero' as const) : ('negative' as const),
    ...(whole ? { maximumFractionDigits: 0 } : {}),
  };
  const amount = whole ? Math.trunc(cents / 100) : cents / 100;
  return numberFormat(`money ${signed} ${whole}`, options, locale).format(amount);
}

const dollars = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;

/** Where the dollar sign stands beside an amount, for a field: before it ("$") or behind it. */
export function dollarSign(): { readonly sign: string; readonly isBefore: boolean } {
  const parts = numberFormat('money false false', dollars).formatToParts(1);
  const at = parts.findIndex(({ type }) => type === 'currency');
  return { sign: parts[at]?.value ?? '$', isBefore: at < parts.findIndex(({ type }) => type === 'integer') };
}

/** A count with its thousands apart: 10000 → "10,000". */
export function formatWhole(count: number): string {
  return formatNumber(count);
}

/** How many decimals a number has. */
interface Decimals {
  /** At most; none unless they are named. */
  readonly decimals?: number;
  /** Also where they are zeros, so that a figure keeps its width from poll to poll. */
  readonly fixed?: boolean;
}

/** A number with its thousands apart: (0.5, { decimals: 1 }) → "0.5". */
export function formatNumber(value: number, { decimals = 0, fixed = false }: Decimals = {}): string {
  return numberFormat(`number ${decimals} ${fixed}`, decimalDigits(decimals, fixed)).format(value);
}

/** A number with the decimals that it has: a size of 0.5, a limit of 12.25. */
export function formatAsIs(value: number): string {
  return formatNumber(value, { decimals: 10 });
}

/** Three figures: 1.234 → "1.23". */
export function formatThreeFigures(value: number): string {
  return numberFormat('figures', { maximumSignificantDigits: 3, useGrouping: false }).format(value);
}

/** A count with its noun, whose plural takes an s: (1, 'instance') → "1 instance", (2_000, 'instance') → "2,000 instances". */
export function formatCounted(count: number, noun: string): string {
  return `${formatWhole(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in steps of 1024, three figures at most: 2_684_354_560 → "2.5 GB". */
export function formatBytes(bytes: number): string {
  return scaled(bytes, 1024, byteUnits);
}

const bitRateUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const;

/** Bits a second in steps of 1000: 4_100_000 → "4.1 Mbit/s". */
export function formatBitRate(bitsPerSecond: number): string {
  return scaled(bitsPerSecond, 1000, bitRateUnits);
}

const countUnits = ['', 'k', 'M', 'G'] as const;

/** A count where three figures are enough: 41_200 → "41.2 k". */
export function formatCount(count: number): string {
  return scaled(count, 1000, countUnits).trimEnd();
}

/** A percentage from 0–100, one decimal below ten unless they are named: 22.4 → "22%" or "22 %", 6.25 → "6.3%". */
export function formatPercent(
  percent: number,
  { decimals = percent < 10 ? 1 : 0, fixed = false }: Decimals = {},
): string {
  // Of a hundred, not of one: dividing would change the digits that are rounded.
  const options = { style: 'unit', unit: 'percent', ...decimalDigits(decimals, fixed) } as const;
  return numberFormat(`percent ${decimals} ${fixed}`, options).format(percent);
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in its largest unit, rounded down: 192_000 → "3 min". Below a second: "0 s". */
export function formatDuration(durationMs: number): string {
  const length = Math.abs(durationMs);
  if (length < minuteMs) return `${formatWhole(Math.floor(length / secondMs))} s`;
  if (length < hourMs) return `${formatWhole(Math.floor(length / minuteMs))} min`;
  if (length < dayMs) return `${formatWhole(Math.floor(length / hourMs))} h`;
  return `${formatWhole(Math.floor(length / dayMs))} d`;
}

/** A time as seen from now: "4 s ago", "in 20 d", "now" within a second. Both in ms since the epoch. */
export function formatRelative(atMs: number, nowMs: number): string {
  const distanceMs = atMs - nowMs;
  if (Math.abs(distanceMs) < secondMs) return 'now';
  const length = formatDuration(distanceMs);
  return distanceMs < 0 ? `${length} ago` : `in ${length}`;
}

/**
 * A day as a list shows it: "14 Jun", with the year when it is not this one. In the machine's own zone
 * unless one is given.
 */
export function formatDay(atMs: number, nowMs: number, timeZone?: string): string {
  return write(isThisYear(atMs, nowMs, timeZone) ? 'day' : 'dayOfYear', atMs, timeZone);
}

/** A day with its year: "14 Jun 2026". Zone as in `formatDay`. */
export function formatDayOfYear(atMs: number, timeZone?: string): string {
  return write('dayOfYear', atMs, timeZone);
}

/** A day in a sentence: "12 March", with the year when it is not this one. Zone as in `formatDay`. */
export function formatLongDay(atMs: number, nowMs: number, timeZone?: string): string {
  return write(isThisYear(atMs, nowMs, timeZone) ? 'longDay' : 'longDayOfYear', atMs, timeZone);
}

/** A day and its time: "24 May, 13:20". */
export function formatDayTime(atMs: number, nowMs: number, timeZone?: string): string {
  return write(isThisYear(atMs, nowMs, timeZone) ? 'dayTime' : 'dayTimeOfYear', atMs, timeZone);
}

/** The time of day, in 12 or 24 hours as the locale has it: "13:58", "1:58 PM". */
export function formatClock(atMs: number, timeZone?: string): string {
  return write('clock', atMs, timeZone);
}

/** The exact time with its zone, for a tooltip: "Tue, 24 Nov 2026, 13:20:05 UTC". */
export function formatExact(atMs: number, timeZone?: string, locale?: string): string {
  return write('exact', atMs, timeZone, locale);
}

/** Whether two moments are on the same day, in the machine's own zone unless one is given. */
export function isSameDay(oneMs: number, otherMs: number, timeZone?: string): boolean {
  return write('dayOfYear', oneMs, timeZone) === write('dayOfYear', otherMs, timeZone);
}

function isThisYear(atMs: number, nowMs: number, timeZone: string | undefined): boolean {
  return write('year', atMs, timeZone) === write('year', nowMs, timeZone);
}

const day = { day: 'numeric', month: 'short' } as const;
const dayOfYear = { ...day, year: 'numeric' } as const;
const clock = { hour: 'numeric', minute: '2-digit' } as const;

const dateParts = {
  year: { year: 'numeric' },
  day,
  dayOfYear,
  longDay: { day: 'numeric', month: 'long' },
  longDayOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
  dayTime: { ...day, ...clock },
  dayTimeOfYear: { ...dayOfYear, ...clock },
  clock,
  exact: { weekday: 'short', ...dayOfYear, ...clock, second: '2-digit', timeZoneName: 'short' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Kept, since making a formatter takes longer than a row of a list may. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function write(
  parts: keyof typeof dateParts,
  atMs: number,
  timeZone: string | undefined,
  locale = currentLocales().dates,
): string {
  const key = `${locale} ${parts} ${timeZone ?? ''}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = dateFormat(locale, { ...dateParts[parts], ...(timeZone === undefined ? {} : { timeZone }) });
    dateFormats.set(key, format);
  }
  const text = format.format(atMs);
  return rightToLeft.test(text) ? `\u2067${text}\u2069` : text;
}

/** Hebrew and Arabic letters: a day in them is kept together (RLI, PDI), or its parts would stand among the words' order. */
const rightToLeft = /[\u0590-\u08ff]/;

/** Hours of a 24-hour clock have two digits, so that times stand below each other: 09:02. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat(locale, options);
  const { hourCycle } = format.resolvedOptions();
  return hourCycle === 'h23' || hourCycle === 'h24'
    ? new Intl.DateTimeFormat(locale, { ...options, hour: '2-digit' })
    : format;
}

/** `key` names the options. */
function numberFormat(
  key: string,
  options: Intl.NumberFormatOptions,
  locale = currentLocales().numbers,
): Intl.NumberFormat {
  const whole = `${locale} ${key}`;
  let format = numberFormats.get(whole);
  if (format === undefined) {
    // Nothing is written as "-0".
    format = new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options });
    numberFormats.set(whole, format);
  }
  return format;
}

function decimalDigits(decimals: number, fixed: boolean): Intl.NumberFormatOptions {
  return { minimumFractionDigits: fixed ? decimals : 0, maximumFractionDigits: decimals };
}

function scaled(value: number, step: number, units: readonly string[]): string {
  let amount = Math.abs(value);
  let unit = 0;
  // 999.5 and more would be written as 1000: it belongs to the next unit.
  while (amount >= step - 0.5 && unit < units.length - 1) {
    amount /= step;
    unit += 1;
  }
  const decimals = unit === 0 || amount >= 99.95 ? 0 : 1;
  const options = { ...decimalDigits(decimals, false), useGrouping: false };
  const figure = numberFormat(`scaled ${decimals}`, options).format(value < 0 ? -amount : amount);
  return `${figure} ${units[unit] ?? ''}`;
}

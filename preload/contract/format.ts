/**
 * Figures as both sides write them: the tray and notifications in main, the pages in the renderer.
 * All are pure; English only, as the whole app is.
 */

const minus = '−';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/**
 * Whole US cents as money: 5240 → "$52.40", -387 → "−$3.87". With `signed`, a gain shows its plus, as a
 * ledger does.
 */
export function formatCents(cents: number, { signed = false }: { readonly signed?: boolean } = {}): string {
  const amount = dollars.format(Math.abs(cents) / 100);
  if (cents < 0) return minus + amount;
  return signed && cents > 0 ? `+${amount}` : amount;
}

const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with its thousands apart: 10000 → "10,000". */
export function formatWhole(count: number): string {
  return wholeNumbers.format(count);
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

/** A percentage from 0–100, one decimal below ten: 22.4 → "22%", 6.25 → "6.3%". */
export function formatPercent(percent: number): string {
  return withUnit(threeFigures(percent, percent < 10 ? 1 : 0), '%');
}

/** A figure with its unit, from which only a percent sign is not apart: "4.1 Mbit/s", "90%". */
export function withUnit(figure: string | number, unit: string): string {
  return unit === '%' ? `${figure}%` : `${figure} ${unit}`.trimEnd();
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in its largest unit, rounded down: 192_000 → "3 min". Below a second: "0 s". */
export function formatDuration(durationMs: number): string {
  const length = Math.abs(durationMs);
  if (length < minuteMs) return `${Math.floor(length / secondMs)} s`;
  if (length < hourMs) return `${Math.floor(length / minuteMs)} min`;
  if (length < dayMs) return `${Math.floor(length / hourMs)} h`;
  return `${Math.floor(length / dayMs)} d`;
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
  const isThisYear = write('year', atMs, timeZone) === write('year', nowMs, timeZone);
  return write(isThisYear ? 'day' : 'dayOfYear', atMs, timeZone);
}

/** A day in a sentence: "12 March", with the year when it is not this one. Zone as in `formatDay`. */
export function formatLongDay(atMs: number, nowMs: number, timeZone?: string): string {
  const isThisYear = write('year', atMs, timeZone) === write('year', nowMs, timeZone);
  return write(isThisYear ? 'longDay' : 'longDayOfYear', atMs, timeZone);
}

/** A day and its time: "24 May, 13:20". */
export function formatDayTime(atMs: number, nowMs: number, timeZone?: string): string {
  return `${formatDay(atMs, nowMs, timeZone)}, ${formatClock(atMs, timeZone)}`;
}

/** The time of day: "13:58". */
export function formatClock(atMs: number, timeZone?: string): string {
  return write('clock', atMs, timeZone);
}

/** The exact time with its zone, for a tooltip: "Tue, 24 Nov 2026, 13:20:05 UTC". */
export function formatExact(atMs: number, timeZone?: string): string {
  return write('exact', atMs, timeZone);
}

const dateParts = {
  year: { year: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  longDay: { day: 'numeric', month: 'long' },
  longDayOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit' },
  exact: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Kept, since making a formatter takes longer than a row of a list may. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function write(parts: keyof typeof dateParts, atMs: number, timeZone: string | undefined): string {
  const key = `${parts} ${timeZone ?? ''}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    const zone = timeZone === undefined ? {} : { timeZone };
    formatter = new Intl.DateTimeFormat('en-GB', { ...dateParts[parts], ...zone });
    formatters.set(key, formatter);
  }
  return formatter.format(atMs);
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
  return `${value < 0 ? minus : ''}${threeFigures(amount, decimals)} ${units[unit] ?? ''}`;
}

/** Fixed decimals without a trailing ".0". */
function threeFigures(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

import { formatCents, formatDay } from '../../../preload/contract/format.ts';
import type { Forecast } from '../../../preload/contract/runway.ts';

/** A chart of the balance as renewals draw from it, down to nothing, in pixels of its own frame. */
export interface RunwayChart {
  /** The SVG path of the line: level, then down at each renewal. */
  readonly line: string;
  readonly levels: readonly { readonly cents: number; readonly y: number }[];
  readonly days: readonly { readonly text: string; readonly x: number }[];
  /** When what has to be added, where not all renewals are paid. */
  readonly end: { readonly x: number; readonly text: string; readonly isLate: boolean } | null;
}

interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Kept free at the left for the amounts, and at the bottom for the days. */
  readonly leftPx: number;
  readonly bottomPx: number;
}

const topPx = 14;
const dayCount = 5;

/** Whether all that is drawn is known: with something that is not counted a line would be too calm. */
export function isDrawable({ balanceCents, renewals, basis }: Forecast): boolean {
  const isCounted = !basis.isListCut && basis.undated.length === 0;
  return balanceCents !== null && isCounted && renewals.every(({ cents }) => cents !== null);
}

/** Lays a forecast out within a frame; null where it cannot be drawn. */
export function runwayChart(forecast: Forecast, frame: Frame): RunwayChart | null {
  const { atMs, untilMs, balanceCents, renewals, topUp } = forecast;
  if (balanceCents === null || !isDrawable(forecast)) return null;
  const { widthPx, heightPx, leftPx, bottomPx } = frame;
  // A wallet that is overdrawn already is drawn as it is.
  const lowest = Math.min(0, balanceCents);
  const highest = Math.max(0, balanceCents);
  const range = highest > lowest ? highest - lowest : 1;
  const x = (ms: number): number =>
    round(leftPx + ((Math.max(ms, atMs) - atMs) / (untilMs - atMs)) * (widthPx - leftPx));
  const y = (cents: number): number =>
    round(topPx + ((highest - cents) / range) * (heightPx - bottomPx - topPx));

  let line = `M${leftPx} ${y(balanceCents)}`;
  for (const { atMs: dueMs, leftCents } of renewals) line += `H${x(dueMs)}V${y(leftCents ?? lowest)}`;
  const levels = [...new Set([highest, 0, lowest])].map((cents) => ({ cents, y: y(cents) }));
  const end =
    topUp === null
      ? null
      : {
          x: x(topUp.byMs),
          text: `Add ${formatCents(topUp.cents)} ${topUp.byMs <= atMs ? 'now' : `by ${formatDay(topUp.byMs, atMs)}`}`,
          isLate: x(topUp.byMs) > leftPx + (widthPx - leftPx) * 0.6,
        };
  return { line: `${line}H${widthPx}`, levels: apart(levels), days: daysOf(atMs, untilMs, x), end };
}

/** Levels whose amounts would be written over each other: the zero line stays, then the first. */
function apart(levels: RunwayChart['levels']): RunwayChart['levels'] {
  const zero = levels.find(({ cents }) => cents === 0);
  return levels.filter((level) => level === zero || zero === undefined || Math.abs(level.y - zero.y) >= 14);
}

function daysOf(fromMs: number, untilMs: number, x: (ms: number) => number): RunwayChart['days'] {
  const stepMs = (untilMs - fromMs) / dayCount;
  return Array.from({ length: dayCount }, (_, index) => {
    const ms = fromMs + (index + 0.5) * stepMs;
    return { text: formatDay(ms, fromMs), x: x(ms) };
  });
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

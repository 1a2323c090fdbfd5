import { displayText } from '../../../preload/contract/display-text.ts';
import { formatDay } from '../../../preload/contract/format.ts';
import type { Forecast } from '../../../preload/contract/runway.ts';

/** A chart of the balance as renewals draw from it, in pixels of its own frame. */
export interface RunwayChart {
  /** The SVG path of the line: level, then down at each renewal. */
  readonly line: string;
  readonly levels: readonly { readonly cents: number; readonly y: number }[];
  readonly days: readonly { readonly text: string; readonly x: number }[];
  /** The first renewal that is not paid; null where all are. */
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

/** Lays a forecast out within a frame; null without a balance, for which there is no line. */
export function runwayChart(forecast: Forecast, frame: Frame): RunwayChart | null {
  const { atMs, untilMs, balanceCents, renewals, runway } = forecast;
  if (balanceCents === null) return null;
  const { widthPx, heightPx, leftPx, bottomPx } = frame;
  const lowest = Math.min(0, balanceCents, renewals.at(-1)?.leftCents ?? 0);
  const highest = Math.max(0, balanceCents);
  const range = highest > lowest ? highest - lowest : 1;
  const x = (ms: number): number =>
    round(leftPx + ((Math.max(ms, atMs) - atMs) / (untilMs - atMs)) * (widthPx - leftPx));
  const y = (cents: number): number =>
    round(topPx + ((highest - cents) / range) * (heightPx - bottomPx - topPx));

  let line = `M${leftPx} ${y(balanceCents)}`;
  for (const { atMs: dueMs, leftCents } of renewals) line += `H${x(dueMs)}V${y(leftCents ?? balanceCents)}`;
  const levels = [...new Set([highest, 0, lowest])].map((cents) => ({ cents, y: y(cents) }));
  const end =
    runway?.kind === 'ends' && runway.atMs < untilMs
      ? {
          x: x(runway.atMs),
          text: `${formatDay(runway.atMs, atMs)}: ${displayText(runway.name, 24)} not renewed`,
          isLate: x(runway.atMs) > leftPx + (widthPx - leftPx) * 0.6,
        }
      : null;
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

import { formatPercent, formatThreeFigures } from '../../preload/contract/format.ts';

/** The value axis of a chart: from 0 to `max`, with a line and a label at each tick. */
export interface ChartAxis {
  readonly max: number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** How values of one magnitude are written: divided by `divisor`, in `unit`. */
export interface Scale {
  readonly divisor: number;
  readonly unit: string;
}

/** The smallest of 1, 2, 3, 4, 5, 6, 8, 10, 20, … that is not below `value`; 1 for what is not above 0. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  // A quotient a hair above its step (0.3 / 0.1) must not skip to the next one.
  const step = [1, 2, 3, 4, 5, 6, 8].find((candidate) => value / magnitude <= candidate * (1 + 1e-9)) ?? 10;
  return step * magnitude;
}

/** The unit in which `value` is at least 1 and, but for the last unit, below `base`. */
export function scaleOf(value: number, base: 1000 | 1024, units: readonly string[]): Scale {
  let divisor = 1;
  let index = 0;
  while (value >= divisor * base && index < units.length - 1) {
    divisor *= base;
    index += 1;
  }
  return { divisor, unit: units[index] ?? '' };
}

/**
 * Ticks at the bottom, the middle and the top, all in one unit, which each carries but for a bare 0: "25 k" below "50 k". An
 * empty unit leaves the numbers alone, as where the heading names it.
 */
export function axisTo(max: number, { divisor, unit }: Scale): ChartAxis {
  const label = (value: number): string =>
    unit === '%'
      ? formatPercent(value / divisor)
      : `${formatThreeFigures(value / divisor)} ${unit}`.trimEnd();
  return {
    max,
    ticks: [
      { value: 0, label: formatThreeFigures(0) },
      { value: max / 2, label: label(max / 2) },
      { value: max, label: label(max) },
    ],
  };
}

/** Values in time, evenly spaced; null is a gap. */
export type SparkValues = readonly (number | null)[];

/** A sparkline as two paths of SVG. */
export interface SparkPaths {
  /** The line, broken at gaps. */
  readonly line: string;
  /** The ground below it. */
  readonly area: string;
}

interface SparkFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly min: number;
  readonly max: number;
}

/** The SVG paths of a sparkline; a point alone between two gaps becomes a short dash. */
export function sparkPaths(values: SparkValues, { widthPx, heightPx, min, max }: SparkFrame): SparkPaths {
  const step = values.length > 1 ? widthPx / (values.length - 1) : 0;
  const range = max > min ? max - min : 1;
  const y = (value: number): string => {
    const ratio = Math.min(1, Math.max(0, (value - min) / range));
    // Half a line's width stays within the frame at both ends.
    return (heightPx - 0.75 - ratio * (heightPx - 1.5)).toFixed(1);
  };
  let line = '';
  let area = '';
  for (const run of runs(values)) {
    const points = run.map(({ index, value }) => `${(index * step).toFixed(1)} ${y(value)}`);
    const startX = ((run[0]?.index ?? 0) * step).toFixed(1);
    const endX = ((run.at(-1)?.index ?? 0) * step).toFixed(1);
    line += `M${points.join('L')}${points.length === 1 ? 'h1' : ''}`;
    area += `M${startX} ${heightPx}L${points.join('L')}L${endX} ${heightPx}Z`;
  }
  return { line, area };
}

interface Point {
  readonly index: number;
  readonly value: number;
}

function runs(values: SparkValues): Point[][] {
  const found: Point[][] = [];
  let current: Point[] | null = null;
  values.forEach((value, index) => {
    if (value === null) {
      current = null;
      return;
    }
    if (current === null) {
      current = [];
      found.push(current);
    }
    current.push({ index, value });
  });
  return found;
}

import type { Series } from '../../../preload/contract/instance.ts';
import { Html, html } from '../../export/html.ts';
import type { TrafficChart } from './traffic-charts.ts';

const widthPx = 720;
const heightPx = 150;
/** Classes of the document's style sheet. */
const lineClasses = ['line-1', 'line-2'] as const;

/** A chart as inline SVG: the band, the lines, what the axis ends at. Its figures are in a table beside it. */
export function chartSvg({ title, data, lines }: TrafficChart): Html {
  const { atMs, columns, band, fromMs, toMs, axis } = data;
  const x = (at: number): number => ((at - fromMs) / (toMs - fromMs || 1)) * widthPx;
  const y = (value: number): number => heightPx - (Math.min(value, axis.max) / (axis.max || 1)) * heightPx;
  const path = (series: Series): string => {
    let isDrawing = false;
    return atMs
      .map((at, index) => {
        const value = series[index] ?? null;
        const verb = isDrawing ? 'L' : 'M';
        isDrawing = value !== null;
        // A value alone is drawn as a point of the line's width.
        return value === null ? '' : `${verb}${round(x(at))} ${round(y(value))}h0.01`;
      })
      .join('');
  };
  const area = band === undefined ? '' : bandPath(atMs, band, x, y);
  const drawn = lines.map(
    (_line, index) =>
      html`<path class="${lineClasses[index] ?? 'line-1'}" d="${svgPath(path(columns[index] ?? []))}" />`,
  );
  const ticks = axis.ticks.map(
    ({ value, label }) =>
      html`<path class="grid" d="${svgPath(`M0 ${round(y(value))}H${widthPx}`)}" /><text
          x="2"
          y="${round(y(value)) - 3}"
          >${label}</text
        >`,
  );
  return html`<svg viewBox="0 -14 ${widthPx} ${heightPx + 18}" role="img" aria-label="${title}">
    <path class="band" d="${svgPath(area)}" />
    ${ticks}${drawn}
  </svg>`;
}

/** Numbers and letters of our own: nothing to escape, and too long to be looked through. */
const svgPath = (path: string): Html => new Html(path);

const round = (value: number): number => Math.round(value * 10) / 10;

/** The area between the edges, piece by piece where they have gaps. */
function bandPath(
  atMs: readonly number[],
  { low, high }: { readonly low: Series; readonly high: Series },
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const pieces: { readonly at: number; readonly low: number; readonly high: number }[][] = [[]];
  for (const [index, at] of atMs.entries()) {
    const [lower, upper] = [low[index] ?? null, high[index] ?? null];
    if (lower === null || upper === null) pieces.push([]);
    else pieces.at(-1)?.push({ at, low: lower, high: upper });
  }
  return pieces
    .filter((piece) => piece.length > 1)
    .map((piece) => {
      const there = piece.map((each) => `${round(x(each.at))} ${round(y(each.high))}`);
      const back = piece.toReversed().map((each) => `${round(x(each.at))} ${round(y(each.low))}`);
      return `M${[...there, ...back].join('L')}Z`;
    })
    .join('');
}

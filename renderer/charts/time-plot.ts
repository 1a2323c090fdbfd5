import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatClock } from '../../preload/contract/format.ts';
import type { Series } from '../../preload/contract/instance.ts';
import { tokenColours, type ColourToken } from '../styles/token-colours.ts';
import type { ChartAxis } from './axis.ts';
import { loneIndexes, type TimeColumns } from './series.ts';

export type SeriesColour = Extract<ColourToken, `series-${number}`>;

/** How a line is drawn. */
export interface LineStyle {
  readonly colour: SeriesColour;
  /** With a tint of its colour below it. */
  readonly isFilled: boolean;
}

/** What a plot shows: the columns in the order of its lines, over a span of time (epoch). */
export interface PlotData extends TimeColumns {
  /** Drawn behind the first line, from its low column to its high one. A plot that begins with one always has one. */
  readonly band?: { readonly low: Series; readonly high: Series };
  readonly fromMs: number;
  readonly toMs: number;
  readonly axis: ChartAxis;
}

export interface PlotSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

const minuteMs = 60_000;
/** Distances of the time labels: none below a minute, since they are written as HH:MM. */
const labelStepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720].map((minutes) => minutes * minuteMs);
const labelSpacePx = 64;
/** Half a letter of a label, about: times are of five letters or, with AM and PM, of eight. */
const halfLetterPx = 3;
const valueAxisPx = 42;
const timeAxisPx = 18;
const lineWidthPx = 1.4;
const fillOpacity = 0.13;
const bandOpacity = 0.2;
const usedColours = ['series-1', 'series-2', 'series-3', 'series-4', 'line', 'faint'] as const;

/**
 * A uPlot with our look. It is made once and fed by `setData`; colours are read from the tokens, again by
 * `repaint`. The pointer moves the cursor from point to point and reports its time.
 */
export class TimePlot {
  readonly #plot: uPlot;
  #data: PlotData;
  #colours = tokenColours(usedColours);
  #isTakingData = false;

  constructor(
    target: HTMLElement,
    lines: readonly LineStyle[],
    data: PlotData,
    { widthPx, heightPx }: PlotSize,
    onCursor: (atMs: number | null) => void,
  ) {
    this.#data = data;
    const font = `10px ${getComputedStyle(target).fontFamily}`;
    this.#plot = new uPlot(
      {
        width: widthPx,
        height: heightPx,
        ms: 1,
        padding: [6, 4, 0, 0],
        legend: { show: false },
        scales: {
          x: { range: () => [this.#data.fromMs, this.#data.toMs] },
          y: { range: () => [0, this.#data.axis.max] },
        },
        axes: [
          {
            font,
            incrs: labelStepsMs,
            space: labelSpacePx,
            size: timeAxisPx,
            gap: 4,
            stroke: () => this.#colours.faint,
            grid: { show: false },
            ticks: { show: false },
            values: (plot, splits) => splits.map((atMs) => this.#timeLabel(plot, atMs)),
          },
          {
            font,
            size: valueAxisPx,
            gap: 6,
            stroke: () => this.#colours.faint,
            grid: { stroke: () => this.#colours.line, width: 1 },
            ticks: { show: false },
            splits: () => this.#data.axis.ticks.map(({ value }) => value),
            values: () => this.#data.axis.ticks.map(({ label }) => label),
          },
        ],
        series: [
          {},
          ...lines.map((line) => this.#series(line)),
          ...(data.band === undefined ? [] : [bandEdge, bandEdge]),
        ],
        ...(data.band === undefined ? {} : { bands: [this.#band(lines)] }),
        cursor: {
          y: false,
          points: { show: false },
          drag: { x: false, y: false, setScale: false },
          move: snapToPoint,
        },
        hooks: {
          setCursor: [
            ({ cursor: { idx, left } }) => {
              if (this.#isTakingData) return;
              onCursor((left ?? -1) < 0 ? null : (this.#data.atMs[idx ?? -1] ?? null));
            },
          ],
        },
      },
      aligned(data),
      target,
    );
  }

  /** Shows other data, or the same a poll later. Nothing is made again. */
  setData(data: PlotData): void {
    if (data === this.#data) return;
    this.#data = data;
    // The cursor belongs to a time, not to a place: that another point came below it is no move of the pointer.
    this.#isTakingData = true;
    this.#plot.batch(() => this.#plot.setData(aligned(data)));
    this.#isTakingData = false;
  }

  resize({ widthPx, heightPx }: PlotSize): void {
    if (widthPx !== this.#plot.width || heightPx !== this.#plot.height)
      this.#plot.setSize({ width: widthPx, height: heightPx });
  }

  /** Shows the cursor at a time, without reporting it; null takes it away. */
  showCursor(atMs: number | null): void {
    const left = atMs === null ? -10 : this.#plot.valToPos(atMs, 'x');
    this.#plot.setCursor({ left, top: left < 0 ? -10 : 0 }, false);
  }

  /** Draws in the colours of the theme as it is now. */
  repaint(): void {
    this.#colours = tokenColours(usedColours);
    this.#plot.redraw(false, false);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  /** Nothing where the label would be cut off by the end of the canvas. */
  #timeLabel(plot: uPlot, atMs: number): string {
    const { fromMs, toMs } = this.#data;
    const plotWidthPx = plot.width - valueAxisPx;
    const toEndPx = ((toMs - atMs) / (toMs - fromMs || 1)) * plotWidthPx;
    const label = formatClock(atMs);
    return toEndPx < label.length * halfLetterPx ? '' : label;
  }

  /** Between the edges, which come after the lines: the low one, then the high one. */
  #band(lines: readonly LineStyle[]): uPlot.Band {
    const colour = lines[0]?.colour ?? 'series-1';
    return {
      series: [lines.length + 2, lines.length + 1],
      fill: () => translucent(this.#colours[colour], bandOpacity),
    };
  }

  #series({ colour, isFilled }: LineStyle): uPlot.Series {
    return {
      width: lineWidthPx,
      stroke: () => this.#colours[colour],
      ...(isFilled ? { fill: () => translucent(this.#colours[colour]) } : {}),
      spanGaps: false,
      points: { show: false, size: 3, filter: (plot, index) => loneIndexes(plot.data[index] ?? []) },
    };
  }
}

/** The edges of a band have no line. */
const bandEdge: uPlot.Series = { width: 0, points: { show: false }, spanGaps: false };

/** uPlot's own shape: arrays that it may keep. */
function aligned({ atMs, columns, band }: PlotData): uPlot.AlignedData {
  const edges = band === undefined ? [] : [band.low, band.high];
  return [atMs.slice(), ...[...columns, ...edges].map((column) => column.slice())];
}

/** The pointer's place, moved to the point that is shown for it: all charts of a page show the same one. */
function snapToPoint(plot: uPlot, left: number, top: number): [number, number] {
  const atMs = left < 0 ? undefined : plot.data[0][plot.posToIdx(left)];
  return atMs === undefined ? [left, top] : [plot.valToPos(atMs, 'x'), top];
}

/** "rgb(31, 95, 214)" with the opacity of a fill. */
function translucent(colour: string, opacity = fillOpacity): string {
  return colour.replace(/^rgb\((.+)\)$/, `rgba($1, ${opacity})`);
}

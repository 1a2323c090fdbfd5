/** A size in CSS pixels. */
export interface Extent {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Where a chart stands in the picture: its heading's baseline, and the upper left corner of the chart below it. */
export interface ChartPlace {
  readonly leftPx: number;
  readonly headingPx: number;
  readonly topPx: number;
}

/** The picture's size, and the place of each of its charts. */
export interface PictureLayout extends Extent {
  readonly places: readonly ChartPlace[];
}

/** The space around everything, between the charts, and above the first of them for the title. */
export const pictureSpace = { marginPx: 24, gapPx: 24, titlePx: 64, headingPx: 24 } as const;

/** Charts in two columns below a title; a column is as wide as the widest chart, a row as high as the highest. */
export function pictureLayout(charts: readonly Extent[]): PictureLayout {
  const { marginPx, gapPx, titlePx, headingPx } = pictureSpace;
  const columns = Math.min(2, Math.max(1, charts.length));
  const rows = Math.ceil(charts.length / columns);
  const columnPx = Math.max(240, ...charts.map(({ widthPx }) => widthPx));
  const rowPx = headingPx + Math.max(0, ...charts.map(({ heightPx }) => heightPx));
  return {
    widthPx: 2 * marginPx + columns * columnPx + (columns - 1) * gapPx,
    heightPx: marginPx + titlePx + rows * (rowPx + gapPx),
    places: charts.map((_, index) => {
      const topPx = marginPx + titlePx + Math.floor(index / columns) * (rowPx + gapPx);
      return {
        leftPx: marginPx + (index % columns) * (columnPx + gapPx),
        headingPx: topPx + 13,
        topPx: topPx + headingPx,
      };
    }),
  };
}

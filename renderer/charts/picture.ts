import { tokenColours } from '../styles/token-colours.ts';
import { pictureLayout, pictureSpace } from './picture-layout.ts';
import type { SeriesColour } from './time-plot.ts';

/** A chart that is drawn on the page, with the words that stand around it there. */
export interface PicturedChart {
  readonly canvas: HTMLCanvasElement;
  readonly title: string;
  /** At the end of its heading: a figure, with the colour of its line where there are several. */
  readonly figures: readonly { readonly text: string; readonly colour: SeriesColour | null }[];
}

/** What stands above the charts. */
export interface PictureWords {
  readonly title: string;
  readonly subtitle: string;
}

const usedColours = ['bg', 'text', 'muted', 'series-1', 'series-2', 'series-3', 'series-4'] as const;

/** The charts of a page as one PNG in the theme's colours, as sharp as they are on the screen: its bytes in base64. */
export function pictureOf(charts: readonly PicturedChart[], { title, subtitle }: PictureWords): string {
  const colours = tokenColours(usedColours);
  const { fontFamily } = getComputedStyle(document.body);
  const extents = charts.map(({ canvas }) => ({
    widthPx: canvas.clientWidth,
    heightPx: canvas.clientHeight,
  }));
  const layout = pictureLayout(extents);
  const scale = window.devicePixelRatio;
  const picture = document.createElement('canvas');
  picture.width = Math.round(layout.widthPx * scale);
  picture.height = Math.round(layout.heightPx * scale);
  const pen = picture.getContext('2d');
  if (pen === null) throw new Error('This page cannot draw.');
  pen.scale(scale, scale);
  pen.fillStyle = colours.bg;
  pen.fillRect(0, 0, layout.widthPx, layout.heightPx);

  const write = (text: string, leftPx: number, basePx: number, font: string, colour: string): void => {
    pen.font = `${font} ${fontFamily}`;
    pen.fillStyle = colour;
    pen.fillText(text, leftPx, basePx);
  };
  write(title, pictureSpace.marginPx, pictureSpace.marginPx + 16, '600 18px', colours.text);
  write(subtitle, pictureSpace.marginPx, pictureSpace.marginPx + 38, '13px', colours.muted);

  charts.forEach((chart, index) => {
    const place = layout.places[index];
    const extent = extents[index];
    if (place === undefined || extent === undefined) return;
    write(chart.title, place.leftPx, place.headingPx, '600 13px', colours.text);
    let endPx = place.leftPx + extent.widthPx;
    for (const { text, colour } of chart.figures.toReversed()) {
      pen.font = `13px ${fontFamily}`;
      endPx -= pen.measureText(text).width;
      write(text, endPx, place.headingPx, '13px', colour === null ? colours.text : colours[colour]);
      endPx -= 12;
    }
    pen.drawImage(chart.canvas, place.leftPx, place.topPx, extent.widthPx, extent.heightPx);
  });
  return picture.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

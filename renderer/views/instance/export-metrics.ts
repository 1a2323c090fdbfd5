import { displayName } from '../../../preload/contract/display-text.ts';
import { formatExact } from '../../../preload/contract/format.ts';
import type { Instance, Metrics } from '../../../preload/contract/instance.ts';
import type { SavedFile } from '../../../preload/contract/files.ts';
import { pictureOf } from '../../charts/picture.ts';
import { fileNameOf } from '../../export/file-name.ts';
import { saveFile } from '../../export/save.ts';
import { periodTerms, type MetricCards } from './metric-cards.ts';
import { metricsCsv } from './metrics-csv.ts';

/** The metrics of an instance as they are shown. */
export interface ShownMetrics {
  readonly instance: Instance;
  readonly metrics: Metrics;
}

/** Writes the points of the shown period to a file that the user chooses. */
export function exportMetricsTable({ instance, metrics }: ShownMetrics): Promise<void> {
  return save({
    name: fileNameOf(displayName(instance), `metrics ${metrics.period}`, 'csv'),
    content: { encoding: 'text', text: metricsCsv(metrics) },
  });
}

/** Writes the charts as they stand in `page` to a picture that the user chooses the place of. */
export function exportMetricsPicture(
  { instance, metrics }: ShownMetrics,
  { cards, toMs }: MetricCards,
  page: HTMLElement,
): Promise<void> {
  // A card that has no history has no chart.
  const places = [...page.children];
  const charts = cards.flatMap((card, index) => {
    const canvas = places[index]?.querySelector('canvas') ?? null;
    if (canvas === null) return [];
    const figures = card.lines.map(({ name, colour }, line) => {
      const figure = card.figures[line] ?? '—';
      return name === null
        ? { text: figure, colour: null }
        : { text: `${name} ${figure}${line === card.lines.length - 1 ? ` ${card.unit ?? ''}` : ''}`, colour };
    });
    return [{ canvas, title: card.title, figures }];
  });
  const text = pictureOf(charts, {
    title: displayName(instance),
    subtitle: `Metrics of the ${periodTerms[metrics.period].words}, to ${formatExact(toMs)}`,
  });
  return save({
    name: fileNameOf(displayName(instance), `metrics ${metrics.period}`, 'png'),
    content: { encoding: 'base64', text },
  });
}

function save(file: SavedFile): Promise<void> {
  return saveFile(file, (name) => `Metrics saved to ${name}.`);
}

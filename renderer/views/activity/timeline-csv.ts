import type { InstanceId } from '../../../preload/contract/brands.ts';
import { csvOf } from '../../export/csv.ts';
import type { TimelineEntry } from './timeline.ts';

/**
 * A timeline as CSV: times in UTC (ISO 8601), sentences with the figures that they were told with, and the instance by its
 * name, or by its id where it is gone.
 */
export function timelineCsv(
  entries: readonly TimelineEntry[],
  nameOf: (id: InstanceId) => string | null,
): string {
  return csvOf(
    ['time', 'source', 'what', 'detail', 'instance'],
    entries.map(({ atMs, source, title, body, instanceId }) => [
      new Date(atMs).toISOString(),
      source,
      title,
      body || null,
      instanceId === null ? null : (nameOf(instanceId) ?? instanceId),
    ]),
  );
}

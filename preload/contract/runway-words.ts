import { displayName } from './display-text.ts';
import { formatCents, formatLongDay } from './format.ts';
import type { Runway } from './runway.ts';

/**
 * A runway in a few words, for a line that goes on: "lasts until 12 March". Null where there is nothing to say. Days
 * are those of the machine's own zone unless one is given.
 */
export function runwayInWords(runway: Runway | null, nowMs: number, timeZone?: string): string | null {
  if (runway === null || runway.kind === 'nothing') return null;
  const limit = runway.unpricedServers > 0 ? ' at most' : '';
  if (runway.kind === 'lasts') return limit === '' ? `lasts more than ${lengthInWords(runway.months)}` : null;
  return runway.atMs <= nowMs
    ? 'does not pay what is due'
    : `lasts until ${formatLongDay(runway.atMs, nowMs, timeZone)}${limit}`;
}

/** What a runway ends with, as sentences; null for one that does not end. */
export function runwayEndInWords(runway: Runway | null, nowMs: number, timeZone?: string): string | null {
  if (runway?.kind !== 'ends') return null;
  const { instanceId, atMs, shortCents } = runway;
  const day = formatLongDay(atMs, nowMs, timeZone);
  const name = displayName({ id: instanceId, name: runway.name });
  return `${name} (${day}) would be the first not renewed. Short by ${formatCents(shortCents)}.`;
}

/** A number of months: "1 month", "6 months", "a year". */
export function lengthInWords(months: number): string {
  if (months === 12) return 'a year';
  if (months % 12 === 0) return `${months / 12} years`;
  return months === 1 ? '1 month' : `${months} months`;
}

import { displayName } from './display-text.ts';
import { formatCents, formatCounted, formatLongDay } from './format.ts';
import { assertNever } from './result.ts';
import type { Runway, TopUp, Uncounted } from './runway.ts';

/**
 * A runway in a few words, for a line that goes on: "lasts until 12 March". Null where there is nothing to say, also
 * where nobody knows. Days are those of the machine's own zone unless one is given.
 */
export function runwayInWords(runway: Runway | null, nowMs: number, timeZone?: string): string | null {
  if (runway === null) return null;
  switch (runway.kind) {
    case 'nothing':
      return null;
    case 'unknown':
      return 'lasts for an unknown time';
    case 'lasts':
      return `lasts more than ${lengthInWords(runway.months)}`;
    case 'ends':
      if (runway.atMs <= nowMs) return 'does not cover what is due';
      return `lasts until ${formatLongDay(runway.atMs, nowMs, timeZone)}${runway.isAtMost ? ' at the latest' : ''}`;
    default:
      return assertNever(runway);
  }
}

/** Why something cannot be told, as a clause: "the price of 2 instances is not known"; null where all is counted. */
export function uncountedInWords({ unpriced, undated, isListCut }: Uncounted): string | null {
  const parts = [
    unpriced > 0 ? `the price of ${formatCounted(unpriced, 'instance')} is unknown` : null,
    undated > 0 ? `the renewal date of ${formatCounted(undated, 'instance')} is unknown` : null,
    isListCut ? 'the list of instances is incomplete' : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', and ');
}

/** What to add by when: "Add $16.60 by 5 December to cover the next 30 days." */
export function topUpInWords(
  { cents, byMs, days, isAtLeast }: TopUp,
  nowMs: number,
  timeZone?: string,
): string {
  const amount = `${isAtLeast ? 'at least ' : ''}${formatCents(cents)}`;
  const by = byMs <= nowMs ? 'now' : `by ${formatLongDay(byMs, nowMs, timeZone)}`;
  return `Add ${amount} ${by} to cover the next ${days} days.`;
}

/** What a runway ends with, as sentences; null for one that does not end. */
export function runwayEndInWords(runway: Runway | null, nowMs: number, timeZone?: string): string | null {
  if (runway?.kind !== 'ends') return null;
  const { instanceId, atMs, shortCents, isAtMost } = runway;
  const day = formatLongDay(atMs, nowMs, timeZone);
  const name = displayName({ id: instanceId, name: runway.name });
  return isAtMost
    ? `${name} (${day}) would not be renewed, and perhaps others before it. Short by at least ${formatCents(shortCents)}.`
    : `${name} (${day}) would be the first not to be renewed. Short by ${formatCents(shortCents)}.`;
}

/** A number of months: "1 month", "6 months", "a year". */
export function lengthInWords(months: number): string {
  if (months === 12) return 'a year';
  if (months % 12 === 0) return `${months / 12} years`;
  return formatCounted(months, 'month');
}

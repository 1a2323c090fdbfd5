import { maxUnreadableFields, type Cut, type Gaps } from '../../preload/contract/gaps.ts';
import type { ApiAnswer } from '../api/index.ts';

/** What is missing in an answer; null where nothing is. */
export function gapsOf({ value, isWhole, total, unreadable }: ApiAnswer<unknown>): Gaps | null {
  const shown = Array.isArray(value) ? value.length : 0;
  const cut: Cut | null = !isWhole ? { shown, total, isArriving: false } : null;
  return gaps(cut, unreadable);
}

/** What is missing in what several answers were made into. */
export function joinGaps(parts: readonly (Gaps | null)[]): Gaps | null {
  const counts = new Map<string, number>();
  for (const { field, count } of parts.flatMap((part) => part?.unreadable ?? [])) {
    counts.set(field, (counts.get(field) ?? 0) + count);
  }
  return gaps(parts.find((part) => part?.cut)?.cut ?? null, counts);
}

/** `next`, or `before` where it says the same: what comes after compares by reference. */
export function sameGaps(before: Gaps | null, next: Gaps | null): Gaps | null {
  return JSON.stringify(before) === JSON.stringify(next) ? before : next;
}

function gaps(cut: Cut | null, counts: ReadonlyMap<string, number>): Gaps | null {
  const unreadable = [...counts]
    .map(([field, count]) => ({ field, count }))
    .sort((one, other) => other.count - one.count)
    .slice(0, maxUnreadableFields);
  return cut === null && unreadable.length === 0 ? null : { cut, unreadable };
}

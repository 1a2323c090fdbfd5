import { defaultRangeExtractor, type Range } from '@tanstack/svelte-virtual';

/** Which rows are drawn. The active one is, even when it is scrolled away: focus must not fall off the page with it. */
export function rowsToDraw(range: Range, active: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (active >= range.count || indexes.includes(active)) return indexes;
  return active < range.startIndex ? [active, ...indexes] : [...indexes, active];
}

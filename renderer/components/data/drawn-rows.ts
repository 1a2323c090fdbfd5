import { defaultRangeExtractor, type Range } from '@tanstack/svelte-virtual';

/** Which rows are drawn: those in view, and the active one also when it is scrolled away, so that focus does not fall off the page. */
export function withActiveRow(active: number): (range: Range) => number[] {
  return (range) => {
    const indexes = defaultRangeExtractor(range);
    if (active >= range.count || indexes.includes(active)) return indexes;
    return active < range.startIndex ? [active, ...indexes] : [...indexes, active];
  };
}

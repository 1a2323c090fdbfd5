/** How far an arrow key moves a divider; with Shift, ten times that. */
const stepPx = 8;

/** How far a split can be dragged, in px. */
export interface SplitRange {
  readonly minPx: number;
  readonly maxPx: number;
}

/** A size within its range; the minimum wins where the window is too small for both. */
export function clampSize(sizePx: number, { minPx, maxPx }: SplitRange): number {
  return Math.round(Math.max(minPx, Math.min(maxPx, sizePx)));
}

/** The size that a key on the divider leads to, of the part below it; null for a key that does nothing. */
export function sizeAfterKey(key: string, shift: boolean, sizePx: number, range: SplitRange): number | null {
  const step = shift ? stepPx * 10 : stepPx;
  switch (key) {
    case 'ArrowUp':
      return clampSize(sizePx + step, range);
    case 'ArrowDown':
      return clampSize(sizePx - step, range);
    case 'Home':
      return clampSize(range.minPx, range);
    case 'End':
      return clampSize(range.maxPx, range);
    default:
      return null;
  }
}

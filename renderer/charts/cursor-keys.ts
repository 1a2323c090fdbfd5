/** With Shift, a key moves by this many points. */
const strideWithShift = 10;

/**
 * The point that a key moves the cursor to, of `count`. `index` null: no cursor shows yet, and the first key
 * starts at the newest point. Null for a key that does not move.
 */
export function pointAfterKey(
  key: string,
  withShift: boolean,
  index: number | null,
  count: number,
): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const stride = withShift ? strideWithShift : 1;
  const isStart = index === null;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return isStart ? last : Math.max(0, index - stride);
    case 'ArrowRight':
    case 'ArrowUp':
      return isStart ? last : Math.min(last, index + stride);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

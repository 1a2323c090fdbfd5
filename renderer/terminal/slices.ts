/**
 * How much xterm is given at a time. It looks at the clock between what it was given, not within it, and goes on after
 * 12 ms: a batch of 256 KB in one piece would hold the window for 150 ms, if it is of lines of two bytes.
 */
export const sliceBytes = 8 * 1024;

/** Cuts bytes into pieces of at most {@link sliceBytes}, in order and without a copy. */
export function slicesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / sliceBytes);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * sliceBytes, (index + 1) * sliceBytes),
  );
}

/** How long after a reinstall a new host key is taken for that of the reinstall. */
export const expectedForMs = 24 * 3_600_000;

/**
 * Whether a host key that is expected until `untilMs` is expected now. Of a clock that was set back more than a day
 * would be left: it does not lengthen the day.
 */
export function isExpectedAt(untilMs: number, nowMs: number): boolean {
  const leftMs = untilMs - nowMs;
  return leftMs > 0 && leftMs <= expectedForMs;
}

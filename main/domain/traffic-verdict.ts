import { baselineOf, type BaselineRule } from './baseline.ts';
import { gapFactor, usualStepMs, type Sample } from './threshold.ts';

/** What traffic comes to by a rule: `level`: it stays above what was usual, so that it is usual now. */
type TrafficVerdict =
  | { readonly kind: 'above'; readonly sinceMs: number; readonly usualUpTo: number; readonly latest: number }
  | { readonly kind: 'over'; readonly as: 'usual' | 'level' }
  | { readonly kind: 'open' };

/** What is said of a rate that is above what was usual, so that it is known again when it is over. */
interface UnusualTraffic {
  readonly sinceMs: number;
  readonly usualUpTo: number;
}

/** A rate that was above what is usual for this long has another level. */
export const newLevelMs = 6 * 60 * 60_000;

/** Fewer values than this are no proof of anything. */
const fewestValues = 3;

/**
 * Judges the last hour of a rate that Shield measures, as `judgeUnusual` does. What is usual then is learned out of that
 * hour, which an attack fills in time: so what was told (`told`) is over by the limit of its beginning, once some values in a
 * row are below it, and not by what is usual since.
 */
export function judgeTraffic(
  samples: readonly Sample[],
  base: BaselineRule,
  rule: { readonly deviations: number; readonly forMs: number },
  told: UnusualTraffic | null,
): TrafficVerdict {
  const stepMs = usualStepMs(samples);
  const measured = samples.filter(({ value }) => value !== null && Number.isFinite(value) && value >= 0);
  const newest = measured.at(-1);
  if (stepMs === null || stepMs <= 0 || newest === undefined) return { kind: 'open' };
  // What was not measured lately is not known to be above now, nor to be over.
  if ((samples.at(-1)?.atMs ?? newest.atMs) - newest.atMs > stepMs * gapFactor) return { kind: 'open' };
  if (told !== null) {
    const tail = measured.slice(-base.clearAfter);
    const isWhole = newest.atMs - (tail[0]?.atMs ?? 0) <= base.clearAfter * stepMs * gapFactor;
    const isBelow =
      tail.length >= base.clearAfter && isWhole && tail.every(({ value }) => (value ?? 0) <= told.usualUpTo);
    if (isBelow) return { kind: 'over', as: 'usual' };
    return newest.atMs - told.sinceMs >= newLevelMs ? { kind: 'over', as: 'level' } : { kind: 'open' };
  }
  const values = Math.max(fewestValues, Math.ceil(rule.forMs / stepMs));
  const { sinceMs, usual, latest } = baselineOf(samples, {
    ...base,
    deviations: rule.deviations,
    raise: { atLeast: values, of: values + 1 },
    // While nobody was told of it, it does not become usual.
    adoptAfter: Number.POSITIVE_INFINITY,
  });
  return sinceMs === null || usual === null || latest === null || latest <= usual.high
    ? { kind: 'open' }
    : { kind: 'above', sinceMs, usualUpTo: usual.high, latest };
}

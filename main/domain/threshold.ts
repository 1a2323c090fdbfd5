/** A value at a time; null where it was not measured. */
export interface Sample {
  readonly atMs: number;
  readonly value: number | null;
}

/** What is too high, and for how long. */
export interface Threshold {
  readonly above: number;
  /** It is over below this: lower than `above`, so that a value that wavers around it is told once. */
  readonly overBelow: number;
  readonly forMs: number;
}

/** What samples say of a threshold: above for the whole time, over for long enough, or neither. */
export type Verdict =
  | { readonly kind: 'above'; readonly sinceMs: number }
  | { readonly kind: 'over' }
  | { readonly kind: 'open' };

/** A value has to stay low for this long before it is called over. */
const overForMs = 300_000;
/** Fewer samples than this are no proof of anything. */
const fewestSamples = 3;
/** A step this many times as long as the usual one is a gap: one late reading is none. */
export const gapFactor = 2.5;

/**
 * Judges samples, oldest first, by a threshold. Time is that of the newest measured one, so that a clock that differs from
 * the server's changes nothing: an empty point at the end is not measured yet, and says neither that the value fell nor
 * that it stayed. A longer gap is neither above nor over: nothing is decided across it, nor behind it. `live` is the value
 * at this moment where it is known; what is not above now does not begin to be. Pure.
 */
export function judge(
  all: readonly Sample[],
  { above, overBelow, forMs }: Threshold,
  live: number | null,
): Verdict {
  const samples = all.slice(0, all.findLastIndex(({ value }) => value !== null) + 1);
  const newest = samples.at(-1);
  const stepMs = usualStepMs(all);
  if (newest === undefined || stepMs === null) return { kind: 'open' };
  if ((all.at(-1)?.atMs ?? newest.atMs) - newest.atMs > stepMs * gapFactor) return { kind: 'open' };
  const held = (spanMs: number, holds: (value: number) => boolean): boolean => {
    const fromMs = newest.atMs - spanMs;
    const within = samples.filter(({ atMs }) => atMs > fromMs);
    const isWhole = within.every(
      ({ atMs }, index) => atMs - (within[index - 1]?.atMs ?? fromMs) <= stepMs * gapFactor,
    );
    return (
      within.length >= fewestSamples && isWhole && within.every(({ value }) => value !== null && holds(value))
    );
  };
  if ((live === null || live > above) && held(forMs, (value) => value > above)) {
    const before = samples.findLast(({ value }) => value === null || value <= above);
    const since = samples.find(({ atMs }) => before === undefined || atMs > before.atMs) ?? newest;
    return { kind: 'above', sinceMs: since.atMs };
  }
  // Points may be so far apart that five minutes hold too few of them.
  const isOver = held(Math.max(overForMs, fewestSamples * stepMs), (value) => value < overBelow);
  return { kind: isOver ? 'over' : 'open' };
}

/** The usual distance of two samples: the median, which a gap does not move. Null with less than two. */
export function usualStepMs(samples: readonly Sample[]): number | null {
  const steps = samples.slice(1).map(({ atMs }, index) => atMs - (samples[index]?.atMs ?? atMs));
  return steps.toSorted((one, other) => one - other)[Math.floor(steps.length / 2)] ?? null;
}

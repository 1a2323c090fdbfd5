import type { TrafficBaseline } from '../../preload/contract/baseline.ts';
import { gapFactor, usualStepMs, type Sample, type Verdict } from './threshold.ts';

/** How what is usual is learned, and what is far from it. */
export interface BaselineRule {
  /** The weight of the newest value in the average and the variance, 0 to 1. */
  readonly alpha: number;
  /** Half the band's width in standard deviations. */
  readonly deviations: number;
  /** Half the band is never less than this part of the average: what hardly varies would alarm by a breath. */
  readonly leastPart: number;
  /** Nor less than this, in the unit of the values: what is next to nothing is no news. */
  readonly leastHalf: number;
  /** Values before anything is called usual. */
  readonly warmUp: number;
  /** It is unusual once `atLeast` of the last `of` values were above the band. */
  readonly raise: { readonly atLeast: number; readonly of: number };
  /** It is over after this many values in a row that were not above. */
  readonly clearAfter: number;
  /** So many values in a row outside the band are the new usual: what is usual is learned anew from there. */
  readonly adoptAfter: number;
}

/** For a value a minute over an hour: the last minutes count most. */
const minuteRule = {
  alpha: 0.1,
  deviations: 4,
  leastPart: 0.25,
  warmUp: 15,
  raise: { atLeast: 3, of: 5 },
  clearAfter: 5,
  adoptAfter: 30,
};
/** The rules for what Shield measures: bits a second, and packets a second. */
export const bandwidthBaseline: BaselineRule = { ...minuteRule, leastHalf: 1_000_000 };
export const packetBaseline: BaselineRule = { ...minuteRule, leastHalf: 200 };

/** A gap this many steps long is the end of what was learned; nothing is decided across a shorter one. */
const forgetSteps = 60;

/**
 * Judges samples, oldest first and a step apart, by what was usual before each: an exponentially weighted average with a
 * band of so many standard deviations. A value outside the band is not learned, so that an attack does not become usual
 * while it lasts. What is no rate (less than nothing, as after a counter began anew) is not measured. Pure.
 */
export function baselineOf(samples: readonly Sample[], rule: BaselineRule): TrafficBaseline {
  const learned = new Learned(rule);
  const stepMs = usualStepMs(samples);
  const low: (number | null)[] = [];
  const high: (number | null)[] = [];
  let recent: { readonly atMs: number; readonly isAbove: boolean }[] = [];
  let outside = 0;
  let sinceMs: number | null = null;
  let lastMs: number | null = null;
  let latest: number | null = null;
  for (const { atMs, value } of samples) {
    const band = learned.band();
    low.push(band?.low ?? null);
    high.push(band?.high ?? null);
    if (value === null || !Number.isFinite(value) || value < 0) continue;
    if (lastMs !== null && stepMs !== null && atMs - lastMs > stepMs * gapFactor) {
      recent = [];
      outside = 0;
      if (atMs - lastMs > stepMs * forgetSteps) {
        learned.forget();
        sinceMs = null;
      }
    }
    lastMs = atMs;
    latest = value;
    const judged = learned.band();
    const isAbove = judged !== null && value > judged.high;
    outside = judged !== null && (isAbove || value < judged.low) ? outside + 1 : 0;
    recent = [...recent, { atMs, isAbove }].slice(-Math.max(rule.raise.of, rule.clearAfter));
    const tail = recent.slice(-rule.raise.of).filter((each) => each.isAbove);
    if (sinceMs === null && tail.length >= rule.raise.atLeast) sinceMs = tail[0]?.atMs ?? atMs;
    else if (
      sinceMs !== null &&
      recent.length >= rule.clearAfter &&
      recent.slice(-rule.clearAfter).every((each) => !each.isAbove)
    )
      sinceMs = null;
    if (outside >= rule.adoptAfter) {
      learned.forget();
      outside = 0;
      recent = [];
      sinceMs = null;
    }
    if (outside === 0) learned.take(value);
  }
  const usual = learned.band();
  return { low, high, usual, latest, sinceMs, learned: learned.count, needed: rule.warmUp };
}

/** An instance's network in, in Mbit/s. */
const leastHalfMbits = 1;
/** Fewer values than this are no proof of anything. */
const fewestValues = 3;

/**
 * Judges what comes in to an instance, in Mbit/s, by what is usual for it: above by so many deviations for a time, in which
 * one value may be usual, or over. Nothing is decided where what is usual is not known.
 */
export function judgeUnusual(samples: readonly Sample[], deviations: number, forMs: number): Verdict {
  const stepMs = usualStepMs(samples);
  if (stepMs === null || stepMs <= 0) return { kind: 'open' };
  const values = Math.max(fewestValues, Math.ceil(forMs / stepMs));
  const { sinceMs, usual } = baselineOf(samples, {
    ...minuteRule,
    leastHalf: leastHalfMbits,
    deviations,
    raise: { atLeast: values, of: values + 1 },
    adoptAfter: Math.max(minuteRule.adoptAfter, values * 2),
  });
  if (sinceMs !== null) return { kind: 'above', sinceMs };
  return { kind: usual === null ? 'open' : 'over' };
}

/** The exponentially weighted average and variance; the plain ones until there are enough values for the weight. */
class Learned {
  readonly #rule: BaselineRule;
  #mean = 0;
  #variance = 0;
  count = 0;

  constructor(rule: BaselineRule) {
    this.#rule = rule;
  }

  /** Null while it is warming up. */
  band(): { readonly low: number; readonly high: number } | null {
    if (this.count < this.#rule.warmUp) return null;
    const { deviations, leastPart, leastHalf } = this.#rule;
    const half = Math.max(deviations * Math.sqrt(this.#variance), leastPart * this.#mean, leastHalf);
    return { low: Math.max(0, this.#mean - half), high: this.#mean + half };
  }

  take(value: number): void {
    this.count += 1;
    const weight = Math.max(this.#rule.alpha, 1 / this.count);
    const off = value - this.#mean;
    const step = weight * off;
    this.#mean += step;
    this.#variance = (1 - weight) * (this.#variance + off * step);
  }

  forget(): void {
    this.#mean = 0;
    this.#variance = 0;
    this.count = 0;
  }
}

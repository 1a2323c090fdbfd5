import { systemClock, type Clock } from '../../../main/clock/index.ts';

/** A clock on which each look is ten seconds after the last, so that a client's throttle never waits; timers are real. */
export function leapingClock(): Clock {
  let nowMs = 0;
  return {
    now: () => (nowMs += 10_000),
    monotonicMs: () => systemClock.monotonicMs(),
    setTimeout: (run, delayMs) => systemClock.setTimeout(run, delayMs),
  };
}

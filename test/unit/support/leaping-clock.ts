import { systemClock, type WallClock } from '../../../main/clock/index.ts';

/** A clock on which each look is ten seconds after the last, so that a client's throttle never waits; timers are real. */
export function leapingClock(): WallClock {
  let nowMs = 0;
  return {
    now: () => (nowMs += 10_000),
    setTimeout: (run, delayMs) => systemClock.setTimeout(run, delayMs),
  };
}

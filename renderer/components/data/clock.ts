import { type Readable, readable } from 'svelte/store';

/** A clock that ticks while something shows it. It rests while the window is hidden and is right at once when it shows. */
const clock = (tickMs: number): Readable<number> =>
  readable(Date.now(), (set) => {
    const tick = (): void => {
      if (!document.hidden) set(Date.now());
    };
    tick();
    const timer = setInterval(tick, tickMs);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  });

/** The time of day (ms since the epoch), a second at a time: for what somebody waits for. */
export const secondClock: Readable<number> = clock(1_000);

/** The same, ten seconds at a time: for ages. A window that rests must not be drawn again each second. */
export const ageClock: Readable<number> = clock(10_000);

import { type Readable, readable } from 'svelte/store';

const tickMs = 1_000;

/**
 * The time of day (ms since the epoch), a second at a time: one timer for all that show a relative time,
 * none while nothing does. It rests while the window is hidden and is right again at once when it shows.
 */
export const secondClock: Readable<number> = readable(Date.now(), (set) => {
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

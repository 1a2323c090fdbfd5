import type { WallClock } from '../clock/index.ts';
import type { UpdateState } from '../../preload/contract/updates.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A day, and up to two hours more, so that not all computers ask at once. */
const everyMs = 24 * hourMs;
const spreadMs = 2 * hourMs;
/** Where the feed could not be had. */
const againMs = 4 * hourMs;
/** Not while the app starts. */
const afterStartMs = 2 * minuteMs;

/** When the app looks for updates by itself. */
export interface UpdateScheduleOptions {
  readonly clock: WallClock;
  readonly random: () => number;
  readonly updates: {
    state(): UpdateState;
    askedAtMs(): number | null;
    check(how: { readonly isQuiet: boolean }): Promise<unknown>;
  };
  /** Whether the user wants it. */
  readonly isWanted: () => boolean;
  readonly report: (cause: unknown) => void;
}

/** Looks for updates once a day while the app runs; `changed` after the user's wish became another. */
export interface UpdateSchedule {
  changed(): void;
  stop(): void;
}

/** Begins to. */
export function scheduleUpdates(options: UpdateScheduleOptions): UpdateSchedule {
  const { clock, random, updates, isWanted, report } = options;
  let cancel: (() => void) | null = null;

  const stop = (): void => {
    cancel?.();
    cancel = null;
  };
  const wait = (delayMs: number): void => {
    stop();
    cancel = clock.setTimeout(() => void look().catch(report), delayMs);
  };
  const look = async (): Promise<void> => {
    cancel = null;
    if (!isWanted()) return;
    try {
      await updates.check({ isQuiet: true });
    } finally {
      const isFailed = updates.state().kind === 'check-failed';
      if (isWanted()) wait((isFailed ? againMs : everyMs) + random() * spreadMs);
    }
  };
  const begin = (): void => {
    if (updates.state().kind === 'off' || !isWanted()) return;
    const askedAtMs = updates.askedAtMs();
    const nowMs = clock.now();
    // A clock that was set back would say that it was asked in the future, for ever.
    const dueMs = askedAtMs === null || askedAtMs > nowMs ? 0 : askedAtMs + everyMs - nowMs;
    wait(Math.max(afterStartMs, dueMs) + random() * afterStartMs);
  };
  begin();
  return {
    changed: () => {
      if (!isWanted()) stop();
      else if (cancel === null) begin();
    },
    stop,
  };
}

import type { AppError } from '../../../preload/contract/errors.ts';
import type { Forecast } from '../../../preload/contract/runway.ts';
import { client } from '../../client.ts';
import { snapshot } from '../../state/snapshot.svelte.ts';

/** How long a forecast that main cannot make yet is waited for. */
const retryMs = 1_000;

/** The forecast of the current account; null until main can make it. */
export interface FollowedForecast {
  readonly current: Forecast | null;
  readonly error: AppError | null;
}

/**
 * Asks main for the forecast whenever the snapshot that it is made of is another, one question at a time. To be called
 * while a component is being set up; it ends with that.
 */
export function followForecast(): FollowedForecast {
  let current = $state.raw<Forecast | null>(null);
  let error = $state.raw<AppError | null>(null);
  let asking = false;
  let isStale = false;
  let live = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    clearTimeout(timer);
    isStale = asking;
    if (asking) return;
    asking = true;
    const answer = await client.wallet.forecast(undefined);
    asking = false;
    if (!live) return;
    error = answer.ok ? null : answer.error;
    current = answer.ok ? answer.value : null;
    // It changed while the answer was on its way.
    if (isStale) void ask();
    else if (answer.ok && answer.value === null) timer = setTimeout(() => void ask(), retryMs);
  }

  $effect(() => {
    if (snapshot.current !== null) void ask();
  });
  $effect(() => () => {
    live = false;
    clearTimeout(timer);
  });

  return {
    get current() {
      return current;
    },
    get error() {
      return error;
    },
  };
}

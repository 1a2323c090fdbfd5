import type { AccountRuntime } from '../../app/account-runtime.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `watch`. `current` gives null while the shown account cannot be used. */
export function createWatchHandlers(current: () => Pick<AccountRuntime, 'watches'> | null): Domain<'watch'> {
  return {
    start: (key) => onCurrent(current, ({ watches }) => watches.start(key)),
    stop: (key) => {
      current()?.watches.stop(key);
      return done;
    },
    refresh: (key) =>
      onCurrent(current, async ({ watches }) => {
        await watches.refresh(key);
        return done;
      }),
  };
}

import { ok } from '../../../preload/contract/result.ts';
import type { Runtimes } from '../../app/runtimes.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `snapshot`. */
export function createSnapshotHandlers(
  runtimes: Pick<Runtimes, 'current' | 'currentUpdate'>,
): Domain<'snapshot'> {
  return {
    current: () => ok(runtimes.currentUpdate()),
    refresh: () =>
      onCurrent(
        () => runtimes.current(),
        async ({ monitor }) => {
          await monitor.refresh();
          return done;
        },
      ),
  };
}

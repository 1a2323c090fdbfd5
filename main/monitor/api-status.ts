import type { ApiStatus } from '../../preload/contract/snapshot.ts';
import type { MonitorState } from './monitor-state.ts';

/** One failed poll is a hiccup; from the second on, what is on screen is called stale. */
const failuresUntilStale = 2;

/** How true the data on screen is, from how the last polls ended. */
export function apiStatusOf({ snapshot, poll }: MonitorState): ApiStatus {
  const list = snapshot.instancesFreshness.error;
  const wallet = snapshot.walletFreshness.error;
  if (list?.kind === 'unauthorized' || wallet?.kind === 'unauthorized') return 'signed-out';
  if (poll.offline) return 'offline';
  // A token without this ability gets an answer all the same: the API is there.
  if (list?.kind === 'forbidden') return 'live';
  if (!poll.answered) return poll.failures > 0 ? 'stale' : 'starting';
  return poll.failures >= failuresUntilStale ? 'stale' : 'live';
}

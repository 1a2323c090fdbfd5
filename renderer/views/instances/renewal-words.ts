import { formatDay, formatRelative } from '../../../preload/contract/format.ts';
import type { Instance } from '../../../preload/contract/instance.ts';

/** When an instance is paid again, for a cell of the list. */
export interface RenewalWords {
  readonly text: string;
  /** It has passed, or there will be none. */
  readonly isWarning: boolean;
}

/** "14 Jun", "expired 3 d ago", "no renewal" for one that is going to be deleted; "—" where it is not known. */
export function renewalInList(
  { billedTillMs, state }: Pick<Instance, 'billedTillMs' | 'state'>,
  nowMs: number,
  timeZone?: string,
): RenewalWords {
  if (state.kind === 'deletion') return { text: 'no renewal', isWarning: true };
  if (billedTillMs === null) return { text: '—', isWarning: false };
  if (billedTillMs < nowMs)
    return { text: `expired ${formatRelative(billedTillMs, nowMs)}`, isWarning: true };
  return { text: formatDay(billedTillMs, nowMs, timeZone), isWarning: false };
}

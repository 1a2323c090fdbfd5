import { quietAt } from '../../preload/contract/quiet-hours.ts';
import { isWithin, type QuietSpan } from '../../preload/contract/quiet.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { isWanted } from './is-wanted.ts';

/**
 * What becomes of a notice, which Activity has in any case: it is shown as a notification, it is counted in the one that
 * follows once notifications are on again, or it is for Activity alone.
 */
export type Delivery = 'show' | 'hold-back' | 'activity-only';

/** What decides it. */
export interface DeliveryFacts {
  readonly settings: Pick<Settings, 'notifications' | 'quiet'>;
  /** How long the instance that it is about is muted; null where it is not, and where it is about none. */
  readonly mutedUntil: QuietSpan;
  readonly nowMs: number;
}

/** Whether a notice may be shown now. */
export function deliveryOf(notice: Notice, { settings, mutedUntil, nowMs }: DeliveryFacts): Delivery {
  if (!isWanted(notice, settings.notifications) || isWithin(mutedUntil, nowMs)) return 'activity-only';
  return quietAt(settings.quiet, nowMs) === null ? 'show' : 'hold-back';
}

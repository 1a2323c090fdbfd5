import type { SystemUnlockKind } from '../../preload/contract/app-lock.ts';

/** `unavailable`: nobody was asked, since the system cannot ask now. */
export type SystemAnswer = 'confirmed' | 'not-confirmed' | 'unavailable';

/** What of the system's own tells that whoever sits there is the user. */
export interface SystemUnlock {
  readonly kind: SystemUnlockKind;
  /** Whether it can ask now. Never rejects. */
  readonly isAvailable: () => Promise<boolean>;
  /** Asks, by a prompt of its own. Never rejects. */
  readonly authenticate: () => Promise<SystemAnswer>;
}

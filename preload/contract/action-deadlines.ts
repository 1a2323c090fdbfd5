import type { PowerAction } from './instance.ts';

/** What the user can ask for that takes a while until the API shows it. */
export type AwaitedAction =
  | PowerAction
  | 'create'
  | 'upgrade'
  | 'reinstall'
  | 'delete'
  /** A deletion at the end of the cycle. */
  | 'schedule-deletion'
  | 'cancel-deletion'
  | 'reactivate';

/**
 * How long the app shows what it expects of an action before it says "not confirmed", in milliseconds. The reference
 * names no times; a build takes minutes, an installation of Windows more.
 */
export const actionDeadlinesMs: Readonly<Record<AwaitedAction, number>> = {
  boot: 60_000,
  restart: 120_000,
  shutdown: 120_000,
  poweroff: 60_000,
  create: 900_000,
  reinstall: 1_200_000,
  upgrade: 180_000,
  reactivate: 180_000,
  delete: 180_000,
  'schedule-deletion': 60_000,
  'cancel-deletion': 60_000,
};

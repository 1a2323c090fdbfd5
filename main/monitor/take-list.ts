import type { ApiError } from '../../preload/contract/errors.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { InstanceRecord } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import type { Turn } from '../tasks/index.ts';
import type { AccountState } from './account-state.ts';
import type { Answer } from './monitor-api.ts';
import type { NoticeDetector } from './notice-detector.ts';
import { projectAhead } from './project-ahead.ts';

/** What taking over a list works on. */
export interface TakeListOptions {
  readonly state: Pick<AccountState, 'now' | 'apply' | 'hold' | 'publish'>;
  readonly notices: Pick<NoticeDetector, 'changesTo' | 'tellChanges' | 'sawFailure'>;
  readonly clock: Clock;
  /** Divides the work of a long list. */
  readonly newTurn: () => Turn;
}

/** What is done with a shorter list in one piece takes some milliseconds at most. */
const longListRows = 500;

/**
 * Makes what takes over an answered list: the state becomes another in one step, then the window is told, then notices are
 * looked for; where the list is long, others have their turn before each step. Once `signal` is aborted nothing more is done.
 */
export function listTaker({ state, notices, clock, newTurn }: TakeListOptions) {
  return async (
    outcome: Result<Answer<readonly InstanceRecord[]>, ApiError>,
    askedMonotonicMs: number,
    signal: AbortSignal,
  ): Promise<void> => {
    if (!outcome.ok) {
      state.apply({ kind: 'instances', outcome, askedMonotonicMs });
      notices.sawFailure(outcome.error);
      return;
    }
    const records = outcome.value.value;
    const turn = newTurn();
    const isStopped = (): boolean => signal.aborted;
    const giveWay = (): Promise<void> | undefined =>
      records.length < longListRows ? undefined : turn.giveWay();
    const ahead = await projectAhead(state.now, records, clock.now(), turn);
    await giveWay();
    if (isStopped()) return;
    state.hold({ kind: 'instances', outcome, askedMonotonicMs, ahead });
    // What the list brought, whatever else happens until it is looked at.
    const { snapshot } = state.now;
    await giveWay();
    if (isStopped()) return;
    state.publish();
    await giveWay();
    if (isStopped()) return;
    const found = notices.changesTo(snapshot);
    await giveWay();
    if (!isStopped()) notices.tellChanges(found);
  };
}

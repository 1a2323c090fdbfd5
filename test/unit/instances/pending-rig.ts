import type { Refund } from '../../../main/instances/delete.ts';
import { recordPendingAction } from '../../../main/instances/pending-action-record.ts';
import { createPendingActionStore } from '../../../main/instances/pending-action-store.ts';
import { createPendingActions } from '../../../main/instances/pending-actions.ts';
import type { Sent } from '../../../main/instances/send-once.ts';
import type { PendingActionId } from '../../../preload/contract/lifecycle.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import { recording } from '../activity/recording.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';
import { FakeTime } from '../monitor/fake-time.ts';
import { FakeJournal } from '../storage/fakes.ts';

export type Ending = Result<Sent<Refund | undefined>>;
export const refunded: Ending = ok({ kind: 'dispatched', value: { refundCents: cents(667) } });
export const demo = 'demo' as typeof accountId;

/** Pending actions with a journal in memory; the same journal again is the next run of the app. */
export function setUp(journal = new FakeJournal(), time = new FakeTime()) {
  let ids = 0;
  const { entries, recorderOf } = recording();
  const sent: string[] = [];
  const reported: unknown[] = [];
  /** What was shown at each change. */
  const changes: (readonly string[])[] = [];
  const pendingActions = createPendingActions({
    clock: time,
    kept: createPendingActionStore(journal, (id) => id === demo),
    newId: () => `h${(ids += 1)}` as PendingActionId,
    onChange: (shown) => changes.push(shown.map(({ name, state }) => `${name} ${state.phase}`)),
    onEnd: (pendingAction) => recordPendingAction(recorderOf, pendingAction),
    report: (cause) => reported.push(cause),
  });
  const schedule = (name: string, ending: Ending | Promise<Ending> = refunded, account = accountId) =>
    pendingActions.schedule({
      accountId: account,
      instanceId: instanceId(name),
      name,
      action: 'delete-now',
      send: () => {
        sent.push(name);
        return Promise.resolve(ending);
      },
    });
  const phases = (): readonly string[] => pendingActions.list().map(({ state }) => state.phase);
  return { pendingActions, schedule, sent, phases, entries, journal, time, reported, changes };
}

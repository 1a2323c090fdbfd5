import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { PendingAction, PendingActionId, PendingActionState } from '../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../clock/index.ts';
import { inBackground } from '../tasks/index.ts';
import type { Refund } from './delete.ts';
import type { EndedPendingAction } from './pending-action-record.ts';
import type { PendingActionStore } from './pending-action-store.ts';
import { notSent, type Sent } from './send-once.ts';

/** What is to wait as a pending action, and what leaves when the time to undo is over. */
export interface PendingActionRequest extends Pick<
  PendingAction,
  'accountId' | 'instanceId' | 'name' | 'action'
> {
  /** Sends the request; called once at most. */
  readonly send: () => Promise<Result<Sent<Refund | undefined>>>;
}

/** Requests that destroy: each waits some seconds in which it can be undone. */
export interface PendingActions {
  list(): readonly PendingAction[];
  /** Schedules a request. `busy` where one for that instance is pending or being sent. */
  schedule(request: PendingActionRequest): Result<undefined>;
  /** Undoes it; `refused` once it has left. */
  undo(id: PendingActionId): Result<undefined>;
  /** Takes away one that has ended: it was read. */
  dismiss(id: PendingActionId): void;
  /** Drops the pending actions of an account that signs out, and what is said of them. */
  forgetAccount(accountId: AccountId): void;
  /** The app quits: nothing more leaves. What was pending is reported at the next start. */
  stop(): void;
}

/** What pending actions are made of. */
export interface PendingActionsOptions {
  readonly clock: Clock;
  readonly kept: PendingActionStore;
  readonly newId: () => PendingActionId;
  readonly onChange: (pendingActions: readonly PendingAction[]) => void;
  /** One of them has come to an end, or was undone; of those of the last run, again at each start. */
  readonly onEnd: (pendingAction: EndedPendingAction) => void;
  readonly report: (cause: unknown) => void;
}

/** So long a request waits before it leaves. */
export const undoMs = 8_000;
/** So long a good end is shown; a bad one stays until it is closed. */
const sentShownMs = 12_000;

/** Makes the pending actions; what the last run did not get to is among them, as ended. */
export function createPendingActions({
  clock,
  kept,
  newId,
  onChange,
  onEnd,
  report,
}: PendingActionsOptions): PendingActions {
  const pendingActions = new Map<PendingActionId, PendingAction>(
    kept.ended().map((pendingAction) => [pendingAction.id, pendingAction]),
  );
  const cancels = new Map<PendingActionId, () => void>();
  /** Those whose request was given to be sent. */
  const sent = new Set<PendingActionId>();
  let isStopped = false;
  /** Asked again after each wait. */
  const hasStopped = (): boolean => isStopped;

  const ended = (pendingAction: EndedPendingAction): void => {
    // What is told of an end changes nothing of it.
    try {
      onEnd(pendingAction);
    } catch (cause) {
      report(cause);
    }
  };
  for (const pendingAction of pendingActions.values()) ended(pendingAction);

  /** Ends once it is on the disk how things are now. */
  const changed = (): Promise<Result<undefined>> => {
    const written = kept.keep([...pendingActions.values()]);
    try {
      onChange([...pendingActions.values()]);
    } catch (cause) {
      report(cause);
    }
    return written;
  };
  const enter = async (id: PendingActionId, state: PendingActionState): Promise<Result<undefined>> => {
    const pendingAction = pendingActions.get(id);
    if (pendingAction === undefined) return ok(undefined);
    const next = { ...pendingAction, state };
    pendingActions.set(id, next);
    if (state.phase !== 'pending' && state.phase !== 'sending') ended(next);
    return changed();
  };
  const end = (id: PendingActionId, state: PendingActionState): void =>
    inBackground(async () => {
      await enter(id, state);
    }, report);
  const remove = (id: PendingActionId): void => {
    cancels.get(id)?.();
    cancels.delete(id);
    sent.delete(id);
    if (pendingActions.delete(id))
      inBackground(async () => {
        await changed();
      }, report);
  };

  const leave = async (id: PendingActionId, send: PendingActionRequest['send']): Promise<void> => {
    cancels.delete(id);
    // On disk before it leaves: a crash in between must not be told as "nothing was sent".
    const noted = await enter(id, { phase: 'sending' });
    // The account has signed out meanwhile.
    if (!pendingActions.has(id)) return;
    if (hasStopped()) {
      await enter(id, { phase: 'abandoned' });
      return;
    }
    if (noted.ok) sent.add(id);
    const result = noted.ok ? await send() : noted;
    if (hasStopped()) return;
    if (!result.ok) {
      end(id, { phase: 'refused', error: result.error });
    } else if (result.value.kind === 'lost') {
      end(id, { phase: 'lost' });
    } else {
      end(id, { phase: 'sent', refundCents: result.value.value?.refundCents ?? null });
      cancels.set(
        id,
        clock.setTimeout(() => remove(id), sentShownMs),
      );
    }
  };

  /** One whose code threw: where it may have left nobody knows, as where its answer is lost. */
  const giveUp = (id: PendingActionId, cause: unknown): void => {
    report(cause);
    if (isStopped || pendingActions.get(id)?.state.phase !== 'sending') return;
    end(id, sent.has(id) ? { phase: 'lost' } : { phase: 'refused', error: notSent });
  };

  const isUnderWay = (instanceId: InstanceId, accountId: AccountId): boolean =>
    [...pendingActions.values()].some(
      (pendingAction) =>
        pendingAction.instanceId === instanceId &&
        pendingAction.accountId === accountId &&
        (pendingAction.state.phase === 'pending' || pendingAction.state.phase === 'sending'),
    );

  return {
    list: () => [...pendingActions.values()],
    schedule: ({ send, ...request }) => {
      const { accountId, instanceId } = request;
      if (isUnderWay(instanceId, accountId)) {
        return fail({ kind: 'busy', message: 'A request for this instance is on its way.' });
      }
      // What was said of an earlier one is over.
      for (const [id, pendingAction] of pendingActions) {
        if (pendingAction.instanceId === instanceId && pendingAction.accountId === accountId) remove(id);
      }
      const id = newId();
      try {
        cancels.set(
          id,
          clock.setTimeout(
            () =>
              inBackground(
                () => leave(id, send),
                (cause) => giveUp(id, cause),
              ),
            undoMs,
          ),
        );
        pendingActions.set(id, {
          ...request,
          id,
          state: { phase: 'pending', sendsAtMs: clock.now() + undoMs },
        });
        const written = changed();
        inBackground(async () => {
          await written;
        }, report);
      } catch (cause) {
        // Whoever is told that it failed must not find it done some seconds later.
        cancels.get(id)?.();
        cancels.delete(id);
        pendingActions.delete(id);
        report(cause);
        return fail(notSent);
      }
      return ok(undefined);
    },
    undo: (id) => {
      const pendingAction = pendingActions.get(id);
      if (pendingAction?.state.phase !== 'pending') {
        return fail({ kind: 'refused', message: 'It was already sent and can no longer be undone.' });
      }
      remove(id);
      ended({ ...pendingAction, state: { phase: 'undone' } });
      return ok(undefined);
    },
    dismiss: (id) => {
      const phase = pendingActions.get(id)?.state.phase;
      if (phase !== 'pending' && phase !== 'sending') remove(id);
    },
    forgetAccount: (accountId) => {
      for (const [id, pendingAction] of pendingActions) if (pendingAction.accountId === accountId) remove(id);
    },
    stop: () => {
      isStopped = true;
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}

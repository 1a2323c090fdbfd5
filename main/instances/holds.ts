import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import type { Hold, HoldId, HoldState } from '../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../clock/index.ts';
import { inBackground } from '../tasks/index.ts';
import type { Refund } from './delete.ts';
import type { KeptHolds } from './kept-holds.ts';
import type { Sent } from './send-once.ts';

/** What is to be held, and what leaves when its time is over. */
export interface HoldRequest extends Pick<Hold, 'accountId' | 'instanceId' | 'name' | 'action'> {
  /** Sends the request; called once at most. */
  readonly send: () => Promise<Result<Sent<Refund | undefined>>>;
}

/** Requests that destroy, on their way out: each waits some seconds in which it can be taken back. */
export interface Holds {
  list(): readonly Hold[];
  /** Holds a request. `busy` where one for that server is held or being sent. */
  hold(request: HoldRequest): Result<undefined>;
  /** Takes a request back; `refused` once it has left. */
  undo(id: HoldId): Result<undefined>;
  /** Takes away one that has ended: it was read. */
  dismiss(id: HoldId): void;
  /** Takes back what is held for an account that signs out, and what is said of it. */
  forgetAccount(accountId: AccountId): void;
  /** The app quits: nothing more leaves. What was held is told at the next start. */
  stop(): void;
}

/** What the holds need of the rest. */
export interface HoldsOptions {
  readonly clock: Clock;
  readonly kept: KeptHolds;
  readonly newId: () => HoldId;
  readonly onChange: (holds: readonly Hold[]) => void;
  /** One of them has come to an end; of those of the last run, again at each start. */
  readonly onEnd: (hold: Hold) => void;
  readonly report: (cause: unknown) => void;
}

const notSent: AppError = {
  kind: 'internal',
  message: 'Something went wrong in the app before this was sent. The log has the details.',
};

/** So long a request waits before it leaves. */
export const holdMs = 8_000;
/** So long a good end is shown; a bad one stays until it is closed. */
const sentShownMs = 12_000;

/** Makes the holds; what the last run did not get to is among them, as ended. */
export function createHolds({ clock, kept, newId, onChange, onEnd, report }: HoldsOptions): Holds {
  const holds = new Map<HoldId, Hold>(kept.ended().map((hold) => [hold.id, hold]));
  const cancels = new Map<HoldId, () => void>();
  /** Those whose request was given to be sent. */
  const sent = new Set<HoldId>();
  let isStopped = false;
  /** Asked anew after each wait. */
  const hasStopped = (): boolean => isStopped;

  const ended = (hold: Hold): void => {
    // What is told of an end changes nothing of it.
    try {
      onEnd(hold);
    } catch (cause) {
      report(cause);
    }
  };
  for (const hold of holds.values()) ended(hold);

  /** Ends once it is on the disk how things are now. */
  const changed = (): Promise<Result<undefined>> => {
    const written = kept.keep([...holds.values()]);
    try {
      onChange([...holds.values()]);
    } catch (cause) {
      report(cause);
    }
    return written;
  };
  const enter = async (id: HoldId, state: HoldState): Promise<Result<undefined>> => {
    const hold = holds.get(id);
    if (hold === undefined) return ok(undefined);
    const next = { ...hold, state };
    holds.set(id, next);
    if (state.phase !== 'held' && state.phase !== 'sending') ended(next);
    return changed();
  };
  const end = (id: HoldId, state: HoldState): void =>
    inBackground(async () => {
      await enter(id, state);
    }, report);
  const remove = (id: HoldId): void => {
    cancels.get(id)?.();
    cancels.delete(id);
    sent.delete(id);
    if (holds.delete(id))
      inBackground(async () => {
        await changed();
      }, report);
  };

  const leave = async (id: HoldId, send: HoldRequest['send']): Promise<void> => {
    cancels.delete(id);
    // On disk before it leaves: a crash in between must not be told as "nothing was sent".
    const noted = await enter(id, { phase: 'sending' });
    // The account has signed out meanwhile.
    if (!holds.has(id)) return;
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
  const giveUp = (id: HoldId, cause: unknown): void => {
    report(cause);
    if (isStopped || holds.get(id)?.state.phase !== 'sending') return;
    end(id, sent.has(id) ? { phase: 'lost' } : { phase: 'refused', error: notSent });
  };

  const isUnderWay = (instanceId: InstanceId, accountId: AccountId): boolean =>
    [...holds.values()].some(
      (hold) =>
        hold.instanceId === instanceId &&
        hold.accountId === accountId &&
        (hold.state.phase === 'held' || hold.state.phase === 'sending'),
    );

  return {
    list: () => [...holds.values()],
    hold: ({ send, ...request }) => {
      const { accountId, instanceId } = request;
      if (isUnderWay(instanceId, accountId)) {
        return fail({ kind: 'busy', message: 'A request for this server is on its way.' });
      }
      // What was said of an earlier one is over.
      for (const [id, hold] of holds) {
        if (hold.instanceId === instanceId && hold.accountId === accountId) remove(id);
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
            holdMs,
          ),
        );
        holds.set(id, { ...request, id, state: { phase: 'held', sendsAtMs: clock.now() + holdMs } });
        const written = changed();
        inBackground(async () => {
          await written;
        }, report);
      } catch (cause) {
        // Whoever is told that it failed must not find it done some seconds later.
        cancels.get(id)?.();
        cancels.delete(id);
        holds.delete(id);
        report(cause);
        return fail(notSent);
      }
      return ok(undefined);
    },
    undo: (id) => {
      if (holds.get(id)?.state.phase !== 'held') {
        return fail({ kind: 'refused', message: 'It has left already: it cannot be taken back.' });
      }
      remove(id);
      return ok(undefined);
    },
    dismiss: (id) => {
      const phase = holds.get(id)?.state.phase;
      if (phase !== 'held' && phase !== 'sending') remove(id);
    },
    forgetAccount: (accountId) => {
      for (const [id, hold] of holds) if (hold.accountId === accountId) remove(id);
    },
    stop: () => {
      isStopped = true;
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}

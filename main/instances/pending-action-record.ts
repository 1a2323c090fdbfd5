import type { ActivityKind } from '../../preload/contract/activity.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { formatCents } from '../../preload/contract/format.ts';
import type {
  PendingActionKind,
  PendingAction,
  PendingActionState,
} from '../../preload/contract/lifecycle.ts';
import type { ActionEnd, Recorder } from '../activity/index.ts';

/** A pending action that came to an end, or was undone before it was sent. */
export type EndedPendingAction = Omit<PendingAction, 'state'> & {
  readonly state: PendingActionState | { readonly phase: 'undone' };
};

const kinds: Readonly<Record<PendingActionKind, ActivityKind>> = {
  'delete-now': 'deleted',
  'delete-at-end': 'deletion-scheduled',
  reinstall: 'reinstalled',
};

/** Records what a request that could be undone came to. The app sent it, when the time to undo was over. */
export function recordPendingAction(
  recorderOf: (accountId: AccountId) => Pick<Recorder, 'ended'>,
  { id, accountId, instanceId, name, action, state }: EndedPendingAction,
): void {
  const end = endOf(state);
  if (end === null) return;
  // By a key of its own: the next run meets it again.
  const key = `${accountId}/hold/${id}`;
  const actor = state.phase === 'undone' ? 'person' : 'app';
  recorderOf(accountId).ended({ actor, kind: kinds[action], instanceId, name, key }, end);
}

/** Records that an action was refused before it could become pending: by a lock, or by the state of the instance. */
export function recordRefusal(
  record: Pick<Recorder, 'ended'>,
  {
    instanceId,
    name,
    action,
  }: Pick<PendingAction, 'instanceId' | 'action'> & { readonly name: string | null },
  error: AppError,
): void {
  if (error.kind === 'refused') record.ended({ kind: kinds[action], instanceId, name }, { error });
}

function endOf(state: EndedPendingAction['state']): ActionEnd | null {
  switch (state.phase) {
    case 'pending':
    case 'sending':
      return null;
    case 'sent': {
      const { refundCents } = state;
      return {
        outcome: 'done',
        detail: refundCents === null ? null : `${formatCents(refundCents)} was refunded.`,
      };
    }
    case 'undone':
      return { outcome: 'undone' };
    case 'lost':
      return { outcome: 'unknown' };
    case 'refused':
      return { error: state.error };
    case 'abandoned':
      return { outcome: 'refused', detail: 'The app quit before it was sent.' };
  }
}

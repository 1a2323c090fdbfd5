import type { ActivityKind } from '../../preload/contract/activity.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { formatCents } from '../../preload/contract/format.ts';
import type {
  PendingActionKind,
  PendingAction,
  PendingActionState,
} from '../../preload/contract/lifecycle.ts';
import type { ActionEnd, Recorder } from '../activity/index.ts';

const kinds: Readonly<Record<PendingActionKind, ActivityKind>> = {
  'delete-now': 'deleted',
  'delete-at-end': 'deletion-scheduled',
  reinstall: 'reinstalled',
};

/** Records what a request that could be taken back came to. The app sent it, when its time was over. */
export function recordPendingAction(
  recorderOf: (accountId: AccountId) => Pick<Recorder, 'ended'>,
  { id, accountId, instanceId, name, action, state }: PendingAction,
): void {
  const end = endOf(state);
  if (end === null) return;
  // By a key of its own: the next run meets it again.
  const key = `${accountId}/hold/${id}`;
  recorderOf(accountId).ended({ actor: 'app', kind: kinds[action], instanceId, name, key }, end);
}

function endOf(state: PendingActionState): ActionEnd | null {
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
    case 'lost':
      return { outcome: 'unknown' };
    case 'refused':
      return { error: state.error };
    case 'abandoned':
      return { outcome: 'refused', detail: 'The app quit before it was sent.' };
  }
}

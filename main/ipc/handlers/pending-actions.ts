import { ok } from '../../../preload/contract/result.ts';
import type { PendingActions } from '../../instances/index.ts';
import { done, type Domain } from './shared.ts';

/** Answers the calls of the domain `pendingActions`: requests that can still be undone. */
export function createPendingActionHandlers(
  pendingActions: Pick<PendingActions, 'list' | 'undo' | 'dismiss'>,
): Domain<'pendingActions'> {
  return {
    list: () => ok(pendingActions.list()),
    undo: ({ pendingActionId }) => pendingActions.undo(pendingActionId),
    dismiss: ({ pendingActionId }) => {
      pendingActions.dismiss(pendingActionId);
      return done;
    },
  };
}

import type { Instance, LifecycleAction } from '../../../preload/contract/instance.ts';
import { noAnnotations } from '../../../preload/contract/annotations.ts';
import { missingAbility } from '../../state/ability.ts';
import { pendingActions, annotations } from '../../state/app.svelte.ts';

/** Why an action cannot be asked of an instance now; null when it can. */
export function lifecycleBlocked({ id, lifecycle }: Instance, action: LifecycleAction): string | null {
  const choice = lifecycle[action];
  if (!choice.allowed) return choice.reason;
  const { isLocked } = annotations.current?.[id] ?? noAnnotations;
  if (isLocked && (action === 'delete' || action === 'reinstall'))
    return 'It is locked: remove the lock first';
  const isPending = (pendingActions.current ?? []).some(
    (pendingAction) => pendingAction.instanceId === id && pendingAction.state.phase === 'pending',
  );
  return isPending ? 'A request for this instance is about to be sent' : missingAbility('instances:write');
}

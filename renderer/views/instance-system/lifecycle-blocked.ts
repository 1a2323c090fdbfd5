import type { Instance, LifecycleAction } from '../../../preload/contract/instance.ts';
import { noMarks } from '../../../preload/contract/marks.ts';
import { missingAbility } from '../../state/ability.ts';
import { holds, marks } from '../../state/app.svelte.ts';

/** Why an action cannot be asked of a server now; null when it can. */
export function lifecycleBlocked({ id, lifecycle }: Instance, action: LifecycleAction): string | null {
  const choice = lifecycle[action];
  if (!choice.allowed) return choice.reason;
  const { isLocked } = marks.current?.[id] ?? noMarks;
  if (isLocked && (action === 'delete' || action === 'reinstall'))
    return 'It is locked: take the lock off first';
  const isHeld = (holds.current ?? []).some((hold) => hold.instanceId === id && hold.state.phase === 'held');
  return isHeld ? 'A request for it is about to leave' : missingAbility('instances:write');
}

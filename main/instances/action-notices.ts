import type { AccountId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import { formatCents } from '../../preload/contract/format.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';

/** What a person did to an instance, as the activity remembers it. */
export type DoneAction =
  | { readonly kind: 'upgrade' | 'reactivate'; readonly chargedCents: number | null }
  | { readonly kind: 'delete-now'; readonly refundCents: number | null }
  | { readonly kind: 'delete-at-end' | 'reinstall' | 'reset-password' | 'cancel-deletion' };

/** What follows the server's name. */
const titles: Readonly<Record<DoneAction['kind'], string>> = {
  upgrade: 'upgrade started',
  reactivate: 'reactivated',
  'delete-now': 'deleted',
  'delete-at-end': 'deletion scheduled',
  reinstall: 'reinstall started',
  'reset-password': 'password reset',
  'cancel-deletion': 'deletion canceled',
};

/** The line of the activity for something that Evorxa took from here. */
export function doneNotice(
  accountId: AccountId,
  instance: Pick<Instance, 'id' | 'name' | 'hostname'>,
  action: DoneAction,
  nowMs: number,
): Notice {
  return {
    key: `${accountId}/${instance.id}/done/${action.kind}/${nowMs}`,
    kind: 'done',
    title: `${displayName(instance)}: ${titles[action.kind]}`,
    body: moneyOf(action),
    instanceId: instance.id,
    atMs: nowMs,
  };
}

function moneyOf(action: DoneAction): string {
  if (action.kind === 'delete-now')
    return action.refundCents === null ? '' : `${formatCents(action.refundCents)} was refunded.`;
  if (action.kind !== 'upgrade' && action.kind !== 'reactivate') return '';
  return action.chargedCents === null ? '' : `${formatCents(action.chargedCents)} was charged.`;
}

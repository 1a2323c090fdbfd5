import type { AccountId } from '../../preload/contract/brands.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { hostAndPort } from '../ssh/index.ts';
import type { Confirm, Run } from './run.ts';

/** Why a change was taken back, as a sentence. */
export function reasonInWords({ reason, ssh }: Confirm): string {
  if (reason === 'no-answer')
    return `SSH${ssh === null ? '' : ` at ${hostAndPort(ssh)}`} no longer answered after it.`;
  return reason === 'not-confirmed' ? 'Nobody confirmed it in time.' : 'You asked for it.';
}

/** What is told when a change was taken back by the app, or should have been. */
export function confirmNotice(
  accountId: AccountId,
  { ipId, address }: Run,
  confirm: Confirm,
  nowMs: number,
): Notice {
  const isBack = confirm.phase === 'taken-back';
  return {
    key: `${accountId}/shield/${ipId}/${confirm.phase}/${confirm.untilMs}`,
    kind: isBack ? 'firewall-reverted' : 'firewall-not-reverted',
    title: isBack
      ? `The firewall change of ${address} was taken back`
      : `The firewall change of ${address} could not be taken back`,
    body: isBack
      ? reasonInWords(confirm)
      : `${reasonInWords(confirm)} Not all of its steps could be undone: look at them in Shield.`,
    instanceId: null,
    atMs: nowMs,
  };
}

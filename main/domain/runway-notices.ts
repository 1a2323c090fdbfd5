import type { AccountId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import {
  formatCents,
  formatCounted,
  formatDuration,
  formatLongDay,
  formatWhole,
} from '../../preload/contract/format.ts';
import type { Renewal, Runway } from '../../preload/contract/runway.ts';
import { runwayEndInWords } from '../../preload/contract/runway-words.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { NoticeContext } from './notices.ts';

const dayMs = 86_400_000;

/** The runway is shorter than `limitDays`. */
export function shortRunwayNotice(
  runway: Extract<Runway, { kind: 'ends' }>,
  limitDays: number,
  { accountId, nowMs }: Pick<NoticeContext, 'accountId' | 'nowMs'>,
): Notice {
  return {
    key: `${accountId}/runway/${nowMs}`,
    kind: 'runway',
    title: `Wallet lasts until ${formatLongDay(runway.atMs, nowMs)}${runway.isAtMost ? ' at the latest' : ''}`,
    body:
      `That is less than ${formatCounted(limitDays, 'day')}, by an estimate. ` +
      (runway.isAtMost
        ? (runwayEndInWords(runway, nowMs) ?? '')
        : `${displayName({ id: runway.instanceId, name: runway.name })} would be the first not to be renewed: short by ${formatCents(runway.shortCents)}.`),
    instanceId: null,
    atMs: nowMs,
  };
}

/** Renewals are about to fail. `unpaid` are those that the balance does not pay, the first one first. */
export function unpaidRenewalNotice(
  unpaid: readonly [Renewal, ...Renewal[]],
  { accountId, nowMs }: Pick<NoticeContext, 'accountId' | 'nowMs'>,
): Notice {
  const [first, ...others] = unpaid;
  const last = unpaid.at(-1) ?? first;
  const due = first.atMs <= nowMs ? 'is due now' : `is due in ${formatDuration(first.atMs - nowMs)}`;
  const more = others.length === 0 ? '' : ` So are ${formatWhole(others.length)} more.`;
  const name = displayName({ id: first.instanceId, name: first.name });
  return {
    key: renewalKey(accountId, first),
    kind: 'renewal-unpaid',
    title:
      others.length === 0
        ? `${name} may be suspended`
        : `${formatWhole(unpaid.length)} instances may be suspended`,
    body:
      `The renewal of ${name} ${due}.${more} ` +
      `The wallet is short by ${last.isAtLeast ? 'at least ' : ''}${formatCents(last.shortCents ?? 0)}, by an estimate: top up on the web dashboard.`,
    instanceId: others.length === 0 ? first.instanceId : null,
    atMs: nowMs,
  };
}

/** The same renewal has the same key, also after a restart. */
export function renewalKey(accountId: AccountId, { instanceId, atMs }: Renewal): string {
  return `${accountId}/${instanceId}/renewal-unpaid/${atMs}`;
}

/** How many days a runway has left, with a fraction; below 0 where a renewal is overdue, null where it does not end. */
export function runwayDays(runway: Runway, nowMs: number): number | null {
  return runway.kind === 'ends' ? (runway.atMs - nowMs) / dayMs : null;
}

import type { AccountId } from '../../../preload/contract/brands.ts';
import { formatDayTime } from '../../../preload/contract/format.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import type { StoredAddressRule, StoredAutomaticRule, StoredTimedBlock } from './automatic-rule.ts';

/** How a timed block came to its end. */
export type BlockEnd =
  /** Its rule was removed by the app; the address is protected no longer. */
  | { readonly how: 'removed' | 'no-address' }
  | { readonly how: 'gone' | 'never-shown'; readonly hasAlike: boolean };

/** So late an end is said to be. */
const lateMs = 2 * 60_000;

/** A time with its day: "24 May, 13:20". */
export const untilWords = (atMs: number): string => formatDayTime(atMs, atMs);

/** When a block was to end and when it did, as a sentence. */
export function lateWords(endsAtMs: number, nowMs: number): string {
  return nowMs - endsAtMs < lateMs
    ? 'Its rule was removed at its end.'
    : `Its end was ${untilWords(endsAtMs)}; the app could remove its rule only now.`;
}

/** A timed block has come to its end. */
export function blockEndedNotice(
  accountId: AccountId,
  block: StoredTimedBlock,
  end: BlockEnd,
  nowMs: number,
): Notice {
  const { address, own, endsAtMs } = block;
  return {
    key: keyOf(accountId, block, `ended/${endsAtMs}`),
    kind: 'automatic-rule',
    title: `The block of ${own.cidr} on ${address} has ended`,
    body: endWords(end, endsAtMs, nowMs),
    instanceId: null,
    atMs: nowMs,
  };
}

function endWords(end: BlockEnd, endsAtMs: number, nowMs: number): string {
  switch (end.how) {
    case 'removed':
      return lateWords(endsAtMs, nowMs);
    case 'no-address':
      return 'Shield does not have this address any more.';
    case 'gone':
      return `Its rule had been removed before. Nothing else was deleted.${alikeWords(end.hasAlike)}`;
    case 'never-shown':
      return `Its rule was never shown, so there was nothing to remove.${alikeWords(end.hasAlike)}`;
  }
}

const alikeWords = (hasAlike: boolean): string =>
  hasAlike ? ' Another rule, which is not from this block, goes on to block the same source.' : '';

/** The end of a timed block has come, and the app could not end it. */
export function blockNotEndedNotice(
  accountId: AccountId,
  block: StoredTimedBlock,
  problem: string,
  nowMs: number,
): Notice {
  const { address, own, endsAtMs } = block;
  return {
    key: keyOf(accountId, block, `not-ended/${endsAtMs}`),
    kind: 'automatic-rule-failed',
    title: `The block of ${own.cidr} on ${address} was not ended`,
    body: `${problem} End it in Shield.`,
    instanceId: null,
    atMs: nowMs,
  };
}

/** An address rule lets in from another address now. */
export function movedNotice(
  accountId: AccountId,
  rule: StoredAddressRule,
  former: readonly string[],
  nowMs: number,
): Notice {
  const { address, port, target } = rule;
  const before = former.length === 0 ? '' : ` The rule for ${former.join(', ')} was removed.`;
  return {
    key: keyOf(accountId, rule, `moved/${target}/${nowMs}`),
    kind: 'automatic-rule',
    title: `Port ${port} of ${address} follows your address`,
    body: `It lets in ${target} now.${before}`,
    instanceId: null,
    atMs: nowMs,
  };
}

/** An address rule could not be moved, or not as a whole. */
export function notMovedNotice(
  accountId: AccountId,
  rule: StoredAddressRule,
  problem: string,
  nowMs: number,
): Notice {
  const { address, port, target } = rule;
  return {
    key: keyOf(accountId, rule, `not-moved/${target}/${nowMs}`),
    kind: 'automatic-rule-failed',
    title: `The rule for your address, port ${port} of ${address}, needs you`,
    body: `Your address is ${target}. ${problem} Look at it in Shield.`,
    instanceId: null,
    atMs: nowMs,
  };
}

const keyOf = (accountId: AccountId, { id }: StoredAutomaticRule, what: string): string =>
  `${accountId}/automatic-rule/${id}/${what}`;

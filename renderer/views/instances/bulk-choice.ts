import type { Instance, PowerAction } from '../../../preload/contract/instance.ts';
import type { BulkOutcome } from '../../../preload/contract/lifecycle.ts';
import { errorSentence } from '../../../preload/contract/errors-words.ts';
import { formatDuration } from '../../../preload/contract/format.ts';
import { assertNever } from '../../../preload/contract/result.ts';

/** The instances that a power action can be asked of, and those that are left out, with the reason. */
export interface BulkChoice {
  readonly allowed: readonly Instance[];
  readonly leftOut: readonly { readonly instance: Instance; readonly reason: string }[];
}

/** Parts instances by whether an action makes sense for each now. */
export function bulkChoice(instances: readonly Instance[], action: PowerAction): BulkChoice {
  const allowed: Instance[] = [];
  const leftOut: { readonly instance: Instance; readonly reason: string }[] = [];
  for (const instance of instances) {
    const choice = instance.power[action];
    if (choice.allowed) allowed.push(instance);
    else leftOut.push({ instance, reason: choice.reason });
  }
  return { allowed, leftOut };
}

/** Requests of a batch leave this far apart. */
const apartMs = 2_000;
/** From so many instances on, a click alone is too little: their number is typed. */
const typedFrom = 25;

/** How long it takes to send a batch, as a sentence; empty where there is nothing to wait for. */
export function batchTimeInWords(count: number): string {
  if (count < 2) return '';
  return `One instance every 2 seconds, so this takes about ${formatDuration((count - 1) * apartMs)}.`;
}

/** What has to be typed before an action is sent to so many instances; null where a click is enough. */
export function typedCount(count: number): string | null {
  return count < typedFrom ? null : String(count);
}

/** What came of one instance of a batch. */
export function outcomeInWords(outcome: BulkOutcome): string {
  switch (outcome.kind) {
    case 'waiting':
      return 'waiting';
    case 'sending':
      return 'sending';
    case 'sent':
      return 'sent';
    case 'cancelled':
      return 'canceled';
    case 'unknown':
      return 'unknown: the answer was lost. Check its state';
    case 'refused':
      return `failed: ${errorSentence(outcome.error).what}`;
    default:
      return assertNever(outcome);
  }
}

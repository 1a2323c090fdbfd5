import type { PendingAction, PendingActionKind } from '../../../preload/contract/lifecycle.ts';
import { errorText } from '../../../preload/contract/errors-words.ts';
import { formatCents } from '../../../preload/contract/format.ts';
import { assertNever } from '../../../preload/contract/result.ts';

/** A pending action as a strip across the window: how it stands, and what follows or what to do. */
export interface PendingActionWords {
  readonly tone: 'neutral' | 'busy' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
}

const nouns: Readonly<Record<PendingActionKind, string>> = {
  'delete-now': 'deletion',
  'delete-at-end': 'scheduled deletion',
  reinstall: 'reinstall',
};

/** Says how a pending action stands: what is going to happen, what happened, or that nothing did. */
export function pendingActionWords({
  name,
  action,
  state,
}: Pick<PendingAction, 'name' | 'action' | 'state'>): PendingActionWords {
  const noun = nouns[action];
  switch (state.phase) {
    case 'pending':
      return { tone: 'warn', title: goingTo(name, action), text: 'Nothing has been sent yet.' };
    case 'sending':
      return {
        tone: 'busy',
        title: `The ${noun} of ${name} is being sent.`,
        text: 'It can no longer be undone.',
      };
    case 'sent':
      return { tone: 'neutral', title: done(name, action), text: next(action, state.refundCents) };
    case 'lost':
      return {
        tone: 'bad',
        title: `It is not known whether the ${noun} of ${name} took effect.`,
        text: 'The answer was lost. Check the list before you try again.',
      };
    case 'refused':
      return {
        tone: 'bad',
        title: `The ${noun} of ${name} failed.`,
        text: errorText(state.error),
      };
    case 'abandoned':
      return {
        tone: 'warn',
        title: `The ${noun} of ${name} was not sent.`,
        text: 'The app quit before it was sent. Request it again if you still want it.',
      };
    default:
      return assertNever(state);
  }
}

function goingTo(name: string, action: PendingActionKind): string {
  switch (action) {
    case 'delete-now':
      return `${name} is going to be deleted.`;
    case 'delete-at-end':
      return `${name} is going to be deleted at the end of its billing cycle.`;
    case 'reinstall':
      return `${name} is going to be reinstalled.`;
  }
}

function done(name: string, action: PendingActionKind): string {
  switch (action) {
    case 'delete-now':
      return `Evorxa is deleting ${name}.`;
    case 'delete-at-end':
      return `${name} will be deleted at the end of its billing cycle.`;
    case 'reinstall':
      return `Evorxa is reinstalling ${name}.`;
  }
}

function next(action: PendingActionKind, refundCents: number | null): string {
  switch (action) {
    case 'delete-now':
      return refundCents === null
        ? 'Evorxa reported no refund: see the ledger.'
        : `${formatCents(refundCents)} is refunded to the wallet.`;
    case 'delete-at-end':
      return 'Until then you can cancel it under Plan & system.';
    case 'reinstall':
      return 'This takes a few minutes. The next connection asks about its new host key.';
  }
}

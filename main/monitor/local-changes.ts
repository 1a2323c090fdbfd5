import type { InstanceRecord } from '../api/index.ts';
import type { ObservedState } from '../domain/index.ts';

/**
 * What was done here to an instance and the API may never say: it names no field for either. Each stands until
 * the API says otherwise, or the user does.
 */
export interface LocalChanges {
  /** It is deleted at the end of its cycle. */
  readonly deletion: {
    /** The end of the cycle when it was asked for (epoch). */
    readonly atMs: number | null;
    /** The API has shown it: from then on it is the API's to take back. */
    readonly isShown: boolean;
  } | null;
  /** A change of plan waits for a reboot. */
  readonly reboot: { readonly isShown: boolean; readonly seenAway: boolean } | null;
}

/** Something that was done, or undone, here. */
export type LocalChange = 'deletion-scheduled' | 'deletion-canceled' | 'reboot-due' | 'rebooted';

const none: LocalChanges = { deletion: null, reboot: null };

/** The local changes after something was done; null where none is left. */
export function withLocalChange(
  localChanges: LocalChanges | undefined,
  change: LocalChange,
  record: Pick<InstanceRecord, 'billedTillMs'>,
): LocalChanges | null {
  const before = localChanges ?? none;
  switch (change) {
    case 'deletion-scheduled':
      return { ...before, deletion: { atMs: record.billedTillMs, isShown: false } };
    case 'deletion-canceled':
      return orNull({ ...before, deletion: null });
    case 'reboot-due':
      return { ...before, reboot: { isShown: false, seenAway: false } };
    case 'rebooted':
      return orNull({ ...before, reboot: null });
  }
}

/** What is left of localChanges after the API said `record`, whose state is `observed` without them; null: nothing. */
export function reconcile(
  localChanges: LocalChanges,
  record: InstanceRecord,
  observed: ObservedState,
): LocalChanges | null {
  const deletion = localChanges.deletion && deletionAfter(localChanges.deletion, record, observed);
  const reboot = localChanges.reboot && rebootAfter(localChanges.reboot, record, observed);
  if (deletion === localChanges.deletion && reboot === localChanges.reboot) return localChanges;
  return orNull({ deletion, reboot });
}

function deletionAfter(
  note: NonNullable<LocalChanges['deletion']>,
  { billedTillMs }: InstanceRecord,
  observed: ObservedState,
): LocalChanges['deletion'] {
  if (observed.kind === 'deletion') return note.isShown ? note : { ...note, isShown: true };
  // It was cancelled elsewhere, or paid again: then it was not going to be deleted.
  const isRenewed = note.atMs !== null && billedTillMs !== null && billedTillMs > note.atMs;
  return note.isShown || isRenewed ? null : note;
}

function rebootAfter(
  note: NonNullable<LocalChanges['reboot']>,
  { isRebootPending }: InstanceRecord,
  { kind }: ObservedState,
): LocalChanges['reboot'] {
  if (isRebootPending) return note.isShown ? note : { ...note, isShown: true };
  if (note.isShown || (note.seenAway && kind === 'running')) return null;
  const isAway = kind === 'stopped' || kind === 'transition';
  return isAway && !note.seenAway ? { ...note, seenAway: true } : note;
}

function orNull(localChanges: LocalChanges): LocalChanges | null {
  return localChanges.deletion === null && localChanges.reboot === null ? null : localChanges;
}

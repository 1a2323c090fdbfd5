import type { InstanceRecord } from '../api/index.ts';
import type { ObservedState } from '../insight/index.ts';

/**
 * What was done here to an instance and the API may never say: it names no field for either. Each stands until
 * the API says otherwise, or a person does.
 */
export interface ActionNotes {
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
export type NoteChange = 'deletion-scheduled' | 'deletion-cancelled' | 'reboot-due' | 'rebooted';

const none: ActionNotes = { deletion: null, reboot: null };

/** The notes after something was done; null where none is left. */
export function withNote(
  notes: ActionNotes | undefined,
  change: NoteChange,
  record: Pick<InstanceRecord, 'billedTillMs'>,
): ActionNotes | null {
  const before = notes ?? none;
  switch (change) {
    case 'deletion-scheduled':
      return { ...before, deletion: { atMs: record.billedTillMs, isShown: false } };
    case 'deletion-cancelled':
      return orNull({ ...before, deletion: null });
    case 'reboot-due':
      return { ...before, reboot: { isShown: false, seenAway: false } };
    case 'rebooted':
      return orNull({ ...before, reboot: null });
  }
}

/** What is left of notes after the API said `record`, whose state is `observed` without them; null: nothing. */
export function reconcile(
  notes: ActionNotes,
  record: InstanceRecord,
  observed: ObservedState,
): ActionNotes | null {
  const deletion = notes.deletion && deletionAfter(notes.deletion, record, observed);
  const reboot = notes.reboot && rebootAfter(notes.reboot, record, observed);
  if (deletion === notes.deletion && reboot === notes.reboot) return notes;
  return orNull({ deletion, reboot });
}

function deletionAfter(
  note: NonNullable<ActionNotes['deletion']>,
  { billedTillMs }: InstanceRecord,
  observed: ObservedState,
): ActionNotes['deletion'] {
  if (observed.kind === 'deletion') return note.isShown ? note : { ...note, isShown: true };
  // It was cancelled elsewhere, or paid anew: then it was not going to be deleted.
  const isRenewed = note.atMs !== null && billedTillMs !== null && billedTillMs > note.atMs;
  return note.isShown || isRenewed ? null : note;
}

function rebootAfter(
  note: NonNullable<ActionNotes['reboot']>,
  { isRebootPending }: InstanceRecord,
  { kind }: ObservedState,
): ActionNotes['reboot'] {
  if (isRebootPending) return note.isShown ? note : { ...note, isShown: true };
  if (note.isShown || (note.seenAway && kind === 'running')) return null;
  const isAway = kind === 'stopped' || kind === 'transition';
  return isAway && !note.seenAway ? { ...note, seenAway: true } : note;
}

function orNull(notes: ActionNotes): ActionNotes | null {
  return notes.deletion === null && notes.reboot === null ? null : notes;
}

import type { PowerState, StateKind, StateSubkind } from '../../preload/contract/instance.ts';
import { formatDayOfYear } from '../../preload/contract/format.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import { deletionScheduled, statusOf, type Status } from './status-words.ts';

/** All that the API says of an instance's state. */
export interface RawState {
  readonly status: string;
  /** VirtFusion's build state, where the instance was asked for by itself. */
  readonly vfState?: string | null;
  /** The hypervisor's live word; null or left out where it is unknown or old. */
  readonly remoteState?: string | null;
  /** The API says that it is going to be deleted, whatever its status. */
  readonly isDeletionPending?: boolean;
  /** When a scheduled deletion happens; the end of the paid cycle where the API has no date for it. */
  readonly deletionAtMs?: number | null;
}

/** An instance's state as the API has it, before the app's own expectation is laid over it. */
export interface ObservedState {
  readonly kind: StateKind;
  readonly subkind?: StateSubkind;
  readonly word: string;
  readonly about: Status['about'];
  readonly detail: string | null;
  /** Whether it runs, where it does so until its scheduled deletion. */
  readonly power?: PowerState;
}

/** A day in words, in UTC, as billing counts it. */
export function dayInWords(atMs: number): string {
  return formatDayOfYear(atMs, 'UTC');
}

/**
 * Joins the three words that the API has for one state, which can disagree: billing and build states win,
 * then a transition, otherwise the fresh live state, otherwise the status. An unknown word is kept as it
 * came, cut to a line.
 */
export function observedState(raw: RawState): ObservedState {
  const status = statusOf(raw.status);
  const build = raw.vfState ? statusOf(raw.vfState) : null;
  const live = raw.remoteState ? statusOf(raw.remoteState) : null;

  if (outranks(status)) return named(status, raw);
  if (raw.isDeletionPending) return named(deletionScheduled, raw);
  if (outranks(build)) return named(build, raw);
  // While it restarts, the hypervisor may well say "running": the status knows what is under way.
  if (status?.kind === 'transition') return named(status, raw);
  if (live?.about === 'power') return named(live, raw);
  if (status?.about === 'power') return named(status, raw);
  return { kind: 'unknown', word: displayText(raw.status, 24) || 'Unknown', about: 'none', detail: null };
}

/** A status that the hypervisor cannot overrule. */
type Ruling = Status & { readonly about: 'build' | 'billing' };

function outranks(status: Status | null): status is Ruling {
  return status?.about === 'billing' || status?.about === 'build';
}

/** What is said of the power of an instance whose deletion is scheduled: it runs until then. */
function powerBeside({ status, remoteState }: RawState): { readonly power?: PowerState } {
  const live = remoteState ? statusOf(remoteState) : null;
  const said = [live, statusOf(status)].find((each) => each?.about === 'power');
  return said ? { power: { kind: said.kind, word: said.word } } : {};
}

function named(status: Status, raw: RawState): ObservedState {
  const { kind, subkind, word, about } = status;
  const isScheduled = subkind === 'scheduled';
  const endsAtMs = isScheduled ? (raw.deletionAtMs ?? null) : null;
  return {
    kind,
    ...(subkind === undefined ? {} : { subkind }),
    word,
    about,
    detail: endsAtMs === null ? null : `Will be deleted on ${dayInWords(endsAtMs)}.`,
    ...(isScheduled ? powerBeside(raw) : {}),
  };
}

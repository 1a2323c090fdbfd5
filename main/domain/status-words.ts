import { saysDeletionToCome } from '../api/index.ts';
import type { StateKind, StateSubkind } from '../../preload/contract/instance.ts';

/** What a raw status says, and whether it outranks what the hypervisor sees. */
export interface Status {
  readonly kind: StateKind;
  readonly subkind?: StateSubkind;
  readonly word: string;
  /**
   * `power`: whether it runs, which the hypervisor knows better. `build` and `billing`: what Evorxa does
   * with it, which the hypervisor cannot know. `none`: says nothing of how it is now.
   */
  readonly about: 'power' | 'build' | 'billing' | 'none';
}

const running: Status = { kind: 'running', word: 'Running', about: 'power' };
const stopped: Status = { kind: 'stopped', word: 'Stopped', about: 'power' };
const starting: Status = { kind: 'transition', word: 'Starting', about: 'power' };
const stopping: Status = { kind: 'transition', word: 'Stopping', about: 'power' };
const restarting: Status = { kind: 'transition', word: 'Restarting', about: 'power' };
const provisioning: Status = { kind: 'transition', word: 'Provisioning', about: 'build' };
const reinstalling: Status = { kind: 'transition', word: 'Reinstalling', about: 'build' };
const upgrading: Status = { kind: 'transition', word: 'Upgrading', about: 'build' };
const failed: Status = { kind: 'failed', word: 'Failed', about: 'build' };
const buildFailed: Status = { kind: 'failed', word: 'Build failed', about: 'build' };
const suspended: Status = { kind: 'suspended', word: 'Suspended', about: 'billing' };
/** It runs until the end of its cycle, and is deleted then. */
export const deletionScheduled: Status = {
  kind: 'deletion',
  subkind: 'scheduled',
  word: 'Deletion scheduled',
  about: 'billing',
};
const deleting: Status = { kind: 'deletion', word: 'Deleting', about: 'billing' };
const deleted: Status = { kind: 'deletion', word: 'Deleted', about: 'billing' };

/**
 * Raw words by what they mean. The reference names `provisioning`, `running` and `complete` only; the others are what
 * VirtFusion and libvirt call the same things. `complete` is not here: that it was built says nothing of how it is now. A
 * word that is not here is shown as it is.
 */
const words: Readonly<Record<string, Status>> = {
  running,
  active: running,
  online: running,
  started: running,
  on: running,
  stopped,
  off: stopped,
  offline: stopped,
  shutoff: stopped,
  shut_off: stopped,
  shutdown: stopped,
  poweroff: stopped,
  powered_off: stopped,
  halted: stopped,
  inactive: stopped,
  paused: { ...stopped, word: 'Paused' },
  starting,
  booting: starting,
  boot: starting,
  powering_on: starting,
  stopping,
  shutting_down: stopping,
  powering_off: stopping,
  restarting,
  rebooting: restarting,
  provisioning,
  pending: provisioning,
  queued: provisioning,
  creating: provisioning,
  building: provisioning,
  deploying: provisioning,
  installing: { ...provisioning, subkind: 'installing', word: 'Installing' },
  reinstalling,
  rebuilding: reinstalling,
  upgrading,
  resizing: upgrading,
  failed,
  error: failed,
  crashed: { ...failed, subkind: 'crashed', word: 'Crashed', about: 'power' },
  build_failed: buildFailed,
  provisioning_failed: buildFailed,
  install_failed: buildFailed,
  suspended,
  pending_deletion: deletionScheduled,
  scheduled_deletion: deletionScheduled,
  deletion_scheduled: deletionScheduled,
  pending_cancellation: deletionScheduled,
  cancelled: deletionScheduled,
  canceled: deletionScheduled,
  end_of_cycle: deletionScheduled,
  deleting,
  terminating: deleting,
  destroying: deleting,
  deleted,
  terminated: deleted,
};

const known: ReadonlyMap<string, Status> = new Map(Object.entries(words));

/** What a raw status word means; null where the app does not know the word. */
export function statusOf(raw: string): Status | null {
  // Mostly it is spelled as here: the rest is for what is not, since a list asks this 10,000 times.
  return known.get(raw) ?? known.get(plainly(raw)) ?? (saysDeletionToCome(raw) ? deletionScheduled : null);
}

function plainly(raw: string): string {
  return raw
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/gu, '_');
}

import { setImmediate as nextTask } from 'node:timers/promises';
import type { SnapshotPush, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import { inBackground } from '../tasks/index.ts';

/** Copied for the window in one or two milliseconds. */
const instancesAPart = 500;

export interface SnapshotSenderOptions {
  readonly push: (push: SnapshotPush) => void;
  readonly onBug: (cause: unknown) => void;
  /** Lets others have their turn between two parts. */
  readonly giveWay?: () => Promise<unknown>;
}

/**
 * Sends the window what changed, in its order. An update with many instances goes in parts, between which others have their
 * turn, and the window applies it as one.
 */
export class SnapshotSender {
  readonly #options: SnapshotSenderOptions;
  /** Another one once what waits is no longer wanted. */
  #waiting: SnapshotUpdate[] = [];
  #isSending = false;

  constructor(options: SnapshotSenderOptions) {
    this.#options = options;
  }

  /** Sends an update behind those that are on their way: at once where there are none. */
  send(update: SnapshotUpdate): void {
    this.#waiting.push(update);
    if (!this.#isSending) inBackground(() => this.#sendWaiting(), this.#options.onBug);
  }

  /** Sends at once what stands for all that is on its way: another account is shown, or none. */
  replace(update: SnapshotUpdate): void {
    this.#waiting = [];
    this.#isSending = false;
    this.#options.push(update);
  }

  async #sendWaiting(): Promise<void> {
    const { push, giveWay = nextTask } = this.#options;
    const waiting = this.#waiting;
    this.#isSending = true;
    try {
      for (let update = waiting.shift(); update !== undefined; update = waiting.shift()) {
        const { parts, last } = inParts(update);
        for (const instances of parts) {
          // Before the first one too: who made the update has had a good part of a turn.
          await giveWay();
          if (waiting !== this.#waiting) return;
          push({ kind: 'part', instances });
        }
        if (parts.length > 0) await giveWay();
        if (waiting !== this.#waiting) return;
        push(last);
      }
    } finally {
      if (waiting === this.#waiting) this.#isSending = false;
    }
  }
}

/** What goes before the last of an update, and this last one. */
function inParts(update: SnapshotUpdate): {
  readonly parts: readonly (readonly Instance[])[];
  readonly last: SnapshotPush;
} {
  if (update.kind === 'none') return { parts: [], last: update };
  const all = update.kind === 'patch' ? update.changed : update.snapshot.instances;
  const ahead = Math.floor(Math.max(0, all.length - 1) / instancesAPart) * instancesAPart;
  if (ahead === 0) return { parts: [], last: update };
  const parts: (readonly Instance[])[] = [];
  for (let from = 0; from < ahead; from += instancesAPart) parts.push(all.slice(from, from + instancesAPart));
  const rest = all.slice(ahead);
  const last: SnapshotPush =
    update.kind === 'patch'
      ? { ...update, changed: rest, ahead }
      : { ...update, snapshot: { ...update.snapshot, instances: rest }, ahead };
  return { parts, last };
}

import type { InstanceId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Snapshot, SnapshotPush } from '../../preload/contract/snapshot.ts';
import { applyUpdate, wholeUpdate } from '../../preload/contract/apply-update.ts';
import { client } from '../client.ts';

/** The current account's snapshot, as main pushes it. Raw state: 10,000 instances are no place for deep proxies. */
class SnapshotState {
  #current = $state.raw<Snapshot | null>(null);
  /** Of an update that has not come whole yet. */
  #parts: Instance[] = [];
  readonly #byId = $derived(new Map(this.#current?.instances.map((instance) => [instance.id, instance])));

  /** Null until the first answer, and while no account is signed in. */
  get current(): Snapshot | null {
    return this.#current;
  }

  /** The instance with this id as it is now, or null when it is not in the list. */
  instance(id: InstanceId): Instance | null {
    return this.#byId.get(id) ?? null;
  }

  /** The name of the instance with this id as it may be drawn, or null when it is not in the list. */
  nameOf(id: InstanceId): string | null {
    const instance = this.instance(id);
    return instance === null ? null : displayName(instance, 100);
  }

  /** Subscribes for the life of the window, then asks for what is there. Resolves with the answer. */
  follow(): Promise<void> {
    client.snapshot.changed((update) => this.#take(update));
    return this.#ask();
  }

  async #ask(): Promise<void> {
    const answer = await client.snapshot.current(undefined);
    if (answer.ok) this.#take(answer.value);
  }

  #take(push: SnapshotPush): void {
    if (push.kind === 'part') {
      this.#parts.push(...push.instances);
      return;
    }
    const update = wholeUpdate(push, this.#parts);
    this.#parts = [];
    const next = update && applyUpdate(this.#current, update);
    // A patch or a part was missed, for example while the page was loading.
    if (next === null && push.kind !== 'none') void this.#ask();
    else this.#current = next;
  }
}

/** The snapshot that the window draws. */
export const snapshot = new SnapshotState();

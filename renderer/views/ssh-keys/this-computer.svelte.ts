import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { LocalKey } from '../../../preload/contract/keys.ts';
import { client } from '../../client.ts';

/** What this machine knows of keys: those it has, and which of them opened an instance. */
export class ThisComputer {
  #keys = $state.raw<readonly LocalKey[] | null>(null);
  #openedWith = $state.raw<Readonly<Record<InstanceId, string>>>({});

  /** Null until they were looked for, and where that was not possible. */
  get keys(): readonly LocalKey[] | null {
    return this.#keys;
  }

  get openedWith(): Readonly<Record<InstanceId, string>> {
    return this.#openedWith;
  }

  /** Looks again. */
  async look(): Promise<void> {
    const [local, opened] = await Promise.all([
      client.sshKeys.local(undefined),
      client.sshKeys.openedWith(undefined),
    ]);
    if (local.ok) this.#keys = local.value;
    if (opened.ok) this.#openedWith = opened.value;
  }
}

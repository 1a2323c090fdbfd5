import type { InstanceId } from '../../preload/contract/brands.ts';

/** The instance whose connection is looked at in a dialog; null while there is none. */
class ConnectionCheckQuestion {
  #instanceId = $state.raw<InstanceId | null>(null);

  get instanceId(): InstanceId | null {
    return this.#instanceId;
  }

  /** Opens the dialog, which begins to look. */
  open(instanceId: InstanceId): void {
    this.#instanceId = instanceId;
  }

  close(): void {
    this.#instanceId = null;
  }
}

/** The instance whose SSH settings are to be edited on its page; taken once. */
class AskedSettings {
  #instanceId = $state.raw<InstanceId | null>(null);

  ask(instanceId: InstanceId): void {
    this.#instanceId = instanceId;
  }

  /** Whether they were asked for; from then on they are not. */
  take(instanceId: InstanceId): boolean {
    if (this.#instanceId !== instanceId) return false;
    this.#instanceId = null;
    return true;
  }
}

export const askedSettings = new AskedSettings();

/** The check of the window: one at a time. */
export const connectionCheck = new ConnectionCheckQuestion();

import { waitForCondition } from '../condition.ts';
import type { BusConnection } from './connection.ts';

/** Resolves when somebody owns a well-known name, at once when that is so already. */
export async function waitForService(bus: BusConnection, name: string, timeoutMs = 10_000): Promise<void> {
  const listeners = new Set<() => void>();
  const stop = await bus.onNameOwnerChanged(() => {
    for (const listener of listeners) listener();
  });
  try {
    await waitForCondition({
      what: `an owner of ${name}`,
      read: () => bus.isOwned(name),
      accept: (owned) => owned,
      subscribe: (changed) => {
        listeners.add(changed);
        return () => listeners.delete(changed);
      },
      timeoutMs,
    });
  } finally {
    stop();
  }
}

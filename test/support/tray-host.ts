import { Variant } from 'dbus-next';
import { z } from 'zod';
import { waitForCondition, waitForFound } from './condition.ts';
import { BusConnection } from './dbus/connection.ts';
import type { IncomingCall } from './dbus/types.ts';
import { TrayItem } from './tray-item.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const defaultItemPath = '/StatusNotifierItem';
const oneString = z.tuple([z.string()]);

interface Registration {
  readonly owner: string;
  readonly path: string;
}

/** The part of a desktop shell that shows tray icons, without a screen: it reads and clicks them over D-Bus. */
export interface TrayHost {
  /**
   * The item that was registered last and is still there; waits for one. Rejects when the item lacks what a strict
   * shell needs to draw it (see {@link TrayItem.open}).
   */
  readonly item: (timeoutMs?: number) => Promise<TrayItem>;
  /** Resolves when no item is left, as after the app has quit. */
  readonly waitForNoItem: (timeoutMs?: number) => Promise<void>;
  readonly close: () => void;
}

/**
 * Becomes the StatusNotifierWatcher and host of a session bus (default: that of the environment), as strict as
 * GNOME's, which is the strictest in use: an item registers by its path or by a bus name that somebody owns, never
 * by both in one string (https://github.com/electron/electron/issues/53213), and it is then read through its
 * unique name. Rejects when another host is there. Linux only.
 */
export async function startTrayHost(busAddress?: string): Promise<TrayHost> {
  const bus = await BusConnection.open(busAddress);
  try {
    const openItems = new Map<TrayItem, string>();
    // Whoever was given the item of an app that has quit holds it still: it listens no longer.
    const closeItems = (isGone: (owner: string) => boolean): void => {
      for (const [item, owner] of openItems) {
        if (!isGone(owner)) continue;
        item.close();
        openItems.delete(item);
      }
    };
    const registry = new Registry(bus, (gone) => closeItems((owner) => owner === gone));
    await registry.start();
    return {
      item: async (timeoutMs = 10_000) => {
        const { owner, path } = await registry.waitForItem(timeoutMs);
        const item = await TrayItem.open(bus, owner, path);
        openItems.set(item, owner);
        return item;
      },
      waitForNoItem: (timeoutMs = 10_000) => registry.waitForNoItem(timeoutMs),
      close: () => {
        closeItems(() => true);
        bus.close();
      },
    };
  } catch (error) {
    bus.close();
    throw error;
  }
}

/** Which items are there: the watcher's state, and its face on the bus. */
class Registry {
  readonly #bus: BusConnection;
  readonly #onGone: (owner: string) => void;
  readonly #items: Registration[] = [];
  readonly #listeners = new Set<() => void>();

  /** `onGone` is told the owner of items that have gone. */
  constructor(bus: BusConnection, onGone: (owner: string) => void) {
    this.#bus = bus;
    this.#onGone = onGone;
  }

  async start(): Promise<void> {
    this.#bus.serve({
      path: watcherPath,
      interface: watcherName,
      methods: {
        RegisterStatusNotifierItem: async (call) => {
          await this.#register(call);
          return undefined;
        },
        // This process is the host as well; others may join, and nothing changes for the items.
        RegisterStatusNotifierHost: () => undefined,
      },
      properties: {
        RegisteredStatusNotifierItems: () => new Variant('as', this.#items.map(itemId)),
        IsStatusNotifierHostRegistered: () => new Variant('b', true),
        ProtocolVersion: () => new Variant('i', 0),
      },
    });
    await this.#bus.onNameOwnerChanged((name, owner) => {
      if (owner === '') this.#forget(name);
    });
    await this.#bus.ownName(watcherName);
    this.#bus.emit(watcherPath, watcherName, 'StatusNotifierHostRegistered');
  }

  waitForItem(timeoutMs: number): Promise<Registration> {
    return waitForFound({
      what: 'a tray item',
      read: () => this.#items.at(-1),
      subscribe: this.#subscribe,
      timeoutMs,
    });
  }

  async waitForNoItem(timeoutMs: number): Promise<void> {
    await waitForCondition({
      what: 'the tray to be empty',
      read: () => this.#items.map(itemId),
      accept: (items) => items.length === 0,
      subscribe: this.#subscribe,
      timeoutMs,
    });
  }

  readonly #subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  async #register({ sender, args }: IncomingCall): Promise<void> {
    const [service] = oneString.parse(args);
    const item: Registration = service.startsWith('/')
      ? { owner: sender, path: service }
      : { owner: await this.#bus.ownerOf(service), path: defaultItemPath };
    if (this.#items.some((known) => itemId(known) === itemId(item))) return;
    this.#items.push(item);
    this.#announce('StatusNotifierItemRegistered', item);
  }

  #forget(owner: string): void {
    this.#onGone(owner);
    for (const item of this.#items.filter((known) => known.owner === owner)) {
      this.#items.splice(this.#items.indexOf(item), 1);
      this.#announce('StatusNotifierItemUnregistered', item);
    }
  }

  #announce(signal: string, item: Registration): void {
    this.#bus.emit(watcherPath, watcherName, signal, { signature: 's', body: [itemId(item)] });
    for (const listener of this.#listeners) listener();
  }
}

/** As GNOME's watcher names an item to others. */
function itemId({ owner, path }: Registration): string {
  return `${owner}@${path}`;
}

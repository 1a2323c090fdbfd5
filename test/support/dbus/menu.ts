import { Variant } from 'dbus-next';
import { z } from 'zod';
import { waitForCondition } from '../condition.ts';
import type { BusConnection } from './connection.ts';
import type { RemoteObject } from './types.ts';

const menuInterface = 'com.canonical.dbusmenu';
const rootId = 0;
const wholeDepth = -1;

/** One line of a menu. */
export interface MenuItem {
  readonly id: number;
  /** As a person reads it, without the mark of its access key. */
  readonly label: string;
  readonly type: 'standard' | 'separator';
  readonly enabled: boolean;
  /** Only for those that can be ticked. */
  readonly checked?: boolean;
  readonly children: readonly MenuItem[];
}

/**
 * Properties have defaults and are absent when they have them.
 * Source: https://github.com/AyatanaIndicators/libdbusmenu, `libdbusmenu-glib/dbus-menu.xml`.
 */
const itemProperties = z.object({
  type: z.enum(['standard', 'separator']).default('standard'),
  label: z.string().default(''),
  enabled: z.boolean().default(true),
  visible: z.boolean().default(true),
  'toggle-type': z.enum(['', 'checkmark', 'radio']).default(''),
  'toggle-state': z.number().default(-1),
});

const layoutNode = z.tuple([z.number().int(), itemProperties, z.array(z.unknown())]);
const layoutReply = z.tuple([z.number().int(), layoutNode]);

/** The app does not know an item that was in its menu a moment ago. */
class StaleMenuError extends Error {
  override readonly name = 'StaleMenuError';
}

/** Reads and clicks a menu that an app shows over the bus. */
export class MenuClient {
  readonly #bus: BusConnection;
  readonly #menu: RemoteObject;
  readonly #listeners = new Set<() => void>();
  #unsubscribe: () => void = () => undefined;

  private constructor(bus: BusConnection, menu: RemoteObject) {
    this.#bus = bus;
    this.#menu = menu;
  }

  /** Follows the menu at `path` of the unique name `owner`. */
  static async open(bus: BusConnection, owner: string, path: string): Promise<MenuClient> {
    const client = new MenuClient(bus, { destination: owner, path, interface: menuInterface });
    client.#unsubscribe = await bus.onSignal(
      { sender: owner, path, interface: menuInterface },
      ({ member }) => {
        if (member !== 'LayoutUpdated' && member !== 'ItemsPropertiesUpdated') return;
        for (const listener of client.#listeners) listener();
      },
    );
    return client;
  }

  /** The whole visible menu as it would open now. */
  async read(): Promise<readonly MenuItem[]> {
    await this.#aboutToShow(rootId);
    const reply = await this.#bus.call(this.#menu, 'GetLayout', {
      signature: 'iias',
      body: [rootId, wholeDepth, []],
    });
    const [, [, , children]] = layoutReply.parse(reply);
    return visibleItems(children);
  }

  /** Opens submenus along the labels and clicks the last. Rejects when one is absent or greyed out. */
  async click(path: readonly string[]): Promise<void> {
    try {
      await this.#clickOnce(path);
    } catch (error) {
      if (!(error instanceof StaleMenuError)) throw error;
      // The app put a new menu in place between reading and clicking: as a person would, click in the new one.
      await this.#clickOnce(path);
    }
  }

  async #clickOnce(path: readonly string[]): Promise<void> {
    let items = await this.read();
    for (const [depth, label] of path.entries()) {
      const item = items.find((candidate) => candidate.label === label);
      if (item === undefined) {
        const there = items.map((candidate) => candidate.label || '—').join(', ');
        throw new Error(`The menu has no "${path.slice(0, depth + 1).join(' › ')}"; it has: ${there}`);
      }
      if (!item.enabled) throw new Error(`"${label}" is greyed out.`);
      if (depth === path.length - 1) return this.#event(item.id, 'clicked');
      const changed = await this.#aboutToShow(item.id);
      await this.#event(item.id, 'opened');
      items = changed ? childrenOf(await this.read(), item.id) : item.children;
    }
    throw new Error('An empty path names no menu item.');
  }

  /** The first menu that the predicate accepts, read again after each change. */
  waitFor(accept: (menu: readonly MenuItem[]) => boolean, timeoutMs: number): Promise<readonly MenuItem[]> {
    const subscribe = (changed: () => void): (() => void) => {
      this.#listeners.add(changed);
      return () => this.#listeners.delete(changed);
    };
    return waitForCondition({ what: 'a menu', read: () => this.read(), accept, subscribe, timeoutMs });
  }

  /** Stops listening. */
  close(): void {
    this.#unsubscribe();
  }

  /** Tells whether the app changed the menu because it is about to be shown. */
  async #aboutToShow(id: number): Promise<boolean> {
    try {
      const [needsUpdate] = await this.#bus.call(this.#menu, 'AboutToShow', { signature: 'i', body: [id] });
      return z.boolean().parse(needsUpdate);
    } catch {
      // Chromium answers with an error when it has nothing to update. AppTerminals pass over it, and so must this.
      return false;
    }
  }

  async #event(id: number, event: 'clicked' | 'opened'): Promise<void> {
    const timestampS = Math.floor(Date.now() / 1000);
    const body = [id, event, new Variant('i', 0), timestampS];
    try {
      await this.#bus.call(this.#menu, 'Event', { signature: 'isvu', body });
    } catch (error) {
      // An app that ends at this click may be gone before it answers.
      if (event === 'clicked' && !(await this.#bus.isOwned(this.#menu.destination))) return;
      throw new StaleMenuError(`The app took no "${event}" for menu item ${id}.`, { cause: error });
    }
  }
}

function visibleItems(nodes: readonly unknown[]): readonly MenuItem[] {
  return nodes.flatMap((node) => {
    const [id, properties, children] = layoutNode.parse(node);
    if (!properties.visible) return [];
    const item: MenuItem = {
      id,
      label: withoutAccessKey(properties.label),
      type: properties.type,
      enabled: properties.enabled,
      ...(properties['toggle-type'] === '' ? {} : { checked: properties['toggle-state'] === 1 }),
      children: visibleItems(children),
    };
    return [item];
  });
}

function childrenOf(items: readonly MenuItem[], id: number): readonly MenuItem[] {
  for (const item of items) {
    if (item.id === id) return item.children;
    const found = childrenOf(item.children, id);
    if (found.length > 0) return found;
  }
  return [];
}

/** A single underscore annotations the access key, a double one is an underscore. */
function withoutAccessKey(label: string): string {
  return label.replaceAll(/_(_?)/g, '$1');
}

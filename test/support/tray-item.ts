import { z } from 'zod';
import { waitForCondition } from './condition.ts';
import type { BusConnection } from './dbus/connection.ts';
import type { RemoteObject } from './dbus/types.ts';
import { MenuClient } from './dbus/menu.ts';
import type { MenuItem } from './dbus/menu.ts';

const itemInterface = 'org.kde.StatusNotifierItem';

/** One size of the icon, as it is sent over the bus but with the usual order of channels. */
export interface IconPixmap {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, alpha; row by row from the top. */
  readonly rgba: Buffer;
}

const pixmap = z
  .tuple([z.number().int().positive(), z.number().int().positive(), z.instanceof(Buffer)])
  .refine(([width, height, argb]) => argb.length === width * height * 4, 'not four bytes a pixel');

/**
 * What a shell must know to draw an item; the rest has defaults.
 * Source: https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierItem/
 */
const itemProperties = z
  .object({
    Category: z.enum(['ApplicationStatus', 'Communications', 'SystemServices', 'Hardware']),
    Id: z.string().min(1),
    Title: z.string().default(''),
    Status: z.enum(['Passive', 'Active', 'NeedsAttention']),
    IconName: z.string().default(''),
    IconPixmap: z.array(pixmap).default([]),
    ToolTip: z.tuple([z.string(), z.array(pixmap), z.string(), z.string()]).default(['', [], '', '']),
    Menu: z.string().startsWith('/'),
  })
  .refine((item) => item.IconName !== '' || item.IconPixmap.length > 0, {
    path: ['IconPixmap'],
    error: 'neither IconName nor IconPixmap is given',
  });
type ItemProperties = z.infer<typeof itemProperties>;

/** An app's icon in the tray, as a desktop shell knows it. What it tells is read again at each call. */
export class TrayItem {
  readonly #bus: BusConnection;
  readonly #item: RemoteObject;
  readonly #menu: MenuClient;
  readonly #listeners = new Set<() => void>();
  #unsubscribe: () => void = () => undefined;

  private constructor(bus: BusConnection, item: RemoteObject, menu: MenuClient) {
    this.#bus = bus;
    this.#item = item;
    this.#menu = menu;
  }

  /**
   * Reads and checks the item at `path` of the unique name `owner`. Rejects, with all that is wrong, when a property
   * that a shell needs is absent or out of its range.
   */
  static async open(bus: BusConnection, owner: string, path: string): Promise<TrayItem> {
    const remote: RemoteObject = { destination: owner, path, interface: itemInterface };
    const { Menu } = await readItem(bus, remote);
    const item = new TrayItem(bus, remote, await MenuClient.open(bus, owner, Menu));
    const changes = await bus.onSignal({ sender: owner, path, interface: itemInterface }, () => {
      for (const listener of item.#listeners) listener();
    });
    item.#unsubscribe = changes;
    return item;
  }

  /** The text shown under the pointer; lines joined by `\n`. */
  async tooltip(): Promise<string> {
    const [, , title, text] = (await this.#read()).ToolTip;
    return [title, text].filter((line) => line !== '').join('\n');
  }

  /** The item's name. */
  async title(): Promise<string> {
    return (await this.#read()).Title;
  }

  /** Whether the item wants to be seen. */
  async status(): Promise<ItemProperties['Status']> {
    return (await this.#read()).Status;
  }

  /** The icon in each size that the app offers. */
  async iconPixmaps(): Promise<readonly IconPixmap[]> {
    return (await this.#read()).IconPixmap.map(([width, height, argb]) => ({
      width,
      height,
      rgba: toRgba(argb),
    }));
  }

  /** The whole menu. Items that are not visible are left out, as a shell leaves them out. */
  menu(): Promise<readonly MenuItem[]> {
    return this.#menu.read();
  }

  /** Opens the menu and clicks the item with these labels, outermost first. Rejects when it is absent or greyed out. */
  click(path: readonly string[]): Promise<void> {
    return this.#menu.click(path);
  }

  /** What a plain click on the icon does. */
  async activate(): Promise<void> {
    await this.#bus.call(this.#item, 'Activate', { signature: 'ii', body: [0, 0] });
  }

  /** The first menu that the predicate accepts. */
  waitForMenu(
    accept: (menu: readonly MenuItem[]) => boolean,
    timeoutMs = 10_000,
  ): Promise<readonly MenuItem[]> {
    return this.#menu.waitFor(accept, timeoutMs);
  }

  /** The first tooltip that the predicate accepts. */
  waitForTooltip(accept: (tooltip: string) => boolean, timeoutMs = 10_000): Promise<string> {
    return this.#waitFor('a tooltip', () => this.tooltip(), accept, timeoutMs);
  }

  /** The first set of icons that the predicate accepts. */
  waitForIcon(
    accept: (icons: readonly IconPixmap[]) => boolean,
    timeoutMs = 10_000,
  ): Promise<readonly IconPixmap[]> {
    return this.#waitFor('an icon', () => this.iconPixmaps(), accept, timeoutMs);
  }

  /** Stops listening to the app. */
  close(): void {
    this.#unsubscribe();
    this.#menu.close();
  }

  #read(): Promise<ItemProperties> {
    return readItem(this.#bus, this.#item);
  }

  #waitFor<T>(
    what: string,
    read: () => Promise<T>,
    accept: (value: T) => boolean,
    timeoutMs: number,
  ): Promise<T> {
    const subscribe = (changed: () => void): (() => void) => {
      this.#listeners.add(changed);
      return () => this.#listeners.delete(changed);
    };
    return waitForCondition({ what, read, accept, subscribe, timeoutMs });
  }
}

async function readItem(bus: BusConnection, remote: RemoteObject): Promise<ItemProperties> {
  const parsed = itemProperties.safeParse(await bus.properties(remote));
  if (parsed.success) return parsed.data;
  throw new Error(`A desktop shell would not show this tray item:\n${z.prettifyError(parsed.error)}`);
}

/** The bus carries ARGB in network byte order. */
function toRgba(argb: Buffer): Buffer {
  const rgba = Buffer.alloc(argb.length);
  for (let offset = 0; offset < argb.length; offset += 4) {
    argb.copy(rgba, offset, offset + 1, offset + 4);
    argb.copy(rgba, offset + 3, offset, offset + 1);
  }
  return rgba;
}

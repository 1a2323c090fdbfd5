import { app, Menu, type JumpListCategory, type MenuItemConstructorOptions } from 'electron';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import type { Instance } from '../../preload/contract/instance.ts';

/** As many as Windows shows by itself. */
const maxFavourites = 10;

/** A favourite as the dock or the taskbar has it. */
interface Favourite {
  readonly id: InstanceId;
  readonly name: string;
}

/** The favourites of the account that is shown, where the dock or the taskbar has a menu of the app. */
export interface FavouritesMenu {
  /** Shows others; does nothing where they are the same. */
  draw(instances: readonly Instance[], favouriteIds: ReadonlySet<InstanceId>): void;
}

/**
 * macOS has them in the menu of the dock, Windows in the jump list of the taskbar. A desktop entry of Linux cannot change with
 * the account: there they are in the tray.
 */
export function createFavouritesMenu(
  open: (id: InstanceId) => void,
  platform: NodeJS.Platform = process.platform,
): FavouritesMenu {
  let drawn: string | null = null;
  const show = (favourites: readonly Favourite[]): void => {
    if (platform === 'darwin') app.dock?.setMenu(Menu.buildFromTemplate([...dockItems(favourites, open)]));
    else if (platform === 'win32') app.setJumpList([...jumpList(favourites)]);
  };
  return {
    draw: (instances, favouriteIds) => {
      if (platform !== 'darwin' && platform !== 'win32') return;
      const favourites = instances
        .filter(({ id }) => favouriteIds.has(id))
        .slice(0, maxFavourites)
        .map((instance) => ({ id: instance.id, name: displayName(instance, 60) }));
      const text = JSON.stringify(favourites);
      if (text === drawn) return;
      drawn = text;
      show(favourites);
    },
  };
}

function dockItems(
  favourites: readonly Favourite[],
  open: (id: InstanceId) => void,
): readonly MenuItemConstructorOptions[] {
  return favourites.map(({ id, name }) => ({
    label: name.replaceAll('&', '&&'),
    click: () => open(id),
  }));
}

/** Windows starts the app again by an item, which hands the link on to the one that runs. */
function jumpList(favourites: readonly Favourite[]): readonly JumpListCategory[] {
  if (favourites.length === 0) return [];
  return [
    {
      type: 'custom',
      name: 'Favorites',
      items: favourites.map(({ id, name }) => ({
        type: 'task',
        title: name,
        description: name,
        program: process.execPath,
        args: `evorxa://instance/${encodeURIComponent(id)}`,
        iconPath: process.execPath,
        iconIndex: 0,
      })),
    },
  ];
}

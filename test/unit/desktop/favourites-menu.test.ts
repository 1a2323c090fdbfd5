import { beforeEach, expect, it, vi } from 'vitest';
import { createFavouritesMenu } from '../../../main/desktop/favourites-menu.ts';
import { parseDeepLink } from '../../../main/desktop/deep-links.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { instance } from '../domain/samples.ts';

interface Item {
  readonly label: string;
  readonly click: () => void;
}
const system = vi.hoisted(() => ({
  dock: vi.fn<(items: readonly Item[]) => void>(),
  jumpList:
    vi.fn<(categories: readonly { readonly items: readonly { args: string; title: string }[] }[]) => void>(),
}));
vi.mock('electron', () => ({
  app: { dock: { setMenu: system.dock }, setJumpList: system.jumpList },
  Menu: { buildFromTemplate: (template: unknown) => template },
}));

const open = vi.fn();
const all = [instance('web', 'running', { name: 'R&D' }), instance('db'), instance('a/b "c')];
const starsOf = (instances: readonly Instance[]) => new Set(instances.map(({ id }) => id));
const stars = starsOf(all.filter(({ id }) => id !== 'db'));
beforeEach(() => vi.resetAllMocks());

it('macOS has them in the menu of the dock, and draws them again only where they changed', () => {
  const menu = createFavouritesMenu(open, 'darwin');
  menu.draw(all, stars);
  menu.draw([...all], stars);
  expect(system.dock).toHaveBeenCalledTimes(1);
  const [items = []] = system.dock.mock.lastCall ?? [];
  expect(items.map(({ label }) => label)).toEqual(['R&&D', 'a/b "c']);
  items[0]?.click();
  expect(open).toHaveBeenCalledExactlyOnceWith('web');
  menu.draw(all, new Set());
  expect(system.dock).toHaveBeenLastCalledWith([]);
});

it('Windows has them in the jump list, ten at most, by links that name nothing else', () => {
  const menu = createFavouritesMenu(open, 'win32');
  const many = Array.from({ length: 12 }, (_, n) => instance(`web-${n}`));
  menu.draw(many, starsOf(many));
  const [categories = []] = system.jumpList.mock.lastCall ?? [];
  const items = categories[0]?.items ?? [];
  expect(items).toHaveLength(10);
  expect(parseDeepLink(items[0]?.args ?? '')).toMatchObject({
    route: { instanceId: 'web-0' },
    connect: null,
  });
  const odd = [instance('a b" --x')];
  menu.draw(odd, starsOf(odd));
  const [last = []] = system.jumpList.mock.lastCall ?? [];
  expect(last[0]?.items[0]?.args).toBe('evorxa://instance/a%20b%22%20--x');
  menu.draw([], starsOf(many));
  expect(system.jumpList).toHaveBeenLastCalledWith([]);
});

it('Linux has neither', () => {
  createFavouritesMenu(open, 'linux').draw(all, stars);
  expect(system.dock).not.toHaveBeenCalled();
  expect(system.jumpList).not.toHaveBeenCalled();
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leaveOutMenu, setAppMenu } from '../../../main/desktop/app-menu.ts';

const menu = vi.hoisted(() => ({ set: vi.fn() }));
vi.mock('electron', () => ({
  Menu: { setApplicationMenu: menu.set, buildFromTemplate: (template: unknown) => template },
}));

const { platform } = process;
const on = (name: NodeJS.Platform): void => void Object.defineProperty(process, 'platform', { value: name });
beforeEach(() => menu.set.mockReset());
afterEach(() => on(platform));

interface Item {
  readonly role?: string;
  readonly label?: string;
  readonly accelerator?: string;
  readonly submenu?: readonly Item[];
  readonly click?: () => void;
}

it('macOS has the menus without which it cannot copy, paste and quit, and the settings in that of the app', () => {
  on('darwin');
  leaveOutMenu();
  expect(menu.set).not.toHaveBeenCalled();
  const ask = vi.fn();
  const openWebsite = vi.fn();
  setAppMenu({ ask, openWebsite });
  const [menus] = menu.set.mock.lastCall as [readonly Item[]];
  expect(menus.map(({ role }) => role)).toEqual(['appMenu', 'fileMenu', 'editMenu', 'windowMenu', 'help']);
  const items = menus.flatMap(({ submenu = [] }) => submenu);
  const item = (label: string): Item | undefined => items.find((each) => each.label === label);
  expect(items.map(({ role }) => role)).toEqual(expect.arrayContaining(['hide', 'quit']));
  expect(item('Settings…')?.accelerator).toBe('Command+,');
  for (const label of [
    'About Evorxa',
    'Check for Updates…',
    'Settings…',
    'Create Instance…',
    'Command Palette…',
    'Keyboard Shortcuts',
    'Report a Problem…',
  ])
    item(label)?.click?.();
  expect(ask.mock.calls).toEqual([
    [{ route: { page: 'about' }, power: null }],
    [{ route: { page: 'about' }, power: null }],
    [{ route: { page: 'settings' }, power: null }],
    [{ route: { page: 'create' }, power: null }],
    [{ route: null, power: null, opens: 'palette' }],
    [{ route: null, power: null, opens: 'shortcuts' }],
    [{ route: { page: 'about' }, power: null, opens: 'diagnostics' }],
  ]);
  expect(openWebsite).not.toHaveBeenCalled();
  item('Evorxa Website')?.click?.();
  expect(openWebsite).toHaveBeenCalledOnce();
});

it.each(['linux', 'win32'] as const)('%s has none, so that Alt goes to the terminal', (name) => {
  on(name);
  leaveOutMenu();
  setAppMenu({ ask: vi.fn(), openWebsite: vi.fn() });
  expect(menu.set).toHaveBeenCalledExactlyOnceWith(null);
});

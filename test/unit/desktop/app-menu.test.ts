import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setAppMenu } from '../../../main/desktop/app-menu.ts';

const menu = vi.hoisted(() => ({ set: vi.fn() }));
vi.mock('electron', () => ({
  Menu: { setApplicationMenu: menu.set, buildFromTemplate: (template: unknown) => template },
}));

const { platform } = process;
const on = (name: NodeJS.Platform): void => void Object.defineProperty(process, 'platform', { value: name });
beforeEach(() => menu.set.mockReset());
afterEach(() => on(platform));

it('macOS has the menus without which it cannot copy, paste and quit', () => {
  on('darwin');
  setAppMenu();
  expect(menu.set).toHaveBeenCalledExactlyOnceWith([
    { role: 'appMenu' },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ]);
});

it.each(['linux', 'win32'] as const)('%s has none, so that Alt goes to the terminal', (name) => {
  on(name);
  setAppMenu();
  expect(menu.set).toHaveBeenCalledExactlyOnceWith(null);
});

import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { WindowRequest } from '../../preload/contract/app.ts';

/** What the menu of macOS asks of the window. */
type Ask = (request: WindowRequest) => void;

/**
 * The application's menu. macOS needs one for copy, paste and quit to work at all, and has the settings in it; elsewhere
 * the window has its own buttons for everything, and Alt belongs to the terminal.
 */
export function setAppMenu(ask: Ask): void {
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([...macMenu(ask)]) : null);
}

/** The menu of macOS, in the order of Apple's Human Interface Guidelines. */
function macMenu(ask: Ask): readonly MenuItemConstructorOptions[] {
  const go = (page: 'about' | 'settings' | 'create'): void => ask({ route: { page }, power: null });
  return [
    {
      role: 'appMenu',
      submenu: [
        { label: 'About Evorxa', click: () => go('about') },
        { type: 'separator' },
        { label: 'Settings…', accelerator: 'Command+,', click: () => go('settings') },
        { type: 'separator' },
        { role: 'services' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    {
      role: 'fileMenu',
      submenu: [
        { label: 'Create Instance…', click: () => go('create') },
        // The page takes the key itself: Cmd-K does the same there.
        {
          label: 'Command Palette…',
          accelerator: 'Command+K',
          registerAccelerator: false,
          click: () => ask({ route: null, power: null, opensPalette: true }),
        },
      ],
    },
    { role: 'editMenu' },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Check for Updates…', click: () => go('about') },
        { label: 'Diagnostics…', click: () => go('about') },
      ],
    },
  ];
}

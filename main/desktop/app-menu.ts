import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { WindowRequest } from '../../preload/contract/app.ts';

/** What the menu of macOS is for. */
interface MenuActions {
  /** Asks something of the window. */
  readonly ask: (request: WindowRequest) => void;
  /** Opens the project's website in the browser. */
  readonly openWebsite: () => void;
}

/**
 * Elsewhere than on macOS the app has no menu: the window has its own buttons for everything, and Alt belongs to the terminal.
 * Has to run before Electron is ready, which makes a menu of its own else.
 */
export function leaveOutMenu(): void {
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
}

/** The application's menu of macOS, which needs one for copy, paste and quit to work at all, and has the settings in it. */
export function setAppMenu(actions: MenuActions): void {
  if (process.platform === 'darwin') Menu.setApplicationMenu(Menu.buildFromTemplate([...macMenu(actions)]));
}

/** The menu of macOS, in the order of Apple's Human Interface Guidelines. */
function macMenu({ ask, openWebsite }: MenuActions): readonly MenuItemConstructorOptions[] {
  const go = (page: 'about' | 'settings' | 'create'): void => ask({ route: { page }, power: null });
  return [
    {
      role: 'appMenu',
      submenu: [
        { label: 'About Evorxa', click: () => go('about') },
        { label: 'Check for Updates…', click: () => go('about') },
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
          click: () => ask({ route: null, power: null, opens: 'palette' }),
        },
      ],
    },
    { role: 'editMenu' },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Keyboard Shortcuts', click: () => ask({ route: null, power: null, opens: 'shortcuts' }) },
        { label: 'Evorxa Website', click: openWebsite },
        { type: 'separator' },
        // The report that support asks for. A problem is sent nowhere from here.
        {
          label: 'Report a Problem…',
          click: () => ask({ route: { page: 'about' }, power: null, opens: 'diagnostics' }),
        },
      ],
    },
  ];
}

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
 * The application's menu. macOS needs one for copy, paste and quit to work at all, and has the settings in it; elsewhere
 * the window has its own buttons for everything, and Alt belongs to the terminal.
 */
export function setAppMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate([...macMenu(actions)]) : null,
  );
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

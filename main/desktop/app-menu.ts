import { Menu } from 'electron';

/**
 * The application's menu. macOS needs one for copy, paste and quit to work at all; elsewhere the window has its own
 * buttons for everything, and Alt belongs to the terminal.
 */
export function setAppMenu(): void {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]),
  );
}

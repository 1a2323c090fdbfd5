import { homedir } from 'node:os';
import { join } from 'node:path';
import { BrowserWindow, dialog, type WebContents } from 'electron';

/** Asks for the file of an SSH key, starting in ~/.ssh. Answers with its path, or null when the user changed their mind. */
export async function pickKeyFile(page: WebContents | null): Promise<string | null> {
  const window = page === null ? null : BrowserWindow.fromWebContents(page);
  const options: Electron.OpenDialogOptions = {
    title: 'Choose a public key',
    defaultPath: join(homedir(), '.ssh'),
    properties: ['openFile', 'showHiddenFiles'],
  };
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return filePaths[0] ?? null;
}

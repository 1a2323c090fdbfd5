import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, type WebContents } from 'electron';

/** Asks for the file of an SSH key, starting in ~/.ssh. Answers with its path, or null when the user changed their mind. */
export function pickKeyFile(page: WebContents | null): Promise<string | null> {
  return pickFile(page, {
    title: 'Choose a public key',
    defaultPath: join(homedir(), '.ssh'),
    properties: ['openFile', 'showHiddenFiles'],
  });
}

/** Asks for a file of firewall rules, in the same way. */
export function pickRulesFile(page: WebContents | null): Promise<string | null> {
  return pickFile(page, {
    title: 'Choose a file of firewall rules',
    defaultPath: app.getPath('downloads'),
    filters: [
      { name: 'JSON', extensions: ['json'] },
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile'],
  });
}

async function pickFile(
  page: WebContents | null,
  options: Electron.OpenDialogOptions,
): Promise<string | null> {
  const window = page === null ? null : BrowserWindow.fromWebContents(page);
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return filePaths[0] ?? null;
}

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

/** Asks where to log a terminal to: a new file, or one that is added to. Null when the user changed their mind. */
export async function pickLogFile(page: WebContents | null, name: string): Promise<string | null> {
  const window = page === null ? null : BrowserWindow.fromWebContents(page);
  const options: Electron.SaveDialogOptions = {
    title: 'Log to a file (one that is there is added to)',
    buttonLabel: 'Log here',
    defaultPath: join(app.getPath('documents'), name),
    filters: [
      { name: 'Log', extensions: ['log', 'txt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
}

/** Asks for a file of snippets, in the same way. */
export function pickSnippetsFile(page: WebContents | null): Promise<string | null> {
  return pickFile(page, {
    title: 'Choose a file of snippets',
    defaultPath: app.getPath('downloads'),
    filters: [
      { name: 'JSON', extensions: ['json'] },
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile'],
  });
}

/** Asks for files or a folder to upload, with those that are hidden; empty when the user changed their mind. */
export function pickUpload(page: WebContents | null, what: 'files' | 'folder'): Promise<readonly string[]> {
  return pickFiles(page, {
    title: what === 'files' ? 'Choose files to upload' : 'Choose a folder to upload',
    buttonLabel: 'Upload',
    properties:
      what === 'files'
        ? ['openFile', 'multiSelections', 'showHiddenFiles']
        : ['openDirectory', 'showHiddenFiles'],
  });
}

/** Asks for a folder to download to. */
export function pickDownloadFolder(page: WebContents | null): Promise<string | null> {
  return pickFile(page, {
    title: 'Choose a folder to download to',
    buttonLabel: 'Download here',
    defaultPath: app.getPath('downloads'),
    properties: ['openDirectory', 'createDirectory'],
  });
}

async function pickFile(
  page: WebContents | null,
  options: Electron.OpenDialogOptions,
): Promise<string | null> {
  const [first] = await pickFiles(page, options);
  return first ?? null;
}

async function pickFiles(
  page: WebContents | null,
  options: Electron.OpenDialogOptions,
): Promise<readonly string[]> {
  const window = page === null ? null : BrowserWindow.fromWebContents(page);
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? [] : filePaths;
}

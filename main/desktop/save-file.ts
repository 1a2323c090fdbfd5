import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { app, BrowserWindow, dialog, type WebContents } from 'electron';
import type { SavedFile } from '../../preload/contract/files.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

const kinds: Readonly<Record<string, string>> = {
  '.csv': 'Comma-separated values',
  '.html': 'HTML document',
  '.ics': 'Calendar',
  '.json': 'JSON',
  '.md': 'Markdown',
  '.png': 'Image',
  '.txt': 'Text',
  '.yml': 'YAML',
};

/**
 * Asks the user where to keep a file of a page and writes it. Answers with the name it got, or null when the user changed
 * their mind. Error: `refused` with what the file system said.
 */
export async function saveFile(
  page: WebContents | null,
  { name, content }: SavedFile,
): Promise<Result<{ readonly name: string | null }>> {
  const extension = extname(name);
  const window = page === null ? null : BrowserWindow.fromWebContents(page);
  const options = {
    defaultPath: join(app.getPath('downloads'), name),
    filters: [{ name: kinds[extension] ?? 'File', extensions: [extension.slice(1)] }],
  };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === '') return ok({ name: null });
  try {
    await writeFile(
      filePath,
      content.encoding === 'text' ? content.text : Buffer.from(content.text, 'base64'),
    );
    return ok({ name: basename(filePath) });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    return fail({
      kind: 'refused',
      message: `The file could not be written (${code}). Choose another folder.`,
    });
  }
}

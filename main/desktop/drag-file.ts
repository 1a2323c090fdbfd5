import { app, type WebContents } from 'electron';

/** Begins to drag a file of this computer from the page, as from a file manager. */
export async function dragFile(page: WebContents | null, path: string): Promise<void> {
  const icon = await app.getFileIcon(path, { size: 'normal' });
  page?.startDrag({ file: path, icon });
}

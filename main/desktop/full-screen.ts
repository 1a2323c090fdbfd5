import { BrowserWindow, type WebContents } from 'electron';

/** Lets the window of a page fill the screen, or no longer. Without a window there is nothing to do. */
export function setFullScreen(page: WebContents | null, on: boolean): void {
  if (page !== null) BrowserWindow.fromWebContents(page)?.setFullScreen(on);
}

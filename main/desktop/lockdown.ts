import { app, session, type OnBeforeRequestListenerDetails, type Session, type WebContents } from 'electron';
import { appOrigin } from '../../preload/contract/app-origin.ts';

/**
 * Takes from a window's contents all that the app does not need: navigation, new windows, webviews.
 * Links to the outside go through the contract's `app.openExternal`.
 */
function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Locks every window's contents from its first moment. */
export function lockAllContents(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/**
 * Shows no server a certificate of the user's: Electron would take the first of the system's store, since version 44 also for
 * main's own requests, and that tells who they are.
 */
export function offerNoCertificate(): void {
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault();
    answer();
  });
}

const isOurs = (url: string): boolean => url === appOrigin || url.startsWith(`${appOrigin}/`);

/** Locks every session from its first moment, whatever partition it is of. Has to run before Electron is ready. */
export function lockAllSessions(): void {
  app.on('session-created', lockSession);
}

/** What a page may load: our own files, and images that it makes itself, as the console's cursor. */
function isLoadable({
  url,
  resourceType,
}: Pick<OnBeforeRequestListenerDetails, 'url' | 'resourceType'>): boolean {
  if (isOurs(url)) return true;
  if (url.startsWith('data:')) return resourceType === 'image';
  return !app.isPackaged && url.startsWith('devtools://');
}

/** Denies every permission but writing text to the clipboard, and every request that is not for `app://`. */
function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(permission === 'clipboard-sanitized-write' && isOurs(details.requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permission === 'clipboard-sanitized-write' && isOurs(origin.replace(/\/$/, '')),
  );
  session.setDevicePermissionHandler(() => false);
  // Its dictionaries would come from a server of Google's, and nothing is spelled here.
  session.setSpellCheckerEnabled(false);
  // The app has no downloads: a page that starts one is not ours any more.
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLoadable(details) }));
}

/**
 * A session that main itself reaches the network with, and no page: all else in it stays locked. One that nobody has
 * asked for before is made.
 */
export function openNetworkSession(partition: string): Session {
  const network = session.fromPartition(partition, { cache: false });
  network.webRequest.onBeforeRequest(({ url, webContentsId }, callback) =>
    callback({ cancel: webContentsId !== undefined || !/^https?:\/\//.test(url) }),
  );
  return network;
}

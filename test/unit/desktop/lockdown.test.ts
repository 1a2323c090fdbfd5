import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  lockAllContents,
  lockAllSessions,
  offerNoCertificate,
  openNetworkSession,
} from '../../../main/desktop/lockdown.ts';

const { app, session } = vi.hoisted(() => ({
  app: { on: vi.fn<(event: string, listener: (...args: unknown[]) => void) => void>(), isPackaged: true },
  session: { fromPartition: vi.fn<(partition: string, options: unknown) => unknown>() },
}));
vi.mock('electron', () => ({ app, session, protocol: {} }));

/** The parts of a window's contents that the lockdown takes hold of. */
class FakeContents extends EventEmitter {
  openHandler: ((details: unknown) => unknown) | null = null;
  setWindowOpenHandler(handler: (details: unknown) => unknown): void {
    this.openHandler = handler;
  }
}

function lockedContents(): FakeContents {
  lockAllContents();
  const contents = new FakeContents();
  const [event, listener] = app.on.mock.lastCall ?? [];
  expect(event).toBe('web-contents-created');
  listener?.({}, contents);
  return contents;
}

describe('every window’s contents', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
    '%s is prevented',
    (event) => {
      const preventDefault = vi.fn();
      lockedContents().emit(event, { preventDefault, url: 'app://evorxa/index.html' });
      expect(preventDefault).toHaveBeenCalledTimes(1);
    },
  );

  it('open no window', () => {
    for (const url of [
      'https://evorxa.com/',
      'app://evorxa/index.html',
      'about:blank',
      'file:///etc/passwd',
    ]) {
      expect(lockedContents().openHandler?.({ url })).toEqual({ action: 'deny' });
    }
  });
});

it('no server is shown a certificate of the user, whoever asks for it', () => {
  offerNoCertificate();
  const [event, listener] = app.on.mock.lastCall ?? [];
  expect(event).toBe('select-client-certificate');
  // Null since Electron 44: a request of main's own.
  for (const contents of [{}, null]) {
    const preventDefault = vi.fn();
    const answer = vi.fn();
    listener?.({ preventDefault }, contents, 'https://api.example', [{ subjectName: 'Ada' }], answer);
    expect(preventDefault).toHaveBeenCalledTimes(1);
    expect(answer.mock.calls).toEqual([[]]);
  }
});

type Handler = (...args: unknown[]) => unknown;
/** Whether the session may look up dictionaries. */
const spelling = vi.fn<(isEnabled: boolean) => void>();

type HandlerName = 'request' | 'check' | 'device' | 'before' | 'will-download';

/** A session that keeps each handler that is set on it, and those handlers. */
function fakeSession(): { handlers: Record<string, Handler>; fake: Session } {
  const handlers: Record<string, Handler> = {};
  const keep = (name: string) => (handler: Handler) => {
    handlers[name] = handler;
  };
  const fake = {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setSpellCheckerEnabled: spelling,
    webRequest: { onBeforeRequest: keep('before') },
    on: (event: string, handler: Handler) => keep(event)(handler),
  } as unknown as Session;
  return { handlers, fake };
}

/** Tells the lockdown of a new session, as Electron does for each of whatever partition. */
function created(fake: Session): void {
  lockAllSessions();
  const [event, listener] = app.on.mock.lastCall ?? [];
  expect(event).toBe('session-created');
  listener?.(fake);
}

function lockedSession(): Readonly<Record<HandlerName, Handler>> {
  const { handlers, fake } = fakeSession();
  created(fake);
  return handlers as Readonly<Record<HandlerName, Handler>>;
}

describe('permissions', () => {
  const { request, check, device } = lockedSession();
  const requested = (permission: string, requestingUrl: string): unknown => {
    const callback = vi.fn();
    request({}, permission, callback, { requestingUrl });
    expect(callback).toHaveBeenCalledTimes(1);
    return callback.mock.lastCall?.[0];
  };

  it.each([
    'clipboard-read',
    'deprecated-sync-clipboard-read',
    'media',
    'display-capture',
    'mediaKeySystem',
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'pointerLock',
    'keyboardLock',
    'fullscreen',
    'openExternal',
    'window-management',
    'fileSystem',
    'hid',
    'serial',
    'usb',
    'storage-access',
    'idle-detection',
    'speaker-selection',
    'unknown',
    '',
  ])('%s is denied, also to our own page', (permission) => {
    expect(requested(permission, 'app://evorxa/index.html')).toBe(false);
    expect(check({}, permission, 'app://evorxa/')).toBe(false);
  });

  it('writing text to the clipboard is given to our own page only', () => {
    expect(requested('clipboard-sanitized-write', 'app://evorxa/index.html')).toBe(true);
    expect(check({}, 'clipboard-sanitized-write', 'app://evorxa/')).toBe(true);
    expect(check({}, 'clipboard-sanitized-write', 'app://evorxa')).toBe(true);
    for (const url of [
      'https://evorxa.com/',
      'app://evorxa.evil/',
      'app://other/',
      'data:text/html,x',
      'file:///',
      '',
    ]) {
      expect(requested('clipboard-sanitized-write', url)).toBe(false);
      expect(check({}, 'clipboard-sanitized-write', url)).toBe(false);
    }
  });

  it('no device is given', () => {
    expect(device({ deviceType: 'hid', origin: 'app://evorxa/' })).toBe(false);
  });
});

describe('requests', () => {
  const { before } = lockedSession();
  const isCancelled = (url: string, resourceType = 'other'): unknown => {
    const callback = vi.fn<(answer: { cancel: boolean }) => void>();
    before({ url, resourceType }, callback);
    return callback.mock.lastCall?.[0].cancel;
  };

  it.each([
    ['app://evorxa/index.html', 'mainFrame'],
    ['app://evorxa/assets/a.js', 'script'],
    ['data:image/png;base64,AA', 'image'],
  ])('%s goes through', (url, type) => expect(isCancelled(url, type)).toBe(false));

  it.each([
    'mainFrame',
    'subFrame',
    'stylesheet',
    'script',
    'font',
    'object',
    'xhr',
    'ping',
    'cspReport',
    'media',
    'webSocket',
    'other',
  ])('data: is cancelled as %s: it is there for images alone', (type) =>
    expect(isCancelled('data:text/html,x', type)).toBe(true),
  );

  it('devtools: goes through while the app is developed, and not in a package', () => {
    const url = 'devtools://devtools/bundled/a.js';
    expect(isCancelled(url, 'script')).toBe(true);
    app.isPackaged = false;
    onTestFinished(() => {
      app.isPackaged = true;
    });
    expect(isCancelled(url, 'script')).toBe(false);
    expect(isCancelled('https://devtools.example/', 'script')).toBe(true);
  });

  it.each([
    'https://api.evorxa.com/api/me',
    'http://127.0.0.1:8080/',
    'ws://127.0.0.1/',
    'wss://vnc.evorxa.com/',
    'file:///etc/passwd',
    'ftp://a.example/',
    'blob:app://evorxa/1',
    'filesystem:app://evorxa/1',
    'chrome://settings',
    'app://evorxa.evil.example/a.js',
    'app://evorxa:80/a.js',
    'app://other/a.js',
    'about:blank',
    '',
  ])('%s is cancelled', (url) => expect(isCancelled(url)).toBe(true));
});

describe('a session for the network', () => {
  const network = (): ((details: unknown) => unknown) => {
    const { handlers, fake } = fakeSession();
    session.fromPartition.mockImplementation(() => {
      created(fake);
      return fake;
    });
    expect(openNetworkSession('evorxa-api-reads')).toBe(fake);
    expect(session.fromPartition).toHaveBeenLastCalledWith('evorxa-api-reads', { cache: false });
    expect(spelling).toHaveBeenLastCalledWith(false);
    expect(Object.keys(handlers).sort()).toEqual(['before', 'check', 'device', 'request', 'will-download']);
    return (details) => {
      const callback = vi.fn<(answer: { cancel: boolean }) => void>();
      handlers['before']?.(details, callback);
      return callback.mock.lastCall?.[0].cancel;
    };
  };

  it.each(['https://api.evorxa.com/api/me', 'http://127.0.0.1:8080/api/me'])('lets main ask %s', (url) => {
    expect(network()({ url, webContentsId: undefined })).toBe(false);
  });

  it.each(['https://api.evorxa.com/api/me', 'app://evorxa/index.html', 'data:image/png;base64,AA'])(
    'lets no page load %s',
    (url) => expect(network()({ url, webContentsId: 1, resourceType: 'image' })).toBe(true),
  );

  it.each(['file:///etc/passwd', 'ftp://a.example/', 'ws://a.example/', 'xhttps://a.example/', ''])(
    'lets main ask for no %j',
    (url) => expect(network()({ url, webContentsId: undefined })).toBe(true),
  );
});

describe('downloads', () => {
  it('are prevented', () => {
    const preventDefault = vi.fn();
    lockedSession()['will-download']({ preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });
});

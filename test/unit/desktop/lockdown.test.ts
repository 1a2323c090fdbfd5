import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { lockAllContents, lockSession } from '../../../main/desktop/lockdown.ts';

const { app } = vi.hoisted(() => ({
  app: { on: vi.fn<(event: string, listener: (...args: unknown[]) => void) => void>() },
}));
vi.mock('electron', () => ({ app, protocol: {} }));

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

type Handler = (...args: unknown[]) => unknown;
type HandlerName = 'request' | 'check' | 'device' | 'before' | 'will-download';

/** A session that keeps each handler that is set on it. */
function lockedSession(): Readonly<Record<HandlerName, Handler>> {
  const handlers: Record<string, Handler> = {};
  const keep = (name: string) => (handler: Handler) => {
    handlers[name] = handler;
  };
  lockSession({
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    webRequest: { onBeforeRequest: keep('before') },
    on: (event: string, handler: Handler) => keep(event)(handler),
  } as unknown as Session);
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
  const isCancelled = (url: string): unknown => {
    const callback = vi.fn<(answer: { cancel: boolean }) => void>();
    before({ url }, callback);
    return callback.mock.lastCall?.[0].cancel;
  };

  it.each([
    'app://evorxa/index.html',
    'app://evorxa/assets/a.js',
    'data:image/png;base64,AA',
    'devtools://devtools/bundled/a.js',
  ])('%s goes through', (url) => expect(isCancelled(url)).toBe(false));

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

describe('downloads', () => {
  it('are prevented', () => {
    const preventDefault = vi.fn();
    lockedSession()['will-download']({ preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });
});

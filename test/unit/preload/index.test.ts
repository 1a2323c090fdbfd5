import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mapContract } from '../../../preload/contract/define.ts';
import { contract } from '../../../preload/contract/index.ts';
import { sessionPortMessage } from '../../../preload/contract/session-port.ts';

type Listener = (event: unknown, payload: unknown) => void;

const electron = vi.hoisted(() => ({
  exposeInMainWorld: vi.fn<(name: string, api: unknown) => void>(),
  invoke: vi.fn<(channel: string, argument: unknown) => Promise<unknown>>(() =>
    Promise.resolve('the answer'),
  ),
  clearCache: vi.fn<() => void>(),
  on: vi.fn<(channel: string, listener: Listener) => void>(),
  once: vi.fn<(channel: string, listener: () => void) => void>(),
  off: vi.fn<(channel: string, listener: Listener) => void>(),
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: electron.exposeInMainWorld },
  ipcRenderer: { invoke: electron.invoke, on: electron.on, once: electron.once, off: electron.off },
  // A file that the page has made itself has no path.
  webFrame: { clearCache: electron.clearCache },
  webUtils: { getPathForFile: (file: { readonly path?: string }) => file.path ?? '' },
}));

type Exposed = Readonly<Record<string, Readonly<Record<string, (argument: unknown) => unknown>>>>;
let calls: Exposed;
let portListener: Listener;
/** What was asked before the page was there, and what came of the page's first question for it. */
let askedAhead: readonly string[];
let givenAhead: unknown;

beforeAll(async () => {
  vi.stubGlobal('window', { location: { pathname: '/index.html' } });
  await import('../../../preload/index.ts');
  const [name, api] = electron.exposeInMainWorld.mock.lastCall ?? [];
  expect(name).toBe('evorxa');
  calls = (api as { calls: Exposed }).calls;
  const [channel, listener] = electron.on.mock.lastCall ?? [];
  expect(channel).toBe(sessionPortMessage);
  portListener = listener as Listener;
  askedAhead = electron.invoke.mock.calls.map(([asked]) => asked);
  givenAhead = await calls['settings']?.['get']?.(undefined);
  expect(electron.invoke).toHaveBeenCalledTimes(askedAhead.length);
  // The pushes that make the other answers old: the page asks again from here on.
  for (const [, forget] of electron.once.mock.calls) forget();
});
beforeEach(() => {
  for (const mock of [electron.invoke, electron.on, electron.off]) mock.mockClear();
});

const entries: {
  readonly domain: string;
  readonly name: string;
  readonly kind: string;
  readonly channel: string;
}[] = [];
mapContract(contract, (channel, { kind }) => {
  const [domain = '', name = ''] = channel.split('.');
  // It is not given to the page.
  if (channel !== 'files.uploadDropped') entries.push({ domain, name, kind, channel });
});

it('asks for the first picture ahead of the page, and gives each answer once', () => {
  expect(askedAhead).toEqual(['accounts.state', 'settings.get', 'snapshot.current']);
  expect(givenAhead).toBe('the answer');
});

it('answers a call that main does not with an error, and asks again the next time', async () => {
  electron.invoke.mockRejectedValueOnce(new Error('An object could not be cloned.'));
  expect(await calls['app']?.['info']?.(undefined)).toMatchObject({
    ok: false,
    error: { kind: 'internal' },
  });
  expect(await calls['app']?.['info']?.(undefined)).toBe('the answer');
});

describe('what the page gets', () => {
  it('is one name, exposed once, with functions, what it writes figures in, the system, and nothing else', () => {
    expect(electron.exposeInMainWorld).toHaveBeenCalledTimes(1);
    const [, api] = electron.exposeInMainWorld.mock.lastCall ?? [];
    expect(api).toEqual({
      calls,
      uploadDropped: expect.any(Function) as unknown,
      giveBackMemory: expect.any(Function) as unknown,
      locales: { dates: 'en-GB', numbers: 'en-GB', names: 'en-GB' },
      platform: process.platform,
    });
    for (const part of Object.values(calls)) {
      for (const value of Object.values(part)) expect(typeof value).toBe('function');
    }
  });

  it('has the keys of the contract and no other', () => {
    const exposed = Object.entries(calls).flatMap(([domain, part]) =>
      Object.keys(part).map((name) => `${domain}.${name}`),
    );
    expect(exposed).toEqual(entries.map(({ channel }) => channel));
    // Whoever widens what crosses to the page sees it here.
    expect(exposed).toMatchSnapshot();
  });
});

describe.each(entries.filter(({ kind }) => kind === 'call'))('$channel', ({ domain, name, channel }) => {
  it('asks on its own channel, with one argument', async () => {
    const call = calls[domain]?.[name] as (...args: unknown[]) => unknown;
    expect(await call({ a: 1 }, 'more')).toBe('the answer');
    expect(electron.invoke).toHaveBeenCalledExactlyOnceWith(channel, { a: 1 });
  });
});

describe.each(entries.filter(({ kind }) => kind === 'push'))('$channel', ({ domain, name, channel }) => {
  it('brings what was sent, never the event, until it is unsubscribed', () => {
    const listener = vi.fn();
    const stop = calls[domain]?.[name]?.(listener) as () => void;
    const [subscribed, forward] = electron.on.mock.lastCall ?? [];
    expect(subscribed).toBe(channel);
    forward?.({ sender: 'a way to send on any channel', ports: [] }, { a: 1 });
    expect(listener.mock.calls).toEqual([[{ a: 1 }]]);
    stop();
    expect(electron.off).toHaveBeenCalledExactlyOnceWith(channel, forward);
  });
});

it('uploads what was dropped by the paths of the files themselves, whatever else the page says', async () => {
  const [, api] = electron.exposeInMainWorld.mock.lastCall ?? [];
  const { uploadDropped } = api as { uploadDropped: (drop: unknown) => Promise<unknown> };
  const files = [{ path: '/home/ada/notes.txt' }, { name: 'made by the page' }];
  await uploadDropped({ sessionId: 's1', folder: '/srv', files, localPaths: ['/etc/shadow'] });
  expect(electron.invoke).toHaveBeenCalledExactlyOnceWith('files.uploadDropped', {
    sessionId: 's1',
    folder: '/srv',
    localPaths: ['/home/ada/notes.txt'],
  });
});

it('gives back the memory of the page when it is asked to', () => {
  const [, api] = electron.exposeInMainWorld.mock.lastCall ?? [];
  (api as { giveBackMemory: () => void }).giveBackMemory();
  expect(electron.clearCache).toHaveBeenCalledExactlyOnceWith();
});

it('a session’s port goes to the page itself and to no other origin', () => {
  const postMessage = vi.fn();
  vi.stubGlobal('window', { postMessage, location: { origin: 'app://evorxa' } });
  try {
    portListener({ ports: ['port'], sender: 'no' }, 's1');
    expect(postMessage).toHaveBeenCalledExactlyOnceWith(
      { type: sessionPortMessage, sessionId: 's1' },
      'app://evorxa',
      ['port'],
    );
  } finally {
    vi.unstubAllGlobals();
  }
});

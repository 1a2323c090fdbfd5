import { expect, it, vi } from 'vitest';
import { createAppHandlers, type AppHandlerParts } from '../../../../main/ipc/handlers/app.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';

const url = 'https://203.0.113.42:8443/';

/** The calls over an app that remembers what it was asked, in order. */
function started(more: Partial<AppHandlerParts> = {}) {
  const asked: (readonly unknown[])[] = [];
  const does =
    <T>(name: string, answer: T) =>
    (...args: readonly unknown[]): T => {
      asked.push([name, ...args]);
      return answer;
    };
  const parts = {
    status: { info: () => ({ version: '1.2.3' }), changed: does('changed', undefined) },
    loginStart: { set: does('loginStart', ok(undefined)) },
    openExternal: does('openExternal', Promise.resolve(true)),
    saveFile: does('saveFile', Promise.resolve(ok({ name: 'ledger.csv' }))),
    setFullScreen: does('setFullScreen', undefined),
    takeWindowRequest: () => ({ kind: 'palette' }),
    networkChanged: does('networkChanged', undefined),
    reportError: does('reportError', 'Error: x, version 1.2.3'),
    reload: does('reload', undefined),
    quit: does('quit', undefined),
    restart: does('restart', undefined),
    ...more,
  } as unknown as AppHandlerParts;
  return { asked, handlers: createAppHandlers(parts) };
}

it('says what the app is, and what a click asked for before the window was there', async () => {
  const { handlers } = started();
  expect(await handlers.info(undefined)).toEqual(ok({ version: '1.2.3' }));
  expect(await handlers.takeWindowRequest(undefined)).toEqual(ok({ kind: 'palette' }));
});

it('opens a link as confirmed only where the person saw it whole', async () => {
  const { handlers, asked } = started();
  expect(await handlers.openExternal({ url })).toEqual(ok(undefined));
  expect(await handlers.openConfirmed({ url })).toEqual(ok(undefined));
  expect(asked).toEqual([
    ['openExternal', url],
    ['openExternal', url, true],
  ]);
});

it('says so where a link was not opened', async () => {
  const { handlers } = started({ openExternal: () => Promise.resolve(false) });
  const refused = { ok: false, error: { kind: 'refused' } };
  expect(await handlers.openExternal({ url })).toMatchObject(refused);
  expect(await handlers.openConfirmed({ url })).toMatchObject(refused);
});

it('does what the page asks for, with what it was given', async () => {
  const { handlers, asked } = started();
  const file = { name: 'ledger.csv', content: { encoding: 'text', text: 'a,b' } } as const;
  const error = { where: 'drawing', message: 'Error: x', stack: null } as const;
  expect(await handlers.networkChanged({ online: false })).toEqual(ok(undefined));
  expect(await handlers.setFullScreen({ on: true })).toEqual(ok(undefined));
  expect(await handlers.saveFile(file)).toEqual(ok({ name: 'ledger.csv' }));
  expect(await handlers.reportError(error)).toEqual(ok({ details: 'Error: x, version 1.2.3' }));
  expect(await handlers.reload(undefined)).toEqual(ok(undefined));
  expect(await handlers.quit(undefined)).toEqual(ok(undefined));
  expect(await handlers.restart(undefined)).toEqual(ok(undefined));
  expect(asked).toEqual([
    ['networkChanged', false],
    ['setFullScreen', true],
    ['saveFile', file],
    ['reportError', error],
    ['reload'],
    ['quit'],
    ['restart'],
  ]);
});

it.each([
  ['was set', ok(undefined)],
  ['could not be set', fail({ kind: 'refused', message: 'The folder is read-only.' } as const)],
])(
  'shows again whether the app starts at login after it %s, and hands on what came of it',
  async (_end, set) => {
    const changed = vi.fn();
    const loginStart = {
      set: vi.fn(() => {
        expect(changed).not.toHaveBeenCalled();
        return set;
      }),
    };
    const { handlers } = started({ loginStart, status: { info: vi.fn(), changed } });
    expect(await handlers.setStartsAtLogin({ on: true })).toBe(set);
    expect(loginStart.set).toHaveBeenCalledExactlyOnceWith(true);
    expect(changed).toHaveBeenCalledTimes(1);
  },
);

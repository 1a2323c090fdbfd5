import type { WebContents } from 'electron';
import { expect, test, vi } from 'vitest';
import { createPortForwardHandlers } from '../../../../main/ipc/handlers/port-forwards.ts';
import type { AppPortForwards } from '../../../../main/port-forwards/index.ts';
import type { AccountId, InstanceId, SessionId } from '../../../../preload/contract/brands.ts';
import type { PortForwardId, PortForwards } from '../../../../preload/contract/port-forwards.ts';
import { ok } from '../../../../preload/contract/result.ts';

vi.mock('electron', () => ({}));

const id = 'f1' as PortForwardId;
const sessionId = 's1' as SessionId;

interface Around {
  readonly currentId?: AccountId | null;
  readonly page?: WebContents | null;
  readonly address?: { readonly host: string; readonly port: number } | null;
}

function handlers({
  currentId = 'ada' as AccountId,
  page = {} as never,
  address = { host: '127.0.0.1', port: 8080 },
}: Around = {}) {
  const done: unknown[] = [];
  const all: PortForwards = { forwards: [], connections: [] };
  const portForwards = {
    of: (accountId: AccountId) => {
      done.push(['of', accountId]);
      return all;
    },
    switch: (...call: unknown[]) => {
      done.push(['switch', ...call]);
      return ok(undefined);
    },
    retry: (instanceId: InstanceId) => done.push(['retry', instanceId]),
    addressOf: () => address,
  } as unknown as AppPortForwards;
  const made = createPortForwardHandlers({
    portForwards,
    terminals: { attach: (session) => session === sessionId },
    currentId: () => currentId,
    openPort: (to) => {
      done.push(['open', to]);
      return Promise.resolve(ok(undefined));
    },
    contents: () => page,
  });
  return { made, done };
}

test('lists those of the account that is shown, and none without one', async () => {
  const { made, done } = handlers();
  expect(await made.list(undefined)).toEqual(ok({ forwards: [], connections: [] }));
  expect(done).toEqual([['of', 'ada']]);
  const signedOut = handlers({ currentId: null });
  expect(await signedOut.made.list(undefined)).toEqual(ok({ forwards: [], connections: [] }));
  expect(signedOut.done).toEqual([]);
});

test('switches one, and tries a connection again', async () => {
  const { made, done } = handlers();
  expect(await made.switch({ id, isOn: true })).toEqual(ok(undefined));
  expect(await made.retry({ instanceId: 'web' as InstanceId })).toEqual(ok(undefined));
  expect(done).toEqual([
    ['switch', 'f1', true],
    ['retry', 'web'],
  ]);
});

test('gives the page the port of a connection that is there', async () => {
  expect(await handlers().made.attach({ sessionId })).toEqual(ok(undefined));
  expect(await handlers().made.attach({ sessionId: 'gone' as SessionId })).toMatchObject({ ok: false });
  expect(await handlers({ page: null }).made.attach({ sessionId })).toMatchObject({ ok: false });
});

test('opens a port that is open in the browser, and no other', async () => {
  const { made, done } = handlers();
  expect(await made.openInBrowser({ id })).toEqual(ok(undefined));
  expect(done).toEqual([['open', { host: '127.0.0.1', port: 8080 }]]);
  expect(await handlers({ address: null }).made.openInBrowser({ id })).toMatchObject({
    error: { kind: 'refused', message: 'This port is not open. Switch it on, and wait until it is.' },
  });
});

import { expect, it, vi } from 'vitest';
import { createAccountHandlers } from '../../../../main/ipc/handlers/accounts.ts';
import type { Accounts } from '../../../../main/accounts/index.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';

const jane = 'jane' as AccountId;

/** The calls over accounts that remember what was asked of them; each answers in a way of its own. */
function started() {
  const asked: (readonly unknown[])[] = [];
  const does =
    (name: string) =>
    (...args: readonly unknown[]) => {
      asked.push([name, ...args]);
      return Promise.resolve(fail({ kind: 'refused', message: name } as const));
    };
  const state = { phase: 'ready', accounts: [], currentId: jane } as const;
  const accounts = {
    state: vi.fn(() => state),
    signIn: does('signIn'),
    openDemo: does('openDemo'),
    switchTo: does('switchTo'),
    addWriteToken: does('addWriteToken'),
    removeWriteToken: does('removeWriteToken'),
    retryKeychain: does('retryKeychain'),
  };
  const leaving = { openChanges: () => ['203.0.113.42'], signOut: does('signOut') };
  return {
    asked,
    state,
    handlers: createAccountHandlers(accounts as unknown as Accounts, leaving),
  };
}

it('says which accounts there are', async () => {
  const { handlers, state } = started();
  expect(await handlers.state(undefined)).toEqual(ok(state));
});

it('says where a firewall’s change waits to be confirmed', async () => {
  const { handlers } = started();
  expect(await handlers.openChanges({ accountId: jane })).toEqual(ok(['203.0.113.42']));
});

it('does to an account what each call says, with what it was given, and hands its answer back', async () => {
  const { handlers, asked } = started();
  const answers = [
    await handlers.signIn({ token: '8|read', apiUrl: 'https://api.example' }),
    await handlers.openDemo(undefined),
    await handlers.switchTo({ accountId: jane }),
    await handlers.signOut({ accountId: jane, leaveChanges: true }),
    await handlers.addWriteToken({ accountId: jane, token: '9|write' }),
    await handlers.removeWriteToken({ accountId: jane }),
    await handlers.retryKeychain({ accountId: jane }),
  ];
  expect(asked).toEqual([
    ['signIn', '8|read', 'https://api.example'],
    ['openDemo'],
    ['switchTo', 'jane'],
    ['signOut', 'jane', true],
    ['addWriteToken', 'jane', '9|write'],
    ['removeWriteToken', 'jane'],
    ['retryKeychain', 'jane'],
  ]);
  expect(answers).toMatchObject(
    asked.map(([name]) => ({ ok: false, error: { kind: 'refused', message: name } })),
  );
});

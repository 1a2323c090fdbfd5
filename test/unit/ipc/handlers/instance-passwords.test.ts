import { describe, expect, it } from 'vitest';
import type { AccountRuntime } from '../../../../main/app/account-runtime.ts';
import { Runtimes } from '../../../../main/app/runtimes.ts';
import {
  createFreshPasswords,
  createPasswords,
  createSecretClipboard,
} from '../../../../main/instances/index.ts';
import {
  createInstanceHandlers,
  type InstanceHandlerParts,
} from '../../../../main/ipc/handlers/instances.ts';
import type { Account } from '../../../../preload/contract/account.ts';
import { recording } from '../../activity/recording.ts';
import { accountId, instanceId, record } from '../../monitor/builders.ts';
import { FakeClient } from '../../monitor/fake-client.ts';
import { rig } from '../../monitor/rig.ts';

const web = instanceId('web');
const about = { instanceId: web };
const secret = 'fresh-4811-password';

/** The calls over a monitor with one server; `isSignedIn` false: nobody is. */
async function started({
  osName = 'Debian 12',
  isSignedIn = true,
  keeps = true,
  onAllow = undefined as (() => void) | undefined,
} = {}) {
  const made = rig();
  made.api.records = [record('web', 'running', { osName })];
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  const client = new FakeClient();
  client.answer('instances.resetPassword', { secret, answer: null });
  const account = { id: accountId, apiUrl: 'https://api.example', access: 'ready' } as unknown as Account;
  const { entries, record: recorder } = recording();
  const runtime = {
    ...{
      account,
      client,
      record: recorder,
      monitor: made.monitor,
      watches: {},
      alerts: { start: () => undefined },
      certificates: { start: () => undefined },
      wafWatcher: { start: () => undefined },
      turns: { resume: () => undefined },
      shield: { takeUp: () => undefined },
      automaticRules: { takeUp: () => undefined },
    },
  } as unknown as AccountRuntime;
  const runtimes = new Runtimes(
    () => runtime,
    () => 'token',
    () => null,
  );
  if (isSignedIn) runtimes.follow({ accounts: [account], currentId: accountId } as never);
  const fresh = createFreshPasswords(() => () => undefined);
  const board = { text: '' };
  const allowed: string[] = [];
  const kept: string[] = [];
  const reported: unknown[] = [];
  const passwords = createPasswords({
    fresh,
    clipboard: createSecretClipboard(
      {
        readText: () => board.text,
        writeText: (text) => void (board.text = text),
        clear: () => void (board.text = ''),
      },
      made.time,
      (cause) => {
        throw cause;
      },
    ),
    allowFresh: (id, user) => {
      onAllow?.();
      allowed.push(`${user}@${id}`);
    },
    keep: (id, user, password) => {
      kept.push(`${user}@${id}: ${password}`);
      return Promise.resolve(keeps);
    },
    report: (cause) => reported.push(cause),
  });
  // The calls about passwords ask nothing of the others.
  const handlers = createInstanceHandlers({ runtimes, passwords } as unknown as InstanceHandlerParts);
  return { handlers, client, fresh, board, allowed, kept, entries, reported };
}

describe('the calls about a password', () => {
  it.each([
    ['Debian 12', 'root'],
    ['Windows Server 2022', 'Administrator'],
  ])('let SSH use a new one for whoever logs in to %s', async (osName, user) => {
    const { handlers, allowed, kept, entries } = await started({ osName });
    expect(await handlers.resetPassword(about)).toEqual({
      ok: true,
      value: { user, password: secret, answer: null },
    });
    expect(allowed).toEqual([`${user}@web`]);
    expect(entries).toMatchObject([
      { kind: 'password-reset', instanceId: 'web', name: 'web', outcome: 'done' },
    ]);
    expect(JSON.stringify(entries)).not.toContain(secret);
    expect(await handlers.keepPassword(about)).toMatchObject({ ok: true });
    expect(kept).toEqual([`${user}@web: ${secret}`]);
  });

  it('reset one at a time for an instance, and the next when it is over', async () => {
    const { handlers, client } = await started();
    const release = client.hold('instances.resetPassword');
    const first = handlers.resetPassword(about);
    expect(await handlers.resetPassword(about)).toEqual({
      ok: false,
      error: { kind: 'busy', message: 'Its password is being reset.' },
    });
    release();
    expect(await first).toMatchObject({ ok: true });
    expect(await handlers.resetPassword(about)).toMatchObject({ ok: true });
    expect(client.count('instances.resetPassword')).toBe(2);
  });

  it('let SSH use nothing, and record what came of it, where the reset failed or gave out no password', async () => {
    const { handlers, client, allowed, entries } = await started();
    client.fail('instances.resetPassword', { kind: 'unknown-outcome', message: 'dropped' });
    expect(await handlers.resetPassword(about)).toMatchObject({ ok: false });
    expect(entries).toMatchObject([{ kind: 'password-reset', outcome: 'unknown' }]);
    client.answer('instances.resetPassword', { secret: null, answer: '{"status":"sent by mail"}' });
    expect(await handlers.resetPassword(about)).toMatchObject({ ok: true, value: { password: null } });
    expect(allowed).toEqual([]);
  });

  it.each([
    [
      'at once',
      (): never => {
        throw new Error('bug');
      },
    ],
    ['later', (): Promise<never> => Promise.reject(new Error('bug'))],
  ])('do not know whether a reset that throws %s took effect, and reset the next', async (_when, throws) => {
    const { handlers, client, fresh, reported, allowed } = await started();
    fresh.keep(accountId, web, 'the one before');
    const request = client.request;
    Object.assign(client, { request: throws });
    expect(await handlers.resetPassword(about)).toEqual({
      ok: false,
      error: {
        kind: 'unknown-outcome',
        message: 'Something went wrong in the app. It is not known whether the password was reset.',
      },
    });
    expect(reported).toMatchObject([{ message: 'bug' }]);
    expect([fresh.get(accountId, web), allowed]).toEqual([null, []]);
    Object.assign(client, { request });
    expect(await handlers.resetPassword(about)).toMatchObject({ ok: true, value: { password: secret } });
  });

  it('give out what is shown once, also where its use for SSH cannot be prepared', async () => {
    const { handlers, reported } = await started({
      onAllow: () => {
        throw new Error('bug');
      },
    });
    expect(await handlers.resetPassword(about)).toMatchObject({ ok: true, value: { password: secret } });
    expect(reported).toMatchObject([{ message: 'bug' }]);
    expect(await handlers.resetPassword(about)).toMatchObject({ ok: true });
  });

  it('lend it to the clipboard, and take it from there and forget it together', async () => {
    const { handlers, board, fresh } = await started();
    const none = {
      ok: false,
      error: {
        kind: 'refused',
        message: 'The password of the last reset is no longer available. Reset it again.',
      },
    };
    expect(await handlers.copyPassword(about)).toEqual(none);
    await handlers.resetPassword(about);
    expect(await handlers.copyPassword(about)).toMatchObject({ ok: true });
    expect(board.text).toBe(secret);
    expect(await handlers.forgetPassword(about)).toMatchObject({ ok: true });
    await Promise.resolve();
    expect(board.text).toBe('');
    expect(fresh.get(accountId, web)).toBeNull();
    expect(await handlers.keepPassword(about)).toEqual(none);
  });

  it('say so where no keychain took it, and it is still held', async () => {
    const { handlers, fresh } = await started({ keeps: false });
    await handlers.resetPassword(about);
    expect(await handlers.keepPassword(about)).toEqual({
      ok: false,
      error: { kind: 'keychain-unavailable', message: 'The keychain could not save the password.' },
    });
    expect(fresh.get(accountId, web)).toBe(secret);
  });

  it('do nothing where nobody is signed in', async () => {
    const { handlers, client, board, kept } = await started({ isSignedIn: false });
    expect(await handlers.resetPassword(about)).toMatchObject({ ok: false, error: { kind: 'no-account' } });
    expect(await handlers.copyPassword(about)).toMatchObject({ ok: false });
    expect(await handlers.keepPassword(about)).toMatchObject({ ok: false, error: { kind: 'no-account' } });
    expect([client.calls, board.text, kept]).toEqual([[], '', []]);
  });
});

import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ShownHostKey } from '../../../main/terminal/process/connection-parts.ts';
import * as endings from '../../../main/terminal/process/disconnect-reason.ts';
import type { FakeView } from './fake-view.ts';
import { hop, SessionRig, signInOf } from './session-rig.ts';

vi.mock('../../../main/terminal/process/shell-connection.ts', async () => ({
  ShellConnection: (await import('./fake-connection.ts')).FakeConnection,
}));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a session that asks its user', () => {
  const key: ShownHostKey = {
    keyType: 'ssh-ed25519',
    fingerprint: 'SHA256:x',
    reinstalled: { formerFingerprint: 'SHA256:old' },
    isKnownOnPort22: true,
    hasCertAuthority: false,
  };
  const remember = false;
  let rig: SessionRig;
  let view: FakeView;
  beforeEach(() => {
    rig = new SessionRig();
    view = rig.attach();
    rig.session.connect();
    rig.connection.listener.phase('key-exchange', null);
  });
  const askKey = (): Promise<boolean> => rig.connection.listener.askHostKey(key, hop);

  test.each([
    [['yes'], true],
    [['no'], false],
    [[], false],
    [null, false],
  ])('hears whether a host key is trusted, and goes on where it was: %j', async (answers, isTrusted) => {
    const answered = askKey();
    expect(view.states.at(-1)).toEqual({
      phase: 'prompting',
      prompt: { kind: 'host-key', id: 1, host: 'web.example', port: 2222, isJumpHost: false, ...key },
    });
    view.say({ type: 'answer', promptId: 1, answers, remember });
    expect(await answered).toBe(isTrusted);
    expect(view.states.at(-1)).toEqual({ phase: 'key-exchange' });
  });

  test('numbers its questions: an answer to a former one counts for nothing', async () => {
    const first = askKey();
    view.say({ type: 'answer', promptId: 1, answers: ['yes'], remember });
    await first;
    const answers: boolean[] = [];
    const second = askKey().then((answer) => answers.push(answer));
    view.say({ type: 'answer', promptId: 1, answers: ['yes'], remember });
    await turn();
    expect(answers).toEqual([]);
    expect(view.states.at(-1)).toMatchObject({ prompt: { id: 2 } });
    view.say({ type: 'answer', promptId: 2, answers: ['no'], remember });
    await second;
    expect(answers).toEqual([false]);
  });

  test('shows the question to a view that comes meanwhile', async () => {
    const answered = askKey();
    const other = rig.attach();
    expect(other.states).toMatchObject([{ phase: 'prompting', prompt: { id: 1 } }]);
    other.say({ type: 'answer', promptId: 1, answers: ['yes'], remember });
    expect(await answered).toBe(true);
  });

  test('gets a secret, which is kept where that was asked for', async () => {
    const { ask } = signInOf(rig.connection);
    const answered = ask({ kind: 'password', said: 'Hello' });
    expect(view.states.at(-1)).toEqual({
      phase: 'prompting',
      prompt: { kind: 'password', id: 1, user: 'jane', host: 'web.example', said: 'Hello' },
    });
    view.say({ type: 'answer', promptId: 1, answers: ['x'], remember: true });
    expect(await answered).toEqual({ answers: ['x'], remember: true });
    const next = ask({ kind: 'passphrase', path: '/id', wrongBefore: true });
    expect(view.states.at(-1)).toEqual({
      phase: 'prompting',
      prompt: { kind: 'passphrase', id: 2, path: '/id', wrongBefore: true },
    });
    view.say({ type: 'answer', promptId: 2, answers: null, remember: true });
    expect(await next).toBeNull();
  });

  test('takes no answer once the connection has ended', async () => {
    const answers: boolean[] = [];
    void askKey().then((answer) => answers.push(answer));
    rig.connection.listener.ended(endings.cancelled());
    view.say({ type: 'answer', promptId: 1, answers: ['yes'], remember });
    await turn();
    expect(answers).toEqual([]);
    expect(view.states.at(-1)).toMatchObject({ phase: 'ended', reason: 'cancelled' });
  });
});

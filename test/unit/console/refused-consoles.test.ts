import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../main/clock/index.ts';
import { createConsoles } from '../../../main/console/consoles.ts';
import type { OpenSocket } from '../../../main/console/secure-socket.ts';
import { registerSecret } from '../../../main/log/index.ts';
import type { SessionId } from '../../../preload/contract/brands.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { FakeTime } from '../monitor/fake-time.ts';
import { account, fakeSockets, Page, rig as rigOf, web, type RigOptions } from './console-rig.ts';

/** A console on a connection that the test makes. */
const rig = (options: Omit<RigOptions, 'clock' | 'openSocket'> & Partial<RigOptions>) =>
  rigOf({ clock: systemClock, openSocket: fakeSockets().openSocket, ...options });

describe('a console that lets nobody in', () => {
  /** `result`: what it answers to the password, with its reason. */
  const refusing = async (result: number, words: string) => {
    let opened = 0;
    const openSocket: OpenSocket = (_url, _options, { onOpen, onData }) => {
      opened += 1;
      const reason = Buffer.from(words);
      const said = Buffer.concat([
        Buffer.from('RFB 003.008\n\x01\x02'),
        Buffer.alloc(16),
        Buffer.from([0, 0, 0, result, 0, 0, 0, reason.length]),
        reason,
      ]);
      queueMicrotask(() => {
        onOpen();
        onData(said);
      });
      return { send: () => Promise.resolve(), close: () => undefined } as unknown as ReturnType<OpenSocket>;
    };
    const answers = [ok({ url: 'wss://vnc.example/1', password: 'secret' })];
    const { consoles, sessionId, page, asked, ended } = rig({ answers, openSocket });
    consoles.attach(sessionId, page);
    return { sentence: await ended(), asked: asked.length, opened };
  };

  it.each([
    [2, 'Wait', ': “Wait”'],
    [2, '', ''],
    [1, 'Too many authentication failures', ': “Too many authentication failures”'],
    [1, 'too many '.repeat(100), ': “too many too many'],
  ])('since too many failed (%i, %j) says so, and is not tried again', async (result, words, said) => {
    const { sentence, asked, opened } = await refusing(result, words);
    expect(sentence).toContain(`takes no sign-in for a while, since too many have failed${said}`);
    expect(sentence).not.toContain('password');
    expect(sentence.length).toBeLessThan(400);
    expect([asked, opened]).toEqual([1, 1]);
  });

  it.each([
    ['No such console', ': “No such console”'],
    ['a\u202eb\u001b[2J', ': “a b [2J”'],
    // Says no more than that it refused.
    ['Authentication failed', ''],
    ['Authentication failure!', ''],
    ['Authentication: no password is set', ': “Authentication: no password is set”'],
  ])('for its password says why: %j', async (words, said) => {
    const { sentence, asked, opened } = await refusing(1, words);
    expect(sentence).toContain(`The console refused its password${said}, and the API gave the same one`);
    expect([asked, opened]).toEqual([2, 1]);
  });
});

describe('a console that cannot be opened', () => {
  it('says what the API says', async () => {
    const error = { kind: 'invalid', message: 'This instance is not running.', fields: {} } as const;
    const { consoles, page, sessionId, ended } = rig({ answers: [fail(error)] });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('This instance is not running.');
  });

  it('opens no address but wss, which the decoder calls drift', async () => {
    const { consoles, page, sessionId, ended } = rig({ answers: [fail({ kind: 'drift', message: 'x' })] });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('no encrypted address (wss)');
  });

  it('is cancelled, and takes nothing that is no message', async () => {
    const opened: string[] = [];
    const never: OpenSocket = (url) => {
      opened.push(url);
      return {
        send: () => Promise.resolve(),
        pause: () => undefined,
        resume: () => undefined,
        close: () => opened.push('closed'),
      };
    };
    const access = { url: 'wss://vnc.example/?token=abcdef', password: null };
    const { consoles, page, sessionId, state, ended } = rig({ answers: [ok(access)], openSocket: never });
    consoles.attach(sessionId, page);
    await vi.waitFor(() => expect(state()).toEqual({ phase: 'connecting' }));
    page.say({ type: 'nonsense' });
    page.say({ type: 'connect' });
    page.say({ type: 'cancel' });
    expect(await ended()).toContain('canceled');
    expect(opened).toEqual([access.url, 'closed']);
  });

  it.each([
    [
      Buffer.from('\0\0\0\0\x1aToo many security failures'),
      'takes no sign-in for a while, since too many have failed: “Too many security failures”.',
    ],
    [Buffer.from('\0\0\0\0\x1aToo many'), 'since too many have failed: “Too many”.'],
    [Buffer.from('\0'), 'refused the connection. Somebody else may have it open.'],
    [Buffer.from([2, 5, 19]), 'no way to sign in that the app knows. It offers RA2, VeNCrypt.'],
  ])('repeats why the server refuses, also where it hangs up in the middle', async (said, sentence) => {
    const refusing: OpenSocket = (_url, _options, { onOpen, onData, onEnd }) => {
      setImmediate(() => {
        onOpen();
        onData(Buffer.from('RFB 003.008\n'));
        onData(said);
        onEnd({ ending: { phase: 'ended', reason: 'closed', sentence: 'Closed.' }, isRefusedAccess: false });
      });
      const nothing = (): void => undefined;
      return { send: () => Promise.resolve(), pause: nothing, resume: nothing, close: nothing };
    };
    const access = { url: 'wss://vnc.example/', password: 'secret' };
    const { consoles, page, sessionId, ended } = rig({ answers: [ok(access)], openSocket: refusing });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain(sentence);
  });

  it('is given up after a while', async () => {
    const clock = new FakeTime();
    const never: OpenSocket = () => ({
      send: () => Promise.resolve(),
      pause: () => undefined,
      resume: () => undefined,
      close: () => undefined,
    });
    const consoles = createConsoles({
      ...{ clock, openSocket: never, mask: registerSecret },
      newSessionId: () => 'one' as SessionId,
      find: () => ({ accountId: account, title: 'web-1' }),
      ask: () => Promise.resolve(ok({ url: 'wss://vnc.example/', password: null })),
      roots: () => [],
      password: () => null,
      onChanged: () => undefined,
    });
    const sessionId = consoles.open(web);
    expect(sessionId !== null && consoles.attach(sessionId, new Page())).toBe(true);
    await clock.pass(15_000);
    expect(consoles.sessions()[0]?.state).toMatchObject({
      phase: 'ended',
      sentence: expect.stringContaining('did not answer within 15 s') as string,
    });
    consoles.closeAccount(account);
    expect(consoles.sessions()).toEqual([]);
    expect(consoles.attach('one' as SessionId, new Page())).toBe(false);
  });
});

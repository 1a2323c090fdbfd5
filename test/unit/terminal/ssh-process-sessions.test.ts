import { fallbackLocale, sameLocale } from '../../../preload/contract/locales.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import { SshProcess } from '../../../main/terminal/process/ssh-process.ts';
import type { FromSshProcess } from '../../../main/terminal/protocol.ts';
import type { AccountId, SessionId } from '../../../preload/contract/brands.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeConnection } from './fake-connection.ts';
import { FakeView } from './fake-view.ts';
import { signInOf, target } from './session-rig.ts';

vi.mock('../../../main/terminal/process/shell-connection.ts', async () => ({
  ShellConnection: (await import('./fake-connection.ts')).FakeConnection,
}));

const dayMs = 86_400_000;
const kibibyte = 1024;
const ada = 'ada' as AccountId;
const bob = 'bob' as AccountId;

describe('the sessions of the ssh process', () => {
  let clock: FakeClock;
  let told: FromSshProcess[];
  let collected: number;
  let ssh: SshProcess;

  beforeEach(() => {
    FakeConnection.made = [];
    clock = new FakeClock();
    told = [];
    collected = 0;
    ssh = new SshProcess({
      clock,
      limits: defaultLimits,
      surroundings: { env: {}, platform: 'linux', home: '/nowhere' },
      send: (message) => told.push(message),
      collectGarbage: () => (collected += 1),
    });
    ssh.receive(
      {
        type: 'start',
        knownHostsPath: '/nowhere/k',
        userKnownHostsPaths: [],
        systemKnownHostsPaths: [],
        scrollbackLines: 10,
        theme: 'evorxa-dark',
        reconnects: false,
        locales: sameLocale(fallbackLocale),
      },
      null,
    );
  });

  const open = (sessionId: string, accountId = ada): FakeConnection => {
    const of = { ...target, sessionId: sessionId as SessionId, accountId };
    ssh.receive({ type: 'open', target: of, endedState: null }, null);
    const made = FakeConnection.made.at(-1);
    if (made === undefined) throw new Error('No connection was made.');
    return made;
  };
  const attach = (sessionId: string): FakeView => {
    const view = new FakeView();
    ssh.receive({ type: 'attach', sessionId: sessionId as SessionId }, view);
    return view;
  };
  const expectKey = (accountId: AccountId): void => {
    const untilMs = clock.now() + dayMs;
    ssh.receive({ type: 'expect-new-key', accountId, host: target.host, port: target.port, untilMs }, null);
  };

  test('expect a new host key of their own account until one was accepted', () => {
    const [hers, his] = [open('s1'), open('s2', bob)];
    expect(hers.parts.expectsNewKey()).toBe(false);
    expectKey(ada);
    expect([hers.parts.expectsNewKey(), his.parts.expectsNewKey()]).toEqual([true, false]);
    expectKey(bob);
    hers.parts.newKeyTaken();
    expect([hers.parts.expectsNewKey(), his.parts.expectsNewKey()]).toEqual([false, true]);
    expect(told.at(-1)).toEqual({ type: 'new-key-taken', sessionId: 's1' });
  });

  test('answer with the colours that views draw with, those of before too', () => {
    const asks = Buffer.from('\u001b]11;?\u0007');
    const before = open('s1');
    ssh.receive({ type: 'theme', theme: 'nord' }, null);
    const sessions = { s1: before, s2: open('s2') };
    for (const [id, connection] of Object.entries(sessions)) {
      connection.listener.output(asks);
      // A view that comes has all parsed first.
      attach(id);
      expect(connection.done.at(-1)).toEqual(['write', '\u001b]11;rgb:2e2e/3434/4040\u001b\\']);
    }
  });

  test('expect none any more once their account is gone', () => {
    const [hers, his] = [open('s1'), open('s2', bob)];
    expectKey(ada);
    expectKey(bob);
    ssh.receive({ type: 'account-gone', accountId: ada }, null);
    expect([hers.parts.expectsNewKey(), his.parts.expectsNewKey()]).toEqual([false, true]);
  });

  test('tell main which key signed in', () => {
    open('s1');
    signInOf(open('s2')).keyWorked('SHA256:abc');
    expect(told.at(-1)).toEqual({ type: 'authenticated', sessionId: 's2', keyFingerprint: 'SHA256:abc' });
  });

  test('ask for a saved secret each by a number of its own, and are answered by it', async () => {
    const [first, second] = [open('s1'), open('s2')];
    const answers = [signInOf(first).savedSecret('password'), signInOf(second).savedSecret('password')];
    const wanted = told.flatMap((message) => (message.type === 'secret-wanted' ? [message] : []));
    expect(wanted.map(({ sessionId }) => sessionId)).toEqual(['s1', 's2']);
    for (const { requestId, sessionId } of wanted.toReversed())
      ssh.receive({ type: 'secret', requestId, secret: `of ${sessionId}` }, null);
    expect(await Promise.all(answers)).toEqual(['of s1', 'of s2']);
  });

  describe('after a flood', () => {
    const mebibyte = 1024 * kibibyte;
    const rests = (view: FakeView): number => view.got.filter(({ type }) => type === 'rest').length;
    const flood = (of: FakeConnection, bytes: number): void => {
      for (let left = bytes; left > 0; left -= mebibyte)
        of.listener.output(Buffer.alloc(Math.min(left, mebibyte), 'x'));
    };

    test('give back what it left, once nothing came for three seconds', () => {
      const flooding = open('s1');
      open('s2');
      const [view, other] = [attach('s1'), attach('s2')];
      flood(flooding, 16 * mebibyte);
      clock.advance(2_000);
      flooding.listener.output(Buffer.from('prompt'));
      clock.advance(2_999);
      expect([rests(view), collected]).toEqual([0, 0]);
      clock.advance(1);
      expect([rests(view), rests(other), collected]).toEqual([1, 0, 1]);
      clock.advance(60_000);
      expect([rests(view), collected]).toEqual([1, 1]);
    });

    test('wait until nobody types', () => {
      const flooding = open('s1');
      open('s2');
      attach('s1');
      const typist = attach('s2');
      flood(flooding, 16 * mebibyte);
      clock.advance(2_000);
      typist.say({ type: 'data', text: 'x' });
      clock.advance(1_000);
      expect(collected).toBe(0);
      clock.advance(3_000);
      expect(collected).toBe(1);
    });

    test('give nothing back where little came', () => {
      const flooding = open('s1');
      const view = attach('s1');
      flood(flooding, 16 * mebibyte - 1);
      clock.advance(60_000);
      expect([rests(view), collected, clock.pending]).toEqual([0, 0, 0]);
    });
  });

  test('get their output in small parts for two seconds after somebody typed in any of them', () => {
    const flood = open('s1');
    open('s2');
    const view = attach('s1');
    const typist = attach('s2');
    /** The parts, in KiB, in which 200 KiB come that a program writes at once. */
    const parts = (): number[] => {
      const before = view.got.length;
      // The first bytes after a silence leave at once.
      clock.advance(100);
      flood.listener.output(Buffer.from('x'));
      for (let count = 0; count < 25; count += 1) flood.listener.output(Buffer.alloc(8 * kibibyte, 'x'));
      clock.advance(16);
      const sizes = view.got
        .slice(before)
        .flatMap((message) => (message.type === 'output' ? [message.bytes.length / kibibyte] : []));
      view.say({ type: 'ack', bytes: view.outputBytes });
      return sizes.slice(1);
    };
    flood.listener.opened();
    expect(parts()).toEqual([200]);
    typist.say({ type: 'data', text: 'l' });
    expect(parts()).toEqual([64, 64, 64, 8]);
    // What is written next comes when exactly two seconds are over, then a millisecond before.
    clock.advance(2_000 - 116 - 100);
    expect(parts()).toEqual([200]);
    typist.say({ type: 'data', text: 's' });
    clock.advance(1_999 - 100);
    expect(parts()[0]).toBe(64);
  });
});

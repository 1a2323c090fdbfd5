import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as endings from '../../../main/terminal/process/disconnect-reason.ts';
import { FakeConnection } from './fake-connection.ts';
import { SessionRig, target } from './session-rig.ts';

vi.mock('../../../main/terminal/process/shell-connection.ts', async () => ({
  ShellConnection: (await import('./fake-connection.ts')).FakeConnection,
}));

const mebibyte = 1024 * 1024;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a session', () => {
  let rig: SessionRig;
  beforeEach(() => {
    rig = new SessionRig();
  });

  describe('connects', () => {
    test('once, however often it is asked to', () => {
      expect(FakeConnection.made).toEqual([]);
      rig.session.connect();
      rig.session.connect();
      expect(FakeConnection.made).toHaveLength(1);
      expect(rig.connection.target).toBe(target);
      expect(rig.connection.done).toEqual(['start']);
    });

    test('and tells each phase with the time at which it began', () => {
      const view = rig.attach();
      rig.session.connect();
      const { listener } = rig.connection;
      rig.clock.advance(5);
      listener.phase('connecting', null);
      rig.clock.advance(5);
      listener.phase('authenticating', null);
      rig.clock.advance(5);
      listener.opened();
      rig.clock.advance(5);
      listener.latency(12);
      expect(rig.told).toEqual([
        ['connecting', 1_000_005],
        ['authenticating', 1_000_010],
        ['open', 1_000_015],
        ['open', 1_000_015],
      ]);
      expect(view.got.filter(({ type }) => type === 'state')).toEqual([
        { type: 'state', state: { phase: 'resolving' }, sinceMs: 1_000_000 },
        { type: 'state', state: { phase: 'connecting' }, sinceMs: 1_000_005 },
        { type: 'state', state: { phase: 'authenticating' }, sinceMs: 1_000_010 },
        { type: 'state', state: { phase: 'open', latencyMs: null }, sinceMs: 1_000_015 },
        { type: 'state', state: { phase: 'open', latencyMs: 12 }, sinceMs: 1_000_015 },
      ]);
    });

    test('again at the word of a view, once it has ended, and not where that must not be', () => {
      const view = rig.attach();
      rig.open();
      view.say({ type: 'reconnect' });
      expect(FakeConnection.made).toHaveLength(1);
      rig.connection.listener.ended(endings.cancelled());
      view.say({ type: 'reconnect' });
      expect(FakeConnection.made).toHaveLength(2);
      rig.connection.listener.ended(endings.hostKeyRevoked('web', 'SHA256:x'));
      view.say({ type: 'reconnect' });
      expect(FakeConnection.made).toHaveLength(2);
    });

    test('asks the connection for a sign of life after a wake', () => {
      rig.session.probe();
      rig.open();
      rig.session.probe();
      expect(rig.done()).toEqual(['probe']);
    });
  });

  describe('is told by its view', () => {
    test('what was typed, as UTF-8 or byte by byte, and that somebody types', () => {
      const view = rig.attach();
      view.say({ type: 'data', text: 'lost' });
      rig.open();
      view.say({ type: 'data', text: 'é' });
      view.say({ type: 'binary', latin1: 'é' });
      expect(rig.done()).toEqual([
        ['write', '\u00c3\u00a9'],
        ['write', '\u00e9'],
      ]);
      expect(rig.typed).toBe(3);
    });

    test('its size, which the shell gets, each once', () => {
      const view = rig.attach();
      rig.open();
      const { windowSize } = rig.connection.listener;
      expect(windowSize()).toEqual({ columns: 80, rows: 24 });
      view.say({ type: 'resize', columns: 80, rows: 24 });
      view.say({ type: 'resize', columns: 81, rows: 24 });
      view.say({ type: 'resize', columns: 81, rows: 24 });
      view.say({ type: 'resize', columns: 81, rows: 25 });
      expect(rig.done()).toEqual([
        ['resize', 81, 24],
        ['resize', 81, 25],
      ]);
      expect(windowSize()).toEqual({ columns: 81, rows: 25 });
      expect(rig.attach().got[1]).toMatchObject({ type: 'restore', columns: 81, rows: 25 });
    });

    test('that it is to stop connecting, and not once it is open', () => {
      const view = rig.attach();
      rig.session.connect();
      view.say({ type: 'cancel' });
      expect(rig.done()).toEqual(['start', 'end']);
      expect(view.states.at(-1)).toMatchObject({ phase: 'ended', reason: 'cancelled', retryable: true });
      rig.open();
      view.say({ type: 'cancel' });
      expect(rig.done()).toEqual([]);
    });

    test('nothing any more once another one has come, or it is gone', () => {
      const first = rig.attach();
      const second = rig.attach();
      rig.open();
      expect([first.isClosed, second.isClosed]).toEqual([true, false]);
      first.say({ type: 'data', text: 'x' });
      // The first one's port says so late.
      first.leave();
      rig.output('shown');
      expect([first.output, second.output]).toEqual(['', 'shown']);
      second.leave();
      second.say({ type: 'data', text: 'x' });
      rig.output('hidden');
      expect(second.output).toBe('shown');
      expect(rig.done()).toEqual([]);
      expect(rig.typed).toBe(0);
      expect(rig.attach().restored).toContain('shownhidden');
    });
  });

  describe('shows', () => {
    test('what the server says before the session, in lines of their own', () => {
      const view = rig.attach();
      rig.session.connect();
      rig.connection.listener.said('Welcome\nBe good');
      expect(view.output).toBe('Welcome\r\nBe good\r\n');
    });

    test('a view that comes first its state, then the terminal, then what is new', () => {
      rig.open();
      rig.output('before');
      const view = rig.attach();
      rig.output('after');
      expect(view.got.map(({ type }) => type)).toEqual(['state', 'restore', 'output']);
      expect(view.states).toEqual([{ phase: 'open', latencyMs: null }]);
      expect(view.restored).toContain('before');
      expect(view.output).toBe('after');
    });

    test('the answers of a terminal without a view to the program, and leaves them to a view', async () => {
      rig.open();
      rig.output('\u001b[5n');
      await vi.waitUntil(() => rig.connection.done.length > 0);
      expect(rig.done()).toEqual([['write', '\u001b[0n']]);
      const view = rig.attach();
      rig.output('\u001b[5n');
      view.say({ type: 'ack', bytes: 4 });
      view.leave();
      await turn();
      expect(rig.attach().restored).not.toContain('\u001b[5n');
      expect(rig.done()).toEqual([]);
    });
  });

  describe('ends', () => {
    test('after all that was shown, with what takes back what the program had set', () => {
      const view = rig.attach();
      rig.open();
      rig.output('a');
      rig.output('b\u001b[?2004h');
      rig.connection.listener.ended(endings.lostNoAnswer(45_000));
      expect(view.output.startsWith('ab\u001b[?2004h')).toBe(true);
      expect(view.output).toContain('\u001b[!p');
      expect(view.got.at(-1)).toEqual({
        type: 'state',
        state: {
          phase: 'ended',
          reason: 'lost',
          sentence: 'The connection was lost: no answer for 45 s. Press Enter to connect again.',
          retryable: true,
        },
        sinceMs: 1_000_000,
      });
      view.say({ type: 'data', text: 'x' });
      expect(rig.done()).toEqual([]);
      expect(rig.attach().restored).not.toContain('\u001b[?2004h');
    });

    test('without a word more where the program has said nothing', () => {
      const view = rig.attach();
      rig.session.connect();
      rig.connection.listener.said('Welcome');
      rig.connection.listener.ended(endings.cancelled());
      expect(view.output).toBe('Welcome\r\n');
      rig.open();
      rig.output('x');
      rig.connection.listener.ended(endings.cancelled());
      const { length } = view.output;
      rig.session.connect();
      rig.connection.listener.ended(endings.cancelled());
      expect(view.output).toHaveLength(length);
    });

    test('with all output, however much of it the view has not drawn', () => {
      const view = rig.attach();
      rig.open();
      rig.output(Buffer.alloc(4.5 * mebibyte, 'x'));
      expect(view.outputBytes).toBeLessThan(4.5 * mebibyte);
      rig.connection.listener.ended(endings.cancelled());
      expect(view.outputBytes).toBeGreaterThan(4.5 * mebibyte);
      // The next one owes nothing.
      rig.open();
      rig.output('next');
      rig.clock.advance(16);
      expect(view.output.endsWith('next')).toBe(true);
    });

    test('for good: its connection, and its view', () => {
      const view = rig.attach();
      rig.open();
      rig.session.close();
      expect(rig.done()).toEqual(['end']);
      expect(view.states.at(-1)).toEqual({
        phase: 'ended',
        reason: 'closed',
        sentence: 'The session was closed.',
        retryable: false,
      });
      expect(view.isClosed).toBe(true);
      const { length } = view.got;
      rig.session.connect();
      rig.connection.listener.phase('connecting', null);
      expect(view.got).toHaveLength(length);
    });
  });

  describe('whose host key changed', () => {
    const changed = {
      phase: 'ended',
      reason: 'host-key-changed',
      sentence: 'Changed.',
      retryable: false,
    } as const;

    test.each([
      ['was forgotten', () => rig.session.hostKeyForgotten(), 'was forgotten; the next connection asks'],
      ['is expected', () => rig.session.newKeyExpected(), 'one new host key is expected'],
    ])('may be tried again once it %s', (_what, news, words) => {
      rig = new SessionRig(changed);
      news();
      const view = rig.attach();
      expect(view.states).toEqual([
        {
          phase: 'ended',
          reason: 'host-key-rejected',
          sentence: expect.stringContaining(words) as string,
          retryable: true,
        },
      ]);
    });

    test.each([
      ['was forgotten', () => rig.session.hostKeyForgotten()],
      ['is expected', () => rig.session.newKeyExpected()],
    ])('is not what ended another one: it %s', (_what, news) => {
      rig = new SessionRig({ ...changed, reason: 'host-key-revoked' });
      news();
      expect(rig.attach().states).toMatchObject([{ reason: 'host-key-revoked' }]);
      rig = new SessionRig();
      news();
      expect(rig.attach().states).toEqual([{ phase: 'resolving' }]);
      expect(rig.told).toEqual([]);
    });
  });
});

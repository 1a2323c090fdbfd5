import { fallbackLocale, sameLocale } from '../../../preload/contract/locales.ts';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import { SshProcess } from '../../../main/terminal/process/ssh-process.ts';
import type { EndedState, FromSshProcess, SessionTarget } from '../../../main/terminal/protocol.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeView } from './fake-view.ts';
import { setRouting } from '../../support/ssh-process.ts';

const dayMs = 86_400_000;
const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh';

/** A view's end, with the text that it was restored from. */
class FakePort extends FakeView {
  get text(): string {
    return this.got
      .map((message) => (message.type === 'restore' ? Buffer.from(message.bytes).toString() : ''))
      .join('');
  }
}

const changed: EndedState = {
  phase: 'ended',
  reason: 'host-key-changed',
  sentence: 'Changed.',
  retryable: false,
};

describe('the ssh process', () => {
  let clock: FakeClock;
  let folder: string;
  let knownHostsPath: string;
  let told: FromSshProcess[];
  let ssh: SshProcess;

  beforeEach(() => {
    clock = new FakeClock();
    folder = mkdtempSync(join(tmpdir(), 'ssh-process-'));
    knownHostsPath = join(folder, 'known_hosts');
    told = [];
    ssh = new SshProcess({
      clock,
      limits: defaultLimits,
      surroundings: { env: {}, platform: 'linux', home: folder },
      send: (message) => told.push(message),
      collectGarbage: () => undefined,
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (): void =>
    ssh.receive(
      {
        type: 'start',
        knownHostsPath,
        userKnownHostsPaths: [],
        systemKnownHostsPaths: [],
        scrollbackLines: 10,
        theme: 'evorxa-dark',
        reconnects: false,
        locales: sameLocale(fallbackLocale),
      },
      null,
    );
  const target = (changes: Partial<SessionTarget> = {}): SessionTarget => ({
    sessionId: 's1' as SessionId,
    kind: 'shell',
    accountId: 'ada' as AccountId,
    instanceId: 'web' as InstanceId,
    host: '127.0.0.1',
    port: 1,
    user: 'root',
    auth: { method: 'password' },
    preferredKey: null,
    routing: setRouting,
    ...changes,
  });
  const open = (changes: Partial<SessionTarget> = {}, endedState: EndedState | null = changed): void =>
    ssh.receive({ type: 'open', target: target(changes), endedState }, null);
  const attach = (sessionId = 's1'): FakePort => {
    const port = new FakePort();
    ssh.receive({ type: 'attach', sessionId: sessionId as SessionId }, port);
    return port;
  };
  const states = (): unknown[] =>
    told.flatMap((message) => (message.type === 'state' ? [[message.sessionId, message.state.phase]] : []));

  test('says that it is ready once it was started, and opens nothing before', () => {
    expect(() => open()).toThrow('The ssh process was not started');
    expect(told).toEqual([]);
    start();
    expect(told).toEqual([{ type: 'ready' }]);
  });

  test('a session that a former process had stays ended, and tells a view how', () => {
    start();
    open();
    clock.advance(5_000);
    const port = attach();
    expect(port.got[0]).toEqual({ type: 'state', state: changed, sinceMs: 1_000_000 });
    expect(port.got[1]).toMatchObject({ type: 'restore', columns: 80, rows: 24 });
    expect(port.got).toHaveLength(2);
    expect(states()).toEqual([]);
  });

  test('a new session connects', () => {
    start();
    open({}, null);
    expect(states()).toEqual([['s1', 'resolving']]);
    open({ sessionId: 's2' as SessionId, host: 'no-such-host.invalid' }, null);
    expect(states()).toEqual([
      ['s1', 'resolving'],
      ['s2', 'resolving'],
    ]);
    ssh.receive({ type: 'close', sessionId: 's1' as SessionId }, null);
    ssh.receive({ type: 'close', sessionId: 's2' as SessionId }, null);
    expect(states().slice(2)).toEqual([
      ['s1', 'ended'],
      ['s2', 'ended'],
    ]);
  });

  test('a view of a session that is not there is closed, and one is let go for the next', () => {
    start();
    expect(attach('s9').isClosed).toBe(true);
    open();
    ssh.receive({ type: 'attach', sessionId: 's1' as SessionId }, null);
    const first = attach();
    const second = attach();
    expect([first.isClosed, second.isClosed]).toEqual([true, false]);
    ssh.receive({ type: 'close', sessionId: 's1' as SessionId }, null);
    expect(second.isClosed).toBe(true);
    expect(attach().isClosed).toBe(true);
  });

  test('a session is connected again only where that may be, and only by the view that is there', () => {
    start();
    open();
    const port = attach();
    port.say({ type: 'reconnect' });
    expect(states()).toEqual([]);
    open({ sessionId: 's2' as SessionId }, { ...changed, reason: 'lost', retryable: true });
    const old = attach('s2');
    const now = attach('s2');
    old.say({ type: 'reconnect' });
    expect(states()).toEqual([]);
    now.say({ type: 'reconnect' });
    now.say({ type: 'reconnect' });
    expect(states()).toEqual([['s2', 'resolving']]);
    now.say({ type: 'cancel' });
    expect(states()).toEqual([
      ['s2', 'resolving'],
      ['s2', 'ended'],
    ]);
    expect(now.got.at(-1)).toMatchObject({ type: 'state', state: { reason: 'cancelled' } });
  });

  test('the size of a view is that of the terminal for the next one', () => {
    start();
    open();
    attach().say({ type: 'resize', columns: 101, rows: 31 });
    expect(attach().got[1]).toMatchObject({ columns: 101, rows: 31 });
  });

  describe('forgets a host key', () => {
    const forget = async (requestId = 7, port = 1): Promise<void> => {
      const request = { kind: 'forget-host-key', host: '127.0.0.1', port } as const;
      ssh.receive({ type: 'request', requestId, request }, null);
      await vi.waitUntil(() => told.some((message) => message.type === 'answer'));
    };

    test('in the list, and for the sessions that it stopped at that address', async () => {
      writeFileSync(knownHostsPath, `[127.0.0.1]:1 ssh-ed25519 ${key}\n[127.0.0.1]:2 ssh-ed25519 ${key}\n`);
      start();
      open();
      open({ sessionId: 's2' as SessionId, port: 2 });
      open({ sessionId: 's3' as SessionId, host: '127.0.0.2' });
      open({ sessionId: 's4' as SessionId }, { ...changed, reason: 'lost', retryable: true });
      await forget();
      expect(readFileSync(knownHostsPath, 'utf8')).toBe(`[127.0.0.1]:2 ssh-ed25519 ${key}\n`);
      expect(told.slice(1)).toMatchObject([
        {
          type: 'state',
          sessionId: 's1',
          state: { phase: 'ended', reason: 'host-key-rejected', retryable: true },
        },
        { type: 'answer', requestId: 7, answer: { ok: true } },
      ]);
      expect(JSON.stringify(told)).toContain('The host key that this app trusted was forgotten');
    });

    test('not where the list cannot be changed', async () => {
      mkdirSync(knownHostsPath);
      start();
      open();
      await forget(8);
      const error = { kind: 'refused', message: 'EISDIR' };
      expect(told.slice(1)).toEqual([{ type: 'answer', requestId: 8, answer: { ok: false, error } }]);
    });
  });

  describe('expects a new host key', () => {
    const expectKey = (untilMs: number, changes: object = {}): void =>
      ssh.receive(
        {
          type: 'expect-new-key',
          accountId: 'ada' as AccountId,
          host: '127.0.0.1',
          port: 1,
          untilMs,
          ...changes,
        },
        null,
      );

    test('and says so to what it had stopped: of that account, at that address, on that day', () => {
      start();
      open();
      open({ sessionId: 's2' as SessionId, accountId: 'bob' as AccountId });
      open({ sessionId: 's3' as SessionId, port: 2 });
      open({ sessionId: 's4' as SessionId }, { ...changed, reason: 'host-key-revoked' });
      expectKey(clock.now() - 1);
      expect(states()).toEqual([]);
      expectKey(clock.now() + dayMs);
      expect(states()).toEqual([['s1', 'ended']]);
      expect(JSON.stringify(told)).toContain('one new host key is expected');
    });
  });
});

import { fallbackLocale, sameLocale } from '../../../preload/contract/locales.ts';
import { describe, expect, it } from 'vitest';
import { createExpectedHostKeys } from '../../../main/terminal/expected-host-keys.ts';
import { createFreshLogins } from '../../../main/terminal/fresh-logins.ts';
import { isExpectedAt } from '../../../main/terminal/expected-until.ts';
import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import { SshProcess } from '../../../main/terminal/process/ssh-process.ts';
import type { ToSshProcess } from '../../../main/terminal/protocol.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { setRouting } from '../../support/ssh-process.ts';

const ada = 'ada' as AccountId;
const host = { accountId: ada, host: '203.0.113.42', port: 22 };
const hourMs = 3_600_000;

describe('a host key that is expected', () => {
  it('is expected of that address alone, across a restart, until it was taken', () => {
    const files = new FakeAccountFiles();
    createExpectedHostKeys(files, () => 0).expect(host);
    const next = createExpectedHostKeys(files, () => hourMs);
    expect(next.expectedUntilMs(host)).toBe(86_400_000);
    expect(next.expectedUntilMs({ ...host, port: 2222 })).toBeNull();
    expect(next.expectedUntilMs({ ...host, host: '203.0.113.43' })).toBeNull();
    expect(next.expectedUntilMs({ ...host, accountId: 'bob' as AccountId })).toBeNull();
    next.taken(host);
    expect(next.expectedUntilMs(host)).toBeNull();
    expect(createExpectedHostKeys(files, () => hourMs).expectedUntilMs(host)).toBeNull();
  });

  it('is a stranger’s after a day, and goes with its account', () => {
    let nowMs = 0;
    const keys = createExpectedHostKeys(new FakeAccountFiles(), () => nowMs);
    keys.expect(host);
    nowMs = 24 * hourMs - 1;
    expect(keys.expectedUntilMs(host)).toBe(86_400_000);
    nowMs = 24 * hourMs;
    expect(keys.expectedUntilMs(host)).toBeNull();
    keys.expect(host);
    keys.forgetAccount(ada);
    expect(keys.expectedUntilMs(host)).toBeNull();
  });

  it('is not read from what is none', () => {
    const files = new FakeAccountFiles();
    files.of(ada).set('expectedHostKeys', [null, { host: 1, port: 22, sinceMs: 0 }]);
    expect(createExpectedHostKeys(files, () => 0).expectedUntilMs(host)).toBeNull();
  });
});

describe('the day in which a new host key is expected', () => {
  it.each([
    [86_400_000, 0, true],
    [86_400_000, 86_399_999, true],
    [86_400_000, 86_400_000, false],
    [86_400_000, 90_000_000, false],
    // The clock was set back since: it does not lengthen the day.
    [86_400_000, -1, false],
    [Number.MAX_SAFE_INTEGER, 0, false],
    [Number.NaN, 0, false],
  ])('until %d, at %d: %s', (untilMs, nowMs, expected) => {
    expect(isExpectedAt(untilMs, nowMs)).toBe(expected);
  });
});

describe('the ssh process', () => {
  const untilMs = 86_400_000;
  /** What a session that a changed key has ended says to each message. */
  const heard = (nowMs: number, ...messages: readonly ToSshProcess[]): readonly string[] => {
    const said: string[] = [];
    const sshProcess = new SshProcess({
      clock: { now: () => nowMs, monotonicMs: () => 0, setTimeout: () => () => undefined },
      limits: defaultLimits,
      surroundings: { env: {}, platform: 'linux', home: '/nowhere' },
      send: (message) => {
        if (message.type === 'state' && message.state.phase === 'ended') said.push(message.state.sentence);
      },
      collectGarbage: () => undefined,
    });
    const start = {
      type: 'start',
      knownHostsPath: '/nowhere/known_hosts',
      userKnownHostsPaths: [],
      systemKnownHostsPaths: [],
      scrollbackLines: 10,
      theme: 'evorxa-dark',
      reconnects: false,
      locales: sameLocale(fallbackLocale),
    } as const;
    const sessionId = 's1' as SessionId;
    const target = {
      ...host,
      sessionId,
      instanceId: 'web' as InstanceId,
      user: 'root',
      auth: { method: 'auto' } as const,
      kind: 'shell' as const,
      preferredKey: null,
      routing: setRouting,
    };
    const endedState = {
      phase: 'ended',
      reason: 'host-key-changed',
      sentence: 'Changed.',
      retryable: false,
    } as const;
    for (const message of [start, { type: 'open', target, endedState } as const, ...messages])
      sshProcess.receive(message, null);
    sshProcess.receive({ type: 'close', sessionId }, null);
    return said;
  };
  const expecting = { type: 'expect-new-key', ...host, untilMs } as const;

  it('lets a session go on whose server’s new key is expected', () => {
    expect(heard(0, expecting)).toEqual([expect.stringContaining('one new host key is expected')]);
  });

  it.each([
    ['when the day is over', 86_400_000, expecting],
    ['for another account', 0, { ...expecting, accountId: 'bob' as AccountId }],
    ['at another port', 0, { ...expecting, port: 2222 }],
  ] as const)('does not %s', (_when, nowMs, message) => {
    expect(heard(nowMs, message)).toEqual([]);
  });
});

describe('a fresh password', () => {
  const owner = { ...host, instanceId: 'web' as InstanceId, user: 'root', isJumpHost: false };
  const logins = () => createFreshLogins((_account, id) => (id === 'web' ? 'S3cret' : null));

  it('goes to the login that it was made for', () => {
    const fresh = logins();
    expect(fresh.passwordFor(owner)).toBeNull();
    fresh.allow(owner);
    expect(fresh.passwordFor(owner)).toBe('S3cret');
  });

  it.each([
    { host: '198.51.100.9' },
    { port: 2222 },
    { user: 'deploy' },
    { isJumpHost: true },
    { accountId: 'bob' as AccountId },
  ])('goes nowhere else: %j', (change) => {
    const fresh = logins();
    fresh.allow(owner);
    expect(fresh.passwordFor({ ...owner, ...change })).toBeNull();
  });

  it('goes nowhere once it is no longer held', () => {
    const fresh = createFreshLogins(() => null);
    fresh.allow(owner);
    expect(fresh.passwordFor(owner)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import {
  goneNotices,
  ignoredNotices,
  joinBurst,
  lowBalanceNotice,
  stateNotices,
  unreachableNotice,
  withReachability,
  type Change,
  type NoticeContext,
} from '../../../main/domain/index.ts';
import type { Instance, InstanceState, StateKind } from '../../../preload/contract/instance.ts';
import { noticeKinds, type Notice } from '../../../preload/contract/snapshot.ts';
import { accountId, cents } from '../monitor/builders.ts';
import { clockOf, instance } from './samples.ts';

const nowMs = Date.UTC(2026, 4, 14, 15);
const sinceMs = Date.UTC(2026, 4, 14, 14, 30);
const since = clockOf(sinceMs);

const context = (own: readonly StateKind[] = []): NoticeContext => ({
  accountId,
  nowMs,
  isOwn: (_instance, kind) => own.includes(kind),
});

/** The server `web` in a state that began at `sinceMs`. */
function web(kind: StateKind, more: Partial<Instance> = {}): Instance {
  const made = instance('web', kind, more);
  return { ...made, state: { ...made.state, sinceMs } };
}

const state = (kind: StateKind, word: string): InstanceState => ({ kind, word, detail: null, sinceMs: null });

/** What is told of a server that came from a state, or from none, to rest in another. */
function told(from: InstanceState | null, to: Instance, own: readonly StateKind[] = []): Notice | null {
  const notices = stateNotices([{ from, instance: to }], context(own));
  expect(notices.length).toBeLessThanOrEqual(1);
  return notices[0] ?? null;
}

const running = state('running', 'Running');
const stopped = state('stopped', 'Stopped');
const provisioning = state('transition', 'Provisioning');

describe('the notice of a state', () => {
  it('of a server that stopped by itself says so in full', () => {
    expect(told(running, web('stopped'))).toEqual({
      key: `${accountId}/web/stopped/${sinceMs}`,
      kind: 'stopped',
      title: 'web stopped',
      body: `This app did not ask for it. It is still billed. Since ${since}.`,
      instanceId: 'web',
      atMs: nowMs,
    });
  });

  it('of a server that started says how it was before', () => {
    expect(told(stopped, web('running'))).toMatchObject({
      kind: 'started',
      title: 'web is running',
      body: `It was stopped before. Since ${since}.`,
    });
    expect(told(state('suspended', 'Suspended'), web('running'))?.body).toContain('It was suspended before.');
  });

  it('of one that is suspended says where it is reactivated', () => {
    expect(told(running, web('suspended'))).toMatchObject({
      kind: 'suspended',
      title: 'web is suspended',
      body: `Reactivate it under Plan & system. Since ${since}.`,
    });
  });

  it('of one that failed quotes what Evorxa says, also of one that is new', () => {
    const failed = web('failed', { status: 'build_failed' });
    const body = `Its operating system could not be installed. Evorxa reports “build_failed”. Reinstall or delete it under Plan & system. Since ${since}.`;
    expect(told(provisioning, failed)).toMatchObject({ kind: 'failed', title: 'web failed', body });
    expect(told(null, failed)?.body).toBe(body);
  });

  it('of one that was built says where it runs, as far as that is known', () => {
    expect(told(provisioning, web('running'))).toMatchObject({
      kind: 'provisioned',
      title: 'web is ready',
      body: 'It is running at 203.0.113.42.',
    });
    expect(told(null, web('running', { mainIp: null }))?.body).toBe('It is running.');
    // What the user asked for here is ready all the same: for that one waits.
    expect(told(state('transition', 'Reinstalling'), web('running'), ['running'])?.kind).toBe('provisioned');
  });

  it('of one that only starts is not that of one that was built', () => {
    expect(told(state('transition', 'Starting'), web('running'))).toMatchObject({
      kind: 'started',
      body: `It was starting before. Since ${since}.`,
    });
  });

  it('says no time where none is known: then the key has that of the notice', () => {
    expect(told(running, instance('web', 'stopped'))).toMatchObject({
      key: `${accountId}/web/stopped/${nowMs}`,
      body: 'This app did not ask for it. It is still billed.',
    });
  });

  it.each<[string, InstanceState | null, StateKind, readonly StateKind[]]>([
    ['a start that was asked for here', stopped, 'running', ['running']],
    ['a stop that was asked for here', running, 'stopped', ['stopped']],
    ['a deletion that was taken back', state('deletion', 'Deletion scheduled'), 'running', []],
    ['a state that was not known before', state('unknown', 'hibernated'), 'running', []],
    ['a server that was there stopped when it was first seen', null, 'stopped', []],
    ['a server that was there suspended when it was first seen', null, 'suspended', []],
    ['a deletion', running, 'deletion', []],
    ['a transition', running, 'transition', []],
    ['a state that is not known', running, 'unknown', []],
  ])('is none for %s', (_what, from, to, own) => {
    expect(told(from, web(to), own)).toBeNull();
  });

  it('is one for each instance', () => {
    const others = ['a', 'b'].map((id) => ({ from: running, instance: instance(id, 'stopped') }));
    expect(stateNotices(others, context()).map(({ title }) => title)).toEqual(['a stopped', 'b stopped']);
  });
});

describe('a new server whose SSH port was tried', () => {
  const address = '198.51.100.7';

  it.each([
    [{ kind: 'answers', address }, 'It answers on SSH at 198.51.100.7.'],
    [
      { kind: 'not-ssh', address },
      'It is running at 203.0.113.42. Its SSH port accepts connections but did not answer as SSH.',
    ],
    [
      { kind: 'refuses', address },
      'It is running at 203.0.113.42. Its SSH server refuses connections from this address for now.',
    ],
    [{ kind: 'silent' }, 'It is running at 203.0.113.42. It does not answer on SSH yet.'],
  ] as const)('%j: %s', (found, body) => {
    const notice = told(provisioning, web('running'));
    expect(notice && withReachability(notice, found)).toEqual({ ...notice, body });
  });
});

describe('a server that is gone', () => {
  const gone: readonly Change[] = [
    { kind: 'balance', fromCents: cents(1), toCents: cents(2) },
    { kind: 'gone', instance: instance('web') },
  ];

  it('is told as news, or as confirmed where it was deleted here', () => {
    expect(goneNotices(gone, context())).toEqual([
      {
        key: `${accountId}/web/gone`,
        kind: 'gone',
        title: 'web is gone',
        body: 'It is no longer in the account.',
        instanceId: 'web',
        atMs: nowMs,
      },
    ]);
    expect(goneNotices(gone, context(['deletion']))).toMatchObject([
      {
        title: 'web was deleted',
        body: 'Evorxa confirms it: it is no longer in the account.',
      },
    ]);
    // What was asked for here was something else.
    expect(goneNotices(gone, context(['stopped']))).toMatchObject([{ title: 'web is gone' }]);
  });
});

it('a server that ignores its shutdown is told of with what stops it', () => {
  const found: readonly Change[] = [
    { kind: 'gone', instance: instance('other') },
    { kind: 'shutdown-ignored', instance: instance('web') },
  ];
  expect(ignoredNotices(found, context())).toEqual([
    {
      key: `${accountId}/web/shutdown-ignored/${nowMs}`,
      kind: 'shutdown-ignored',
      title: 'web still runs',
      body: 'It was asked to shut down. Power off stops it at once, as if the plug were pulled: unsaved data is lost.',
      instanceId: 'web',
      atMs: nowMs,
    },
  ]);
});

describe('many notices at once', () => {
  const many = (...kinds: readonly Notice['kind'][]): readonly Notice[] =>
    kinds.map((kind, index) => ({
      key: `k-${index}`,
      kind,
      title: kind,
      body: '',
      instanceId: null,
      atMs: nowMs,
    }));

  it('are told one by one up to three', () => {
    const three = many('stopped', 'failed', 'gone');
    expect(joinBurst(three, context())).toBe(three);
    expect(joinBurst([], context())).toEqual([]);
  });

  it('are one from four on, which counts them by what happened', () => {
    expect(joinBurst(many('stopped', 'gone', 'stopped', 'failed'), context())).toEqual([
      {
        key: `${accountId}/burst/${nowMs}`,
        kind: 'burst',
        title: '4 instances changed state',
        body: '2 stopped, 1 gone, 1 failed.',
        instanceId: null,
        atMs: nowMs,
      },
    ]);
    const thousands = Array.from({ length: 1_200 }, () => 'stopped' as const);
    expect(joinBurst(many(...thousands), context())).toMatchObject([
      { title: '1,200 instances changed state', body: '1,200 stopped.' },
    ]);
  });

  it('has a word of its own for each kind that can be one of them', () => {
    const [joined] = joinBurst(many(...noticeKinds), context());
    expect(joined?.body).toBe(
      '1 ready, 1 stopped, 1 running, 1 suspended, 1 failed, 1 still running, 1 gone, 1 low, 1 short of money, ' +
        '1 not paid for, 1 paid for, 1 unreachable, 1 answered, 1 above a limit, 1 back to normal, ' +
        '1 with a new certificate, 1 without a certificate, ' +
        '1 with another WAF app, 1 with a WAF app whose firewall was turned off, ' +
        '1 with a firewall change that was taken back, 1 with a firewall change that could not be taken back, ' +
        '1 with an automatic rule that changed, 1 with an automatic rule to look at, 1 changed.',
    );
  });
});

describe('a wallet that falls', () => {
  const limit = cents(1000);
  const falls = (fromCents: number, toCents: number) =>
    lowBalanceNotice(
      { kind: 'balance', fromCents: cents(fromCents), toCents: cents(toCents) },
      limit,
      context(),
    );

  it('below its limit is told of, with what follows', () => {
    expect(falls(1000, 999)).toEqual({
      key: `${accountId}/low-balance/${nowMs}`,
      kind: 'low-balance',
      title: 'Wallet is low: $9.99',
      body: 'It fell below $10.00. A renewal that cannot be paid suspends its instance.',
      instanceId: null,
      atMs: nowMs,
    });
  });

  it.each([
    ['to exactly its limit', 2000, 1000],
    ['and was below it before', 999, 500],
    ['not at all: it rises', 500, 2000],
  ])('%s is not', (_how, fromCents, toCents) => {
    expect(falls(fromCents, toCents)).toBeNull();
  });

  it('is nothing that another change says', () => {
    expect(lowBalanceNotice({ kind: 'gone', instance: instance('a') }, limit, context())).toBeNull();
  });
});

it('Evorxa that does not answer is told of once an outage, with its beginning', () => {
  expect(unreachableNotice(sinceMs, context())).toEqual({
    key: `${accountId}/unreachable/${sinceMs}`,
    kind: 'unreachable',
    title: 'Evorxa does not answer',
    body: `Since ${since}. The app shows what it knew then, and keeps trying.`,
    instanceId: null,
    atMs: nowMs,
  });
});

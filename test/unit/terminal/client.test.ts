import { describe, expect, test } from 'vitest';
import type { AccountId, SessionId } from '../../../preload/contract/brands.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import type { PortForwardId } from '../../../preload/contract/port-forwards.ts';
import { instance, only, setUp, start, turn } from './client-rig.ts';

const place = { host: '203.0.113.42', port: 2222, user: 'root', isJumpHost: false };

describe('terminals', () => {
  test('start their process with the first session, and end it with the last', () => {
    const { terminals, children } = setUp();
    expect(children).toEqual([]);
    const first = terminals.open(instance);
    const second = terminals.open(instance);
    expect(only(children).types()).toEqual(['start', 'open', 'open']);
    expect(only(children).got[0]?.message).toEqual({ type: 'start', ...start });
    terminals.close(first as SessionId);
    expect(only(children).killed).toBe(false);
    terminals.close(second as SessionId);
    expect(only(children).killed).toBe(true);
    expect(terminals.sessions()).toEqual([]);
  });

  test('an instance without an address opens nothing', async () => {
    const { terminals, children } = setUp({ settingsFor: () => null });
    expect(terminals.open(instance)).toBeNull();
    await terminals.forgetHostKey(instance);
    expect(children).toEqual([]);
  });

  test('list each session with its address and what the process says of it', () => {
    const { terminals, children, pushed } = setUp();
    terminals.open(instance);
    const state = { phase: 'open', latencyMs: 12 } as const;
    only(children).says({ type: 'state', sessionId: 's1' as SessionId, state, sinceMs: 6000 });
    only(children).says({ type: 'state', sessionId: 'gone' as SessionId, state, sinceMs: 6000 });
    expect(pushed).toHaveLength(2);
    expect(pushed.at(-1)).toEqual([
      {
        id: 's1',
        kind: 'shell',
        instanceId: instance,
        title: 'web-1',
        target: 'root@203.0.113.42:2222',
        forwardsAgent: false,
        state,
        sinceMs: 6000,
        process: 1,
      },
    ]);
  });

  test('hand a port on to the session that there is', () => {
    const { terminals, children } = setUp();
    terminals.open(instance);
    expect(terminals.attach('s1' as SessionId, 'port')).toBe(true);
    expect(only(children).got.at(-1)).toEqual({
      message: { type: 'attach', sessionId: 's1' },
      ports: ['port'],
    });
    expect(terminals.attach('gone' as SessionId, 'port')).toBe(false);
  });

  test('pass a secret on when it is wanted, and none when the keychain fails', async () => {
    const wanted = {
      type: 'secret-wanted',
      requestId: 7,
      sessionId: 's1' as SessionId,
      kind: 'password',
      place,
    } as const;
    const good = setUp();
    good.terminals.open(instance);
    only(good.children).says(wanted);
    await turn();
    expect(only(good.children).got.at(-1)?.message).toEqual({
      type: 'secret',
      requestId: 7,
      secret: 's3cret',
    });
    const locked = setUp({ secretFor: () => Promise.reject(new Error('locked')) });
    locked.terminals.open(instance);
    only(locked.children).says(wanted);
    await turn();
    expect(only(locked.children).got.at(-1)?.message).toEqual({ type: 'secret', requestId: 7, secret: null });
    expect(locked.reported).toHaveLength(1);
  });

  test('a secret that comes too late goes to no other process', async () => {
    const { terminals, children } = setUp();
    terminals.open(instance);
    children[0]?.says({
      type: 'secret-wanted',
      requestId: 7,
      sessionId: 's1' as SessionId,
      kind: 'password',
      place,
    });
    children[0]?.crashes();
    terminals.open(instance);
    await turn();
    expect(children.flatMap((child) => child.types())).not.toContain('secret');
  });

  test('keep and forget what the process says, for the very target that the session was opened on', () => {
    const { terminals, children, calls } = setUp();
    const sessionId = terminals.open(instance) as SessionId;
    const target: unknown = expect.objectContaining({
      accountId: 'a1',
      instanceId: instance,
      host: '203.0.113.42',
    });
    only(children).says({ type: 'remember-secret', sessionId, kind: 'passphrase', place, secret: 'x' });
    only(children).says({ type: 'secret-refused', sessionId, kind: 'password', place });
    only(children).says({ type: 'authenticated', sessionId, keyFingerprint: 'SHA256:k' });
    const heard = [
      ['remember', { accountId: 'a1', instanceId: instance, ...place }, 'passphrase', 'x'],
      ['forget', { accountId: 'a1', instanceId: instance, ...place }, 'password'],
      ['key', target, 'SHA256:k'],
    ];
    expect(calls).toEqual(heard);
    only(children).says({ type: 'secret-refused', sessionId: 'gone' as SessionId, kind: 'password', place });
    expect(calls).toEqual(heard);
  });

  test('a crash ends every session, and the next use starts a process that knows them', () => {
    const { terminals, children, pushed, reported } = setUp();
    terminals.open(instance);
    children[0]?.crashes();
    expect(reported).toHaveLength(1);
    const state = pushed.at(-1)?.[0]?.state;
    expect(state).toEqual({
      phase: 'ended',
      reason: 'lost',
      sentence: 'The terminal’s process ended. Press Enter to connect again.',
      retryable: true,
    });
    // A port of before leads nowhere from now on.
    expect(pushed.map(([session]) => session?.process)).toEqual([1, 2]);
    expect(children).toHaveLength(1);
    terminals.attach('s1' as SessionId, 'port');
    expect(children).toHaveLength(2);
    expect(children[1]?.got.map(({ message }) => message)).toMatchObject([
      { type: 'start' },
      { type: 'open', target: { sessionId: 's1' }, endedState: state },
      { type: 'attach', sessionId: 's1' },
    ]);
  });

  test('one that had ended before the crash is with the next process too, as it ended', () => {
    const { terminals, children, pushed } = setUp();
    terminals.open(instance);
    const ended = {
      phase: 'ended',
      reason: 'exited',
      sentence: 'The shell ended.',
      retryable: true,
    } as const;
    children[0]?.says({ type: 'state', sessionId: 's1' as SessionId, state: ended, sinceMs: 6000 });
    children[0]?.crashes();
    expect(pushed.at(-1)).toMatchObject([{ state: ended, process: 2 }]);
    terminals.attach('s1' as SessionId, 'port');
    expect(children[1]?.types()).toEqual(['start', 'open', 'attach']);
    terminals.open(instance);
    expect(terminals.sessions().map((session) => session.process)).toEqual([2, 2]);
  });

  test('forgetting a host key is done when the process says so, and fails when it cannot', async () => {
    const { terminals, children } = setUp();
    const done = terminals.forgetHostKey(instance);
    const failed = terminals.forgetHostKey(instance);
    const unanswered = terminals.forgetHostKey(instance);
    const [, first, second] = only(children).got;
    expect(first?.message).toMatchObject({
      type: 'request',
      request: { kind: 'forget-host-key', host: '203.0.113.42', port: 2222 },
    });
    const idOf = (sent: typeof first): number =>
      sent?.message.type === 'request' ? sent.message.requestId : 0;
    only(children).says({ type: 'answer', requestId: idOf(first), answer: ok(undefined) });
    only(children).says({
      type: 'answer',
      requestId: idOf(second),
      answer: fail({ kind: 'refused', message: 'EACCES' }),
    });
    only(children).crashes();
    await expect(done).resolves.toBeUndefined();
    await expect(failed).rejects.toThrow('EACCES');
    await expect(unanswered).rejects.toThrow('ended meanwhile');
  });

  test('a request without a session starts the process, which goes once all are answered', async () => {
    const { terminals, children } = setUp();
    const first = terminals.request({ kind: 'forget-known-host', lineId: 'a' });
    const second = terminals.request({ kind: 'forget-known-host', lineId: 'b' });
    const child = only(children);
    expect(child.types()).toEqual(['start', 'request', 'request']);
    child.says({ type: 'answer', requestId: 1, answer: ok(undefined) });
    await first;
    expect(child.killed).toBe(false);
    child.says({ type: 'answer', requestId: 2, answer: ok(undefined) });
    expect(await second).toEqual(ok(undefined));
    expect(child.killed).toBe(true);
  });

  test('the last session that is closed does not take the process from a request', async () => {
    const { terminals, children } = setUp();
    const sessionId = terminals.open(instance);
    const answer = terminals.request({ kind: 'forget-known-host', lineId: 'a' });
    if (sessionId !== null) terminals.close(sessionId);
    const child = only(children);
    expect(child.killed).toBe(false);
    child.says({ type: 'answer', requestId: 1, answer: ok(undefined) });
    await answer;
    expect(child.killed).toBe(true);
  });

  test('waking reaches the process, and starts none', () => {
    const { terminals, children } = setUp();
    terminals.probe();
    expect(children).toEqual([]);
    terminals.open(instance);
    terminals.probe();
    expect(only(children).types().at(-1)).toBe('probe');
  });
});

describe('both ends of a session', () => {
  const ends = { clientAddress: '198.51.100.7', serverAddress: '203.0.113.42', serverPort: 2222 };
  const of = { accountId: 'a1' as AccountId, instanceId: instance };
  const opened = () => {
    const made = setUp();
    const sessionId = made.terminals.open(instance);
    if (sessionId === null) throw new Error('no session');
    const child = only(made.children);
    const says = (phase: 'connecting' | 'open') =>
      child.says({
        type: 'state',
        sessionId,
        state: phase === 'open' ? { phase, latencyMs: null } : { phase },
        sinceMs: 1,
      });
    return { ...made, child, says };
  };

  test('are asked of one that is open, to that instance of that account', async () => {
    const { terminals, child, says } = opened();
    says('connecting');
    expect(terminals.endsAt(of)).toBeUndefined();
    says('open');
    expect(terminals.endsAt({ ...of, accountId: 'a2' as AccountId })).toBeUndefined();
    const answer = terminals.endsAt(of);
    const request = { kind: 'ends', sessionId: 's1' };
    expect(child.got.at(-1)?.message).toEqual({ type: 'request', requestId: 1, request });
    child.says({ type: 'answer', requestId: 1, answer: ok(ends) });
    expect(await answer).toEqual(ends);
  });

  test('are not known once the process is gone', async () => {
    const { terminals, child, says } = opened();
    says('open');
    const answer = terminals.endsAt(of);
    child.crashes();
    expect(await answer).toBeNull();
  });
});

describe('the connection of port forwards', () => {
  const order = {
    id: 'f1' as PortForwardId,
    kind: 'dynamic',
    bindAddress: '127.0.0.1',
    port: 1080,
    destination: null,
    formerPort: null,
  } as const;
  const sessionId = 's1' as SessionId;

  test('is made with its orders, and is no session of a tab', () => {
    const { terminals, children, pushed } = setUp();
    expect(terminals.openForwards(instance, [order])).toMatchObject({
      id: sessionId,
      instanceId: instance,
      title: 'web-1',
      state: { phase: 'resolving' },
    });
    const child = only(children);
    expect(child.got.map(({ message }) => message).slice(1)).toMatchObject([
      { type: 'open', target: { kind: 'ports', sessionId } },
      { type: 'forwards', sessionId, orders: [order] },
    ]);
    expect(terminals.sessions()).toEqual([]);
    expect(terminals.ownerOf(sessionId)).toBeNull();
    expect(pushed).toEqual([]);
    terminals.attach(sessionId, 'port');
    expect(child.types().at(-1)).toBe('attach-forwards');
    terminals.orderForwards(sessionId, []);
    expect(child.got.at(-1)?.message).toEqual({ type: 'forwards', sessionId, orders: [] });
    terminals.close(sessionId);
    expect(child.killed).toBe(true);
  });

  test('tells how it stands, what is open, and that its process ended', () => {
    const { terminals, children, calls } = setUp();
    terminals.openForwards(instance, [order]);
    const child = only(children);
    child.says({ type: 'state', sessionId, state: { phase: 'connecting' }, sinceMs: 1 });
    child.says({ type: 'forwards', sessionId, reports: [] });
    child.crashes();
    expect(calls).toMatchObject([
      ['connection', { phase: 'connecting' }],
      ['forwards', sessionId, []],
      ['connection', { phase: 'ended', reason: 'lost' }],
    ]);
  });
});

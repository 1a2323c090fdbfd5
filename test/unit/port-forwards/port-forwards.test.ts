import { describe, expect, test, vi } from 'vitest';
import { AppPortForwards } from '../../../main/port-forwards/index.ts';
import type { ForwardOrder, ForwardReport } from '../../../main/terminal/index.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import type {
  PortConnection,
  PortForward,
  PortForwardId,
  PortForwardSettings,
} from '../../../preload/contract/port-forwards.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { SessionEnd, SessionPhase } from '../../../preload/contract/terminal.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { FakeClock } from '../terminal/fake-clock.ts';

vi.mock('electron', () => ({}));

const ada = 'ada' as AccountId;
const web = 'web' as InstanceId;
const db = 'db' as InstanceId;
const noTraffic = { bytesUp: 0, bytesDown: 0, openNow: 0, openedTotal: 0, problem: null };

const settings = (part: Partial<PortForwardSettings> = {}): PortForwardSettings => ({
  name: '',
  kind: 'local',
  bindAddress: '127.0.0.1',
  port: 5432,
  destination: { host: 'localhost', port: 5432 },
  startsWithApp: false,
  ...part,
});

/** The port forwards of an account, with an ssh process that does what the test says. */
class Rig {
  readonly clock = new FakeClock();
  readonly files = new FakeAccountFiles();
  readonly opened: { readonly id: SessionId; readonly orders: readonly ForwardOrder[] }[] = [];
  readonly ordered: (readonly ForwardOrder[])[] = [];
  readonly closed: SessionId[] = [];
  readonly names = new Map<InstanceId, string>([
    [web, 'web-1'],
    [db, 'db-1'],
  ]);
  hasAddress = true;
  changes = 0;
  all = this.made();

  /** As the next run has it. */
  made(): AppPortForwards {
    let ids = 0;
    return new AppPortForwards({
      files: this.files,
      clock: this.clock,
      newId: () => `f${(ids += 1)}`,
      terminals: {
        openForwards: (instanceId, orders) => {
          if (!this.hasAddress) return null;
          const id = `s${this.opened.length + 1}` as SessionId;
          this.opened.push({ id, orders });
          return this.connection(id, { phase: 'resolving' }, instanceId);
        },
        orderForwards: (_id, orders) => void this.ordered.push(orders),
        close: (id) => void this.closed.push(id),
      },
      find: (instanceId) => {
        const name = this.names.get(instanceId);
        return name === undefined ? null : { accountId: ada, name };
      },
      accountIds: () => [ada],
      onChange: () => (this.changes += 1),
    });
  }
  connection(id: SessionId, state: SessionPhase, instanceId = web): PortConnection {
    return { id, instanceId, title: 'web-1', target: 'root@203.0.113.42', state, sinceMs: 0, process: 1 };
  }
  get last(): SessionId {
    const last = this.opened.at(-1);
    if (last === undefined) throw new Error('no connection');
    return last.id;
  }
  add(part: Partial<PortForwardSettings> = {}, instanceId = web): PortForwardId {
    const added = this.all.add(instanceId, settings(part));
    if (!added.ok) throw new Error('not added');
    return added.value.id;
  }
  /** Its connection does something. */
  phase(state: SessionPhase, instanceId = web): void {
    this.all.connectionChanged(this.connection(this.last, state, instanceId));
  }
  end(reason: SessionEnd, sentence = 'Over. Press Enter to connect again.'): void {
    this.phase({ phase: 'ended', reason, sentence, retryable: true });
  }
  report(id: PortForwardId, state: ForwardReport['state'], traffic = noTraffic): void {
    this.all.reported(this.last, [{ id, state, traffic }]);
  }
  forward(id: PortForwardId): PortForward | undefined {
    return this.all.of(ada).forwards.find((each) => each.id === id);
  }
  stateOf(id: PortForwardId): PortForward['state'] | undefined {
    return this.forward(id)?.state;
  }
  /** One that is on. */
  on(part: Partial<PortForwardSettings> = {}, port = 5432): PortForwardId {
    const id = this.add(part);
    this.all.switch(id, true);
    this.phase({ phase: 'open', latencyMs: null });
    this.report(id, { phase: 'on', port, note: null });
    return id;
  }
}

const messageOf = (result: Result<unknown>): string =>
  result.ok ? 'ok' : 'message' in result.error ? result.error.message : result.error.kind;

describe('what is kept', () => {
  test('outlives the run, off; what is unreadable is left out', () => {
    const rig = new Rig();
    const id = rig.on({ name: 'db' });
    rig.all = rig.made();
    expect(rig.forward(id)).toEqual({
      ...settings({ name: 'db' }),
      id,
      instanceId: web,
      state: { phase: 'off', problem: null },
      traffic: noTraffic,
    });
    const file = rig.files.of(ada);
    file.set('portForwards', [{ id: 'x' }, ...(file.get('portForwards') as unknown[])]);
    rig.all = rig.made();
    expect(rig.all.of(ada).forwards).toHaveLength(1);
  });

  test.each([
    ['the same port of the instance', {}, '“port 5432 to localhost:5432” has port 5432 already.'],
    ['every address', { bindAddress: '0.0.0.0' }, 'has port 5432 already'],
    ['a proxy on it', { kind: 'dynamic', destination: null } as const, 'has port 5432 already'],
    ['the port on the other side', { kind: 'remote' } as const, 'ok'],
    ['another address', { bindAddress: '127.0.0.2' }, 'ok'],
    ['another port', { port: 5433 }, 'ok'],
    ['any port', { port: 0 }, 'ok'],
  ])('a second one with %s', (_what, part, message) => {
    const rig = new Rig();
    rig.add();
    expect(messageOf(rig.all.add(web, settings(part)))).toContain(message);
    // Of another instance it may be: they are used one at a time.
    expect(messageOf(rig.all.add(db, settings(part)))).toBe('ok');
  });

  test('one keeps its own port when it is changed; a changed one that is on is opened anew', () => {
    const rig = new Rig();
    const id = rig.on();
    expect(messageOf(rig.all.change(id, settings({ name: 'x' })))).toBe('ok');
    expect(messageOf(rig.all.change(id, settings({ port: 6000 })))).toBe('ok');
    expect(rig.ordered.at(-1)).toMatchObject([{ id, port: 6000 }]);
    expect(rig.stateOf(id)).toEqual({ phase: 'connecting' });
  });

  test('a removed one is closed, and gone for every call', () => {
    const rig = new Rig();
    const id = rig.on();
    rig.all.remove(id);
    expect(rig.closed).toEqual([rig.last]);
    expect(rig.all.of(ada)).toEqual({ forwards: [], connections: [] });
    for (const result of [rig.all.change(id, settings()), rig.all.remove(id), rig.all.switch(id, true)])
      expect(messageOf(result)).toBe('This port forward no longer exists. Add it again.');
  });

  test('of an instance that is not there none is added', () => {
    expect(new Rig().all.add('gone' as InstanceId, settings())).toMatchObject({ ok: false });
  });
});

describe('switching', () => {
  test('the forwards of an instance share a connection, which goes with the last one', () => {
    const rig = new Rig();
    const one = rig.on();
    const two = rig.add({ port: 8080 });
    rig.all.switch(two, true);
    expect(rig.opened).toHaveLength(1);
    expect(rig.ordered.at(-1)).toMatchObject([{ id: one }, { id: two }]);
    rig.all.switch(one, false);
    expect(rig.ordered.at(-1)).toMatchObject([{ id: two }]);
    expect(rig.closed).toEqual([]);
    rig.all.switch(two, false);
    expect(rig.closed).toEqual([rig.last]);
    expect(rig.stateOf(two)).toEqual({ phase: 'off', problem: null });
  });

  test('a port that another instance’s forward has is told with its name', () => {
    const rig = new Rig();
    rig.on({ name: 'Postgres' });
    const other = rig.add({}, db);
    rig.all.switch(other, true);
    expect(rig.stateOf(other)).toEqual({
      phase: 'off',
      problem:
        'The port forward “Postgres” of web-1 has port 5432 now. Switch that one off, or choose another port.',
    });
    expect(rig.opened).toHaveLength(1);
  });

  test('a port that could not be opened leaves it off, with the reason, and the others as they are', () => {
    const rig = new Rig();
    const one = rig.on();
    const two = rig.add({ port: 80 });
    rig.all.switch(two, true);
    rig.report(two, { phase: 'failed', sentence: 'Taken.' });
    expect(rig.stateOf(two)).toEqual({ phase: 'off', problem: 'Taken.' });
    expect(rig.stateOf(one)?.phase).toBe('on');
    expect(rig.ordered.at(-1)).toMatchObject([{ id: one }]);
    rig.all.switch(two, true);
    expect(rig.stateOf(two)).toEqual({ phase: 'connecting' });
  });

  test('an instance without an address', () => {
    const rig = new Rig();
    rig.hasAddress = false;
    const id = rig.add();
    rig.all.switch(id, true);
    expect(rig.stateOf(id)).toEqual({
      phase: 'off',
      problem: 'The instance has no address yet. Wait until it is provisioned.',
    });
  });

  test('the address of its browser', () => {
    const rig = new Rig();
    const id = rig.on({ bindAddress: '0.0.0.0', port: 0 }, 41_234);
    expect(rig.all.addressOf(id)).toEqual({ host: '127.0.0.1', port: 41_234 });
    rig.all.switch(id, false);
    expect(rig.all.addressOf(id)).toBeNull();
  });
});

describe('a lost connection', () => {
  test('is made again after a while that grows; the port that was open is asked for again', () => {
    const rig = new Rig();
    const id = rig.on({ port: 0 }, 41_234);
    rig.end('lost', 'The link broke. Press Enter to connect again.');
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const state = rig.stateOf(id);
      if (state?.phase !== 'waiting') throw new Error(JSON.stringify(state));
      if (attempt === 0) expect(state.sentence).toBe('The link broke.');
      const delayMs = state.retryAtMs - rig.clock.now();
      delays.push(delayMs);
      const before = rig.opened.length;
      rig.clock.advance(delayMs - 1);
      expect(rig.opened).toHaveLength(before);
      rig.clock.advance(1);
      expect(rig.opened).toHaveLength(before + 1);
      expect(rig.opened.at(-1)?.orders).toMatchObject([{ id, port: 0, formerPort: 41_234 }]);
      rig.end('unreachable');
    }
    expect(delays).toEqual([1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 60_000]);
    // What has ended was let go of first.
    expect(rig.closed).toEqual(rig.opened.map(({ id: opened }) => opened));
  });

  test('counts anew once a connection was steady, and not where it breaks at once', () => {
    const rig = new Rig();
    const id = rig.on();
    const delayMs = (): number => {
      const state = rig.stateOf(id);
      return state?.phase === 'waiting' ? state.retryAtMs - rig.clock.now() : -1;
    };
    rig.end('lost');
    rig.clock.advance(delayMs());
    rig.phase({ phase: 'open', latencyMs: null });
    rig.end('lost');
    expect(delayMs()).toBe(2_000);
    rig.clock.advance(delayMs());
    rig.phase({ phase: 'open', latencyMs: null });
    rig.clock.advance(30_000);
    rig.end('lost');
    expect(delayMs()).toBe(1_000);
  });

  test('keeps what was counted', () => {
    const rig = new Rig();
    const id = rig.on();
    rig.report(
      id,
      { phase: 'on', port: 5432, note: null },
      { ...noTraffic, bytesUp: 10, openNow: 1, openedTotal: 1 },
    );
    rig.end('lost');
    expect(rig.forward(id)?.traffic).toEqual({ ...noTraffic, bytesUp: 10, openedTotal: 1 });
    rig.clock.advance(1_000);
    rig.phase({ phase: 'open', latencyMs: null });
    rig.report(
      id,
      { phase: 'on', port: 5432, note: null },
      { ...noTraffic, bytesUp: 5, openNow: 1, openedTotal: 2 },
    );
    expect(rig.forward(id)?.traffic).toMatchObject({ bytesUp: 15, openNow: 1, openedTotal: 3 });
  });

  test.each([
    'authentication-failed',
    'host-key-changed',
    'host-key-rejected',
    'cancelled',
    'protocol-error',
  ] as const)('is not made again after %s', (reason) => {
    const rig = new Rig();
    const id = rig.on();
    rig.end(reason, 'Refused. Press Enter to connect again.');
    expect(rig.stateOf(id)).toEqual({ phase: 'off', problem: 'Refused.' });
    rig.clock.advance(3_600_000);
    expect(rig.opened).toHaveLength(1);
    // A changed key is looked at: its connection is there until the next one.
    expect(rig.closed).toHaveLength(reason === 'host-key-changed' ? 0 : 1);
    rig.all.switch(id, true);
    expect(rig.opened).toHaveLength(2);
    expect(rig.closed).toHaveLength(1);
  });

  test('what ended a connection is past with the next one, for all of its forwards', () => {
    const rig = new Rig();
    const one = rig.on();
    const two = rig.add({ port: 80 });
    rig.all.switch(two, true);
    const taken = rig.add({ port: 81 });
    rig.all.switch(taken, true);
    rig.report(taken, { phase: 'failed', sentence: 'Taken.' });
    rig.end('authentication-failed', 'Refused.');
    rig.all.switch(one, true);
    expect(rig.stateOf(two)).toEqual({ phase: 'off', problem: null });
    expect(rig.stateOf(taken)).toEqual({ phase: 'off', problem: 'Taken.' });
  });

  test('says another thing once the changed key was forgotten', () => {
    const rig = new Rig();
    const id = rig.on();
    rig.end('host-key-changed', 'Changed.');
    rig.end('host-key-rejected', 'Forgotten. Press Enter to connect again.');
    expect(rig.stateOf(id)).toEqual({ phase: 'off', problem: 'Forgotten.' });
    expect(rig.all.of(ada).connections).toEqual([]);
  });

  test('is not made again where somebody was asked and gave no answer', () => {
    const rig = new Rig();
    const id = rig.add();
    rig.all.switch(id, true);
    rig.phase({
      phase: 'prompting',
      prompt: { kind: 'password', id: 1, user: 'root', host: 'web', said: '' },
    });
    rig.end('timeout');
    expect(rig.stateOf(id)?.phase).toBe('off');
    rig.clock.advance(3_600_000);
    expect(rig.opened).toHaveLength(1);
  });

  test('is not made again once it is switched off', () => {
    const rig = new Rig();
    const id = rig.on();
    rig.end('lost');
    rig.all.switch(id, false);
    rig.clock.advance(3_600_000);
    expect(rig.opened).toHaveLength(1);
  });

  test('is made at once when asked to, or when the machine woke', () => {
    const rig = new Rig();
    rig.on();
    rig.end('lost');
    rig.all.retry(web);
    expect(rig.opened).toHaveLength(2);
    rig.end('lost');
    rig.all.retryAll();
    expect(rig.opened).toHaveLength(3);
    rig.all.retryAll();
    expect(rig.opened).toHaveLength(3);
  });

  test('news of a connection that is over is of no account', () => {
    const rig = new Rig();
    const id = rig.on();
    const former = rig.last;
    rig.end('lost');
    rig.all.reported(former, [{ id, state: { phase: 'on', port: 1, note: null }, traffic: noTraffic }]);
    rig.all.connectionChanged(rig.connection(former, { phase: 'open', latencyMs: null }));
    expect(rig.stateOf(id)?.phase).toBe('waiting');
  });
});

describe('the account’s instances', () => {
  const instances = [
    { id: web, mainIp: '203.0.113.42' },
    { id: db, mainIp: null },
  ];

  test('what starts with the app is switched on once its instance has an address, once a run', () => {
    const rig = new Rig();
    const id = rig.add({ startsWithApp: true });
    const off = rig.add({ port: 80 });
    const other = rig.add({ startsWithApp: true, port: 81 }, db);
    rig.all.instancesChanged(ada, instances);
    expect(rig.opened).toEqual([]);
    rig.all = rig.made();
    rig.all.instancesChanged(ada, []);
    expect(rig.opened).toEqual([]);
    rig.all.instancesChanged(ada, instances);
    expect(rig.opened.map(({ orders }) => orders)).toMatchObject([[{ id }]]);
    expect(rig.stateOf(off)?.phase).toBe('off');
    expect(rig.stateOf(other)?.phase).toBe('off');
    rig.all.switch(id, false);
    rig.all.instancesChanged(ada, instances);
    expect(rig.stateOf(id)?.phase).toBe('off');
  });

  test('a deleted instance ends its port forwards; one that was never seen is waited for', () => {
    const rig = new Rig();
    const id = rig.on();
    const kept = rig.add({ port: 80 }, db);
    rig.all.instancesChanged(ada, [{ id: web, mainIp: '203.0.113.42' }]);
    rig.all.instancesChanged(ada, []);
    expect(rig.closed).toEqual([rig.last]);
    expect(rig.forward(id)).toBeUndefined();
    expect(rig.forward(kept)).toBeDefined();
  });

  test('signing out ends all and forgets them', () => {
    const rig = new Rig();
    rig.on();
    rig.all.forgetAccount(ada);
    expect(rig.closed).toEqual([rig.last]);
    expect(rig.all.of(ada)).toEqual({ forwards: [], connections: [] });
    expect(rig.files.content()).toEqual({});
  });

  test('the end of the app closes every port, and keeps what is set', () => {
    const rig = new Rig();
    rig.on();
    rig.all.stop();
    expect(rig.closed).toEqual([rig.last]);
    expect(rig.all.of(ada).forwards).toHaveLength(1);
  });
});

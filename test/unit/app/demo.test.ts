import { describe, expect, it, vi } from 'vitest';
import { createDemoAccount, restartDemo, type DemoState } from '../../../main/app/demo-account.ts';
import { createDemo } from '../../../main/app/demo.ts';
import type { DemoChild } from '../../../main/app/demo-process.ts';
import { createMemoryKeychain } from '../../../main/keychain/index.ts';
import { createSshSettingsStore } from '../../../main/terminal/ssh-settings-store.ts';
import { demoId } from '../../../main/accounts/index.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { instanceId } from '../monitor/builders.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';

vi.mock('electron', () => ({}));

class FakeChild implements DemoChild {
  kills = 0;
  #onMessage: (message: unknown) => void = () => undefined;
  #onExit: (code: number) => void = () => undefined;

  on(_event: 'message', listener: (message: unknown) => void): void {
    this.#onMessage = listener;
  }
  once(_event: 'exit', listener: (code: number) => void): void {
    this.#onExit = listener;
  }
  kill(): boolean {
    this.kills += 1;
    return true;
  }
  says(message: unknown): void {
    this.#onMessage(message);
  }
  exits(code: number): void {
    this.#onExit(code);
  }
  isReady(port: number): void {
    this.says({
      type: 'ready',
      apiUrl: `http://127.0.0.1:${port}`,
      token: `token-${port}`,
      consoleCertificate: 'pem',
      connections: [{ instanceId: 'web', host: '127.0.0.1', port: port + 1, user: 'root', password: 'pw' }],
    });
  }
}

function started() {
  const children: FakeChild[] = [];
  const reported: unknown[] = [];
  const time = new FakeTime();
  const sshSettings = createSshSettingsStore(new FakeAccountFiles());
  let ended = 0;
  const demo = createDemoAccount({
    fork: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    clock: time,
    sshSettings,
    memory: createMemoryKeychain(),
    trustConsoles: () => undefined,
    onEnded: () => (ended += 1),
    report: (cause) => reported.push(cause),
  });
  return { demo, children, reported, time, sshSettings, ended: () => ended };
}

describe('the demo’s process', () => {
  it('that ends once it is up is told of, and the next one is where it says', async () => {
    const { demo, children, reported, sshSettings, ended } = started();
    const first = demo.start();
    children[0]?.isReady(1000);
    expect(await first).toEqual(ok({ apiUrl: 'http://127.0.0.1:1000', token: 'token-1000' }));
    children[0]?.exits(9);
    expect(ended()).toBe(1);
    expect(reported).toMatchObject([{ message: "The demo's process ended with code 9." }]);
    const second = demo.start();
    children[1]?.isReady(2000);
    expect(await second).toMatchObject({ value: { apiUrl: 'http://127.0.0.1:2000' } });
    expect(sshSettings.get(demoId, instanceId('web')).port).toBe(2001);
  });

  it('that is ended by its account, or by the next one, is nothing to tell', async () => {
    const { demo, children, reported, ended } = started();
    void demo.start();
    children[0]?.isReady(1000);
    await settle();
    void demo.start();
    expect(children[0]?.kills).toBe(1);
    children[0]?.exits(0);
    children[1]?.isReady(2000);
    await settle();
    demo.stop();
    expect(children[1]?.kills).toBe(1);
    children[1]?.exits(0);
    expect([ended(), reported]).toEqual([0, []]);
  });

  it.each([
    ['says so', (child: FakeChild) => child.says({ type: 'failed', message: 'no port' })],
    ['ends before it is up', (child: FakeChild) => child.exits(1)],
  ])('that cannot start and %s is refused at once', async (_how, end) => {
    const { demo, children, reported, time, ended } = started();
    const starting = demo.start();
    for (const child of children) end(child);
    expect(await starting).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect([ended(), reported.length, time.pendingTimers]).toEqual([0, 1, 0]);
  });

  it('that says nothing is given up after twenty seconds', async () => {
    const { demo, children, time } = started();
    const starting = demo.start();
    await time.pass(20_000);
    expect(await starting).toMatchObject({
      error: { message: expect.stringContaining('in time') as string },
    });
    expect(children[0]?.kills).toBe(1);
  });
});

describe('a demo that has ended by itself', () => {
  it.each([
    ['is started again', true, () => Promise.resolve(ok(undefined)), 'restarted', 1],
    ['is said to have ended where it does not start', true, () => Promise.resolve(fail('no')), 'ended', 1],
    ['is said to have ended where that throws', true, () => Promise.reject(new Error('bug')), 'ended', 1],
    ['is left alone where it ends again and again', false, () => Promise.resolve(ok(undefined)), 'ended', 0],
  ])('%s', async (_what, mayRestart, restart, state, times) => {
    const states: DemoState[] = [];
    let restarts = 0;
    await restartDemo({
      mayRestart: () => mayRestart,
      restart: () => {
        restarts += 1;
        return restart() as never;
      },
      onState: (next) => states.push(next),
      report: () => undefined,
    });
    expect([states, restarts]).toEqual([[state], times]);
  });
});

describe('the demo as the app has it', () => {
  function joined() {
    const children: FakeChild[] = [];
    const states: DemoState[] = [];
    const accounts = { demoEnded: vi.fn(), restartDemo: vi.fn(() => Promise.resolve(ok(undefined))) };
    const consoles = { trustOnly: vi.fn() };
    const demo = createDemo({
      fork: () => {
        const child = new FakeChild();
        children.push(child);
        return child;
      },
      clock: new FakeTime(),
      sshSettings: createSshSettingsStore(new FakeAccountFiles()),
      memory: createMemoryKeychain(),
      status: { setDemo: (state) => states.push(state) },
      report: () => undefined,
    });
    return { demo, children, states, accounts, consoles };
  }

  it('is as it was opened once it is up, and its consoles have its certificate alone', async () => {
    const { demo, children, states, accounts, consoles } = joined();
    const starting = demo.start();
    children[0]?.isReady(1000);
    await starting;
    expect(states).toEqual(['as-opened']);
    // Told also where the consoles are made after it.
    demo.connect({ accounts, consoles });
    expect(consoles.trustOnly).toHaveBeenCalledExactlyOnceWith(demoId, 'pem');
    expect(accounts.demoEnded).not.toHaveBeenCalled();
  });

  it('that could not start is not said to be there', async () => {
    const { demo, children, states } = joined();
    const starting = demo.start();
    children[0]?.exits(1);
    expect(await starting).toMatchObject({ ok: false });
    expect(states).toEqual([]);
  });

  it('that ends by itself is started again three times in five minutes, and then said to have ended', async () => {
    const { demo, children, states, accounts, consoles } = joined();
    demo.connect({ accounts, consoles });
    for (let end = 1; end <= 4; end += 1) {
      void demo.start();
      children.at(-1)?.isReady(1000);
      await settle();
      children.at(-1)?.exits(9);
      await settle();
      expect(accounts.demoEnded).toHaveBeenCalledTimes(end);
    }
    expect(accounts.restartDemo).toHaveBeenCalledTimes(3);
    expect(states.filter((state) => state !== 'as-opened')).toEqual([
      'restarted',
      'restarted',
      'restarted',
      'ended',
    ]);
  });
});

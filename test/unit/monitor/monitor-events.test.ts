import { describe, expect, it } from 'vitest';
import type { MonitorApi } from '../../../main/monitor/index.ts';
import { fail } from '../../../preload/contract/result.ts';
import { answer, cents, instanceId, offline, record, unauthorized, unavailable } from './builders.ts';
import { rig, type Rig } from './rig.ts';

const web = instanceId('web');

/** A monitor in view that has seen its first answers. */
async function started(records = [record('web')]): Promise<Rig> {
  const made = rig();
  made.api.records = records;
  made.monitor.setVisibility('in-view');
  made.monitor.start();
  await made.time.pass(0);
  return made;
}
const stateOf = ({ held }: Rig) => held()?.instances[0]?.state;

describe('an awaited action', () => {
  it('is overdue by itself when its time is over, and forgotten ten minutes later', async () => {
    const made = await started();
    const { monitor, time } = made;
    monitor.expect(web, 'boot');
    expect(monitor.isExpecting(web)).toBe(true);
    monitor.dispatch(web, 'dispatched');
    made.api.records = [record('web', 'stopped')];
    await time.pass(59_999);
    expect(stateOf(made)).toMatchObject({ word: 'Starting' });
    await time.pass(1);
    expect(monitor.isExpecting(web)).toBe(false);
    expect(stateOf(made)).toMatchObject({
      word: 'Stopped',
      detail: 'Start not confirmed after 60 s.',
    });
    await time.pass(600_000);
    expect(stateOf(made)).toMatchObject({ word: 'Stopped', detail: null });
  });

  it('is timed beside others, and each by its own time', async () => {
    const made = await started([record('web'), record('db')]);
    made.monitor.expect(web, 'restart');
    made.monitor.expect(instanceId('db'), 'poweroff');
    const words = () => made.held()?.instances.map(({ state }) => state.word);
    await made.time.pass(60_000);
    expect(words()).toEqual(['Restarting', 'Running']);
    await made.time.pass(60_000);
    expect(words()).toEqual(['Running', 'Running']);
  });

  it('keeps no timer while the machine sleeps, and is overdue when it wakes', async () => {
    const made = await started();
    made.monitor.expect(web, 'boot');
    made.monitor.suspend();
    expect(made.time.pendingTimers).toBe(0);
    made.monitor.dispatch(web, 'dispatched');
    expect(made.time.pendingTimers).toBe(0);
    made.time.sleep(3_600_000);
    made.monitor.resume();
    await made.time.pass(0);
    expect(made.monitor.isExpecting(web)).toBe(false);
  });

  it('is looked for fast also where it is shown as no transition, until it is overdue', async () => {
    const { api, monitor, time } = await started();
    monitor.expect(web, 'delete');
    const callsIn = async (ms: number): Promise<number> => {
      const calls = api.calls.list;
      await time.pass(ms);
      return api.calls.list - calls;
    };
    expect(await callsIn(30_000)).toBeGreaterThan(4);
    await time.pass(180_000);
    // Six or more where it goes on.
    expect(await callsIn(60_000)).toBeLessThan(4);
  });

  it('of nothing is not awaited', async () => {
    const { monitor } = await started();
    expect(monitor.isExpecting(web)).toBe(false);
  });

  it('is looked for fast from when it is sent, when its sending ended, and when something is noted', async () => {
    const { api, monitor, time } = await started();
    await time.pass(25_000);
    expect(api.calls.list).toBe(1);
    monitor.expect(web, 'restart');
    await time.pass(0);
    expect(api.calls.list).toBe(2);
    await time.pass(2_000);
    const calls = api.calls.list;
    await time.pass(1_000);
    monitor.dispatch(web, 'dispatched');
    await time.pass(1_000);
    expect(api.calls.list).toBe(calls + 1);
  });
});

describe('what is noted here', () => {
  it('is shown, kept, and no longer either once it is taken back', async () => {
    const made = await started();
    made.monitor.note(web, 'deletion-scheduled');
    expect(stateOf(made)).toMatchObject({ word: 'Deletion scheduled' });
    expect(made.localChangesStore.map((kept) => [...kept.keys()])).toEqual([['web']]);
    made.monitor.note(web, 'deletion-canceled');
    expect(stateOf(made)).toMatchObject({ word: 'Running' });
    expect(made.localChangesStore.at(-1)?.size).toBe(0);
    made.monitor.lacks(['x']);
    await made.time.pass(30_000);
    expect(made.localChangesStore).toHaveLength(2);
  });

  it('stands after a restart', async () => {
    const localChanges = new Map([[web, { deletion: { atMs: null, isShown: false }, reboot: null }]]);
    const made = rig({ localChanges });
    made.api.records = [record('web')];
    made.monitor.start();
    await made.time.pass(0);
    expect(stateOf(made)).toMatchObject({ word: 'Deletion scheduled' });
  });
});

describe('an instance that was asked for', () => {
  it('shows what the hypervisor says of it', async () => {
    const made = await started();
    const live = { status: 'running', vfState: null, remoteState: 'shutoff' };
    made.monitor.sawLive(record('web'), { ...live, askedMonotonicMs: made.time.monotonicMs() });
    expect(stateOf(made)).toMatchObject({ word: 'Stopped' });
  });

  it('is taken in where the list is not whole, and not where it does not exist', async () => {
    const made = await started();
    const { api, monitor, held } = made;
    const ids = () => held()?.instances.map(({ id }) => id);
    Object.assign(api, { listInstances: () => Promise.resolve(answer([record('web')], 1)) });
    await monitor.refresh();
    await monitor.find(instanceId('db'));
    expect(ids()).toEqual(['web']);
    api.existing.add(instanceId('db'));
    await monitor.find(instanceId('db'));
    expect(ids()).toEqual(['web', 'db']);
  });
});

describe('instances that the list no longer has', () => {
  it('are asked for by themselves, five with each list', async () => {
    const many = Array.from({ length: 7 }, (_, index) => record(`s-${index}`));
    const { api, time, held } = await started(many);
    api.records = [];
    await time.pass(30_000);
    expect(api.calls.find).toBe(5);
    expect(held()?.instances).toHaveLength(2);
    await time.pass(30_000);
    expect(api.calls.find).toBe(7);
    expect(held()?.instances).toEqual([]);
  });

  it('are asked for in turn, so that those that exist do not keep the others from it', async () => {
    const many = Array.from({ length: 7 }, (_, index) => record(`s-${index}`));
    const { api, time, held } = await started(many);
    for (const { id } of many.slice(0, 6)) api.existing.add(id);
    api.records = [];
    await time.pass(30_000);
    expect(held()?.instances).toHaveLength(7);
    await time.pass(30_000);
    expect(held()?.instances.map(({ id }) => id)).toEqual(many.slice(0, 6).map(({ id }) => id));
    await time.pass(600_000);
    expect(held()?.instances).toHaveLength(6);
  });

  it('stay where nobody can say whether they exist, until the lists have lacked them for 90 s', async () => {
    const made = await started();
    const { api, time, notices } = made;
    let asked = 0;
    const findInstance = () => {
      asked += 1;
      return Promise.resolve(fail(unavailable));
    };
    Object.assign(api, { findInstance });
    api.records = [];
    await time.pass(30_000);
    expect(stateOf(made)).toMatchObject({ word: 'Not listed' });
    // Something changed, so that the next lists follow soon, and then no longer.
    await time.pass(6_000);
    expect(asked).toBe(3);
    expect(stateOf(made)).toMatchObject({ word: 'Not listed' });
    await time.pass(60_000);
    expect([notices, asked]).toEqual([[], 5]);
    expect(stateOf(made)).toMatchObject({ word: 'Not listed' });
    await time.pass(31_000);
    expect(made.held()?.instances).toEqual([]);
    expect(notices.map(({ title }) => title)).toEqual(['web is gone']);
  });

  it('are missed by no list that failed', async () => {
    const made = await started();
    const { api, time } = made;
    Object.assign(api, { findInstance: () => Promise.resolve(fail(unavailable)) });
    api.records = [];
    await time.pass(30_000);
    api.listError = unavailable;
    await time.pass(3_600_000);
    expect(stateOf(made)).toMatchObject({ word: 'Not listed' });
  });

  it('come back without a word where they are listed again in time', async () => {
    const made = await started();
    const { api, time, notices } = made;
    Object.assign(api, { findInstance: () => Promise.resolve(fail(unavailable)) });
    const { records } = api;
    api.records = [];
    await time.pass(30_000 + 80_000);
    expect(stateOf(made)).toMatchObject({ word: 'Not listed' });
    api.records = records;
    await time.pass(30_000);
    expect(stateOf(made)).toMatchObject({ word: 'Running' });
    expect(notices).toEqual([]);
  });

  it('are no longer asked for once polling has stopped', async () => {
    const { api, time, monitor, held } = await started([record('a'), record('b')]);
    let open = (): void => undefined;
    const asked: string[] = [];
    const findInstance: MonitorApi['findInstance'] = async (id) => {
      asked.push(id);
      await new Promise<void>((resolve) => (open = resolve));
      return fail({ kind: 'not-found', message: '' });
    };
    Object.assign(api, { findInstance });
    api.records = [];
    await time.pass(30_000);
    monitor.stop();
    open();
    await time.pass(60_000);
    expect(asked).toEqual(['a']);
    expect(held()?.instances).toHaveLength(2);
  });
});

describe('the other pollers of an account', () => {
  it('are heard where the token is refused: the list asks for itself', async () => {
    const { api, monitor, time, held } = await started();
    monitor.heard(null);
    monitor.heard(offline);
    await time.pass(0);
    expect(api.calls.list).toBe(1);
    api.error = unauthorized;
    monitor.heard(unauthorized);
    await time.pass(0);
    expect(api.calls.list).toBe(2);
    expect(held()?.apiStatus).toBe('signed-out');
  });

  it('look at their schedule when the view changes, and only then', async () => {
    const { monitor } = await started();
    let paces = 0;
    monitor.context.onPaceChange(() => (paces += 1));
    monitor.setVisibility('in-view');
    expect(paces).toBe(0);
    monitor.setVisibility('hidden');
    expect([paces, monitor.context.visibility()]).toEqual([1, 'hidden']);
  });
});

describe('the network', () => {
  it('that is back is tried at once, but not while polling is stopped or the token refused', async () => {
    const early = rig();
    early.monitor.networkChanged(true);
    await early.time.pass(0);
    expect(early.api.calls.list).toBe(0);
    const { api, monitor, time } = await started();
    monitor.networkChanged(true);
    await time.pass(0);
    expect(api.calls.list).toBe(2);
    api.error = unauthorized;
    await monitor.refresh();
    monitor.networkChanged(true);
    await time.pass(0);
    expect(api.calls.list).toBe(3);
    monitor.stop();
    api.error = null;
    await monitor.refresh();
    const calls = api.calls.list;
    monitor.networkChanged(true);
    await time.pass(0);
    expect(api.calls.list).toBe(calls);
  });
});

describe('the wallet', () => {
  it('is refreshed with the list, and payments are read again only where it is another', async () => {
    const { api, monitor, time } = await started();
    expect(api.calls).toMatchObject({ list: 1, balance: 1, payments: 1 });
    await monitor.refresh();
    expect(api.calls).toMatchObject({ list: 2, balance: 2, payments: 1 });
    api.balanceCents = 5000;
    await monitor.refresh();
    await time.pass(0);
    expect(api.calls).toMatchObject({ list: 3, balance: 3, payments: 2 });
  });

  it('that comes back does not look like a payment', async () => {
    const made = rig();
    made.api.walletError = unavailable;
    made.monitor.start();
    await made.time.pass(0);
    const { payments } = made.api.calls;
    made.api.walletError = null;
    await made.monitor.refresh();
    await made.time.pass(0);
    expect(made.held()?.balanceCents).toBe(cents(5240));
    expect(made.api.calls.payments).toBe(payments);
  });
});

it('an answer that comes after polling has stopped is nobody’s', async () => {
  const { api, monitor, time, held } = rig();
  let open = (): void => undefined;
  api.gate = new Promise((resolve) => (open = resolve));
  api.records = [record('web')];
  monitor.start();
  await time.pass(0);
  monitor.stop();
  open();
  await time.pass(0);
  expect(held()?.instances).toEqual([]);
  expect(held()?.apiStatus).toBe('starting');
});

it('the forecast is there once all that it needs was asked for', async () => {
  const { monitor } = rig();
  expect(monitor.forecast()).toBeNull();
  const made = await started();
  expect(made.monitor.forecast()).toMatchObject({
    atMs: made.time.now(),
    balanceCents: 5240,
    basis: { instances: 1 },
  });
});

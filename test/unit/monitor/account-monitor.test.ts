import { describe, expect, it } from 'vitest';
import { instanceId, offline, record, unauthorized, unavailable } from './builders.ts';
import { rig } from './rig.ts';

describe('polling', () => {
  it('asks once at the start, then every 30 s in view and every 120 s hidden', async () => {
    const { api, time, monitor, held } = rig();
    api.records = [record('a')];
    monitor.setVisibility('in-view');
    monitor.start();
    await time.pass(0);
    expect(api.calls).toMatchObject({ list: 1, balance: 1, plans: 1 });
    expect(held()).toMatchObject({ apiStatus: 'live', balanceCents: 5240, instances: [{ id: 'a' }] });

    await time.pass(29_999);
    expect(api.calls.list).toBe(1);
    await time.pass(1);
    expect(api.calls.list).toBe(2);

    monitor.setVisibility('hidden');
    await time.pass(119_999);
    expect(api.calls.list).toBe(2);
    await time.pass(1);
    expect(api.calls.list).toBe(3);
  });

  it('shows the first page of an account, and gives the window time to draw it before the next ones', async () => {
    const { api, time, monitor, held } = rig();
    api.records = [record('a'), record('b')];
    api.firstPage = [record('a')];
    monitor.setVisibility('in-view');
    monitor.start();
    await time.pass(199);
    expect(held()).toMatchObject({ instances: [{ id: 'a' }], instancesGaps: { cut: { isArriving: true } } });
    await time.pass(1);
    expect(held()).toMatchObject({ instances: [{ id: 'a' }, { id: 'b' }], instancesGaps: null });
    // Later polls have nothing to show before they end.
    await time.pass(30_000);
    expect(api.calls.list).toBe(2);
    expect(held()).toMatchObject({ instances: [{ id: 'a' }, { id: 'b' }] });
  });

  it('asks at once when the view comes back after longer than its interval', async () => {
    const { api, time, monitor } = rig();
    monitor.start();
    await time.pass(60_000);
    expect(api.calls.list).toBe(1);
    monitor.setVisibility('in-view');
    await time.pass(0);
    expect(api.calls.list).toBe(2);
  });

  it('has one request in flight, whoever asks', async () => {
    const { api, time, monitor } = rig();
    let open = (): void => undefined;
    api.gate = new Promise((resolve) => (open = resolve));
    monitor.start();
    await time.pass(0);
    void monitor.refresh();
    void monitor.refresh();
    await time.pass(600_000);
    expect(api.calls.list).toBe(1);
    open();
    await time.pass(120_000);
    expect(api.calls.list).toBe(2);
  });

  it('asks faster while an instance is in transition, beginning with 2 s and slowing to 10 s', async () => {
    const { api, time, monitor } = rig();
    api.records = [record('a', 'provisioning')];
    monitor.setVisibility('in-view');
    monitor.start();
    await time.pass(0);
    const gaps: number[] = [];
    for (let poll = 0; poll < 9; poll += 1) {
      const calls = api.calls.list;
      let waitedMs = 0;
      while (api.calls.list === calls) {
        await time.pass(100);
        waitedMs += 100;
      }
      gaps.push(waitedMs);
    }
    expect(gaps[0]).toBeLessThanOrEqual(2_700);
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(gaps.at(-1)).toBe(10_000);
    api.records = [record('a', 'running')];
    await time.pass(20_000);
    const calls = api.calls.list;
    await time.pass(60_000);
    expect(api.calls.list).toBe(calls + 2);
  });

  it('backs off with jitter while the API fails, five minutes at most, and keeps what it knew', async () => {
    const { api, time, monitor, held } = rig({ random: 0.999_999 });
    api.records = [record('a')];
    monitor.setVisibility('in-view');
    monitor.start();
    await time.pass(0);
    api.error = unavailable;
    await time.pass(3_600_000);
    // 30 s five times, then 32, 64, 128, 256 s and five minutes from there on.
    expect(api.calls.list).toBe(20);
    expect(held()).toMatchObject({ apiStatus: 'stale', instances: [{ id: 'a' }] });
    expect(held()?.instancesFreshness.error).toEqual(unavailable);

    api.error = null;
    await time.pass(300_000);
    expect(held()?.apiStatus).toBe('live');
  });

  it('obeys the time that a 429 gives, with every poller of the account', async () => {
    const { api, time, monitor } = rig();
    monitor.setVisibility('in-view');
    const opensAtMs = time.monotonicMs() + 200_000;
    api.waitMs = () => Math.max(0, opensAtMs - time.monotonicMs());
    api.listError = { kind: 'rate-limited', retryAtMs: time.now() + 200_000 };
    monitor.start();
    await time.pass(0);
    time.jump(-86_400_000);
    await time.pass(199_000);
    expect(api.calls).toMatchObject({ list: 1, balance: 1 });
    api.listError = null;
    await time.pass(1_000);
    expect(api.calls).toMatchObject({ list: 2, balance: 2 });
  });

  it('stops all polling of the account on a 401, and tries again when a person asks', async () => {
    const { api, time, monitor, held } = rig();
    api.records = [record('a')];
    monitor.start();
    await time.pass(0);
    api.listError = unauthorized;
    await time.pass(120_000);
    expect(held()).toMatchObject({ apiStatus: 'signed-out', instances: [{ id: 'a' }] });
    const calls = { ...api.calls };
    await time.pass(86_400_000);
    expect(api.calls.list).toBe(calls.list);

    api.listError = null;
    await monitor.refresh();
    expect(held()?.apiStatus).toBe('live');
    await time.pass(120_000);
    expect(api.calls.list).toBe(calls.list + 2);
    // Those that nobody asked for go on as well.
    expect(api.calls.plans).toBe(calls.plans + 1);
  });

  it('loses one feature, not the account, to a 403', async () => {
    const { api, time, monitor, held } = rig();
    api.records = [record('a')];
    api.walletError = { kind: 'forbidden', ability: 'wallet:read', message: 'Missing ability' };
    monitor.start();
    await time.pass(0);
    expect(held()).toMatchObject({ apiStatus: 'live', balanceCents: null });
    api.walletError = null;
    await time.pass(120_000);
    expect(held()).toMatchObject({ balanceCents: 5240 });
  });

  it('shows which abilities the tokens were shown to lack', () => {
    const { monitor, held } = rig();
    monitor.lacks(['wallet:read']);
    expect(held()?.missingAbilities).toEqual(['wallet:read']);
    monitor.lacks([]);
    expect(held()?.missingAbilities).toEqual([]);
  });
});

describe('sleep, network and clocks', () => {
  it('asks for nothing while it sleeps and once on waking', async () => {
    const { api, time, monitor } = rig();
    monitor.start();
    await time.pass(0);
    monitor.suspend();
    await time.pass(8 * 3_600_000);
    expect(api.calls.list).toBe(1);
    monitor.resume();
    await time.pass(5_000);
    expect(api.calls).toMatchObject({ list: 2, balance: 2 });
  });

  it('polls on after the clock jumped a day either way', async () => {
    const { api, time, monitor } = rig();
    monitor.start();
    await time.pass(0);
    for (const byMs of [86_400_000, -86_400_000]) {
      const calls = api.calls.list;
      time.jump(byMs);
      await time.pass(119_000);
      expect(api.calls.list).toBe(calls);
      await time.pass(1_000);
      expect(api.calls.list).toBe(calls + 1);
    }
  });

  it('polls once when a timer comes hours late', async () => {
    const { api, time, monitor } = rig();
    monitor.start();
    await time.pass(0);
    time.sleep(8 * 3_600_000);
    await time.pass(1_000);
    expect(api.calls.list).toBe(2);
  });

  it('believes "offline" and tries on "online"', async () => {
    const { api, time, monitor, held } = rig();
    monitor.start();
    await time.pass(0);
    monitor.networkChanged(false);
    expect(held()?.apiStatus).toBe('offline');
    api.error = offline;
    monitor.networkChanged(true);
    await time.pass(0);
    expect(held()?.apiStatus).toBe('offline');
    api.error = null;
    monitor.networkChanged(true);
    await time.pass(0);
    expect(held()?.apiStatus).toBe('live');
  });

  it('leaves no timer behind', async () => {
    const { time, monitor } = rig();
    monitor.start();
    await time.pass(0);
    monitor.stop();
    await time.pass(600_000);
    expect(time.pendingTimers).toBe(0);
  });
});

describe('a power action', () => {
  it('is shown at once, polled fast, and settled by what the API shows', async () => {
    const { api, time, monitor, held } = rig();
    api.records = [record('a')];
    monitor.setVisibility('in-view');
    monitor.start();
    await time.pass(0);
    monitor.expect(instanceId('a'), 'shutdown');
    expect(held()?.instances[0]?.state).toMatchObject({ kind: 'transition', word: 'Shutting down' });
    expect(held()?.instances[0]?.power).toMatchObject({
      shutdown: { allowed: false },
      poweroff: { allowed: true },
    });
    monitor.dispatch(instanceId('a'), 'dispatched');
    await time.pass(2_000);
    expect(api.calls.list).toBe(2);
    api.records = [record('a', 'stopped')];
    await time.pass(3_000);
    expect(held()?.instances[0]?.state).toMatchObject({ kind: 'stopped', word: 'Stopped', detail: null });
  });
});

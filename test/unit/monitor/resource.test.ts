import { describe, expect, it, vi } from 'vitest';
import { AccountGate } from '../../../main/monitor/account-gate.ts';
import { Resource, type ResourceContext } from '../../../main/monitor/index.ts';
import type { Interval } from '../../../main/monitor/schedule.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { offline, unauthorized, unavailable } from './builders.ts';
import { FakeTime } from './fake-time.ts';

const interval: Interval = { inViewMs: 30_000, hiddenMs: 120_000 };

/** A resource whose requests end in `error`, and when each of them was sent, from the start on. */
function rig(
  more: {
    readonly interval?: () => Interval | null;
    readonly isChanging?: () => boolean;
    readonly gate?: AccountGate;
  } = {},
) {
  const time = new FakeTime();
  const startMs = time.monotonicMs();
  const made = { error: null as ApiError | null, answered: Promise.resolve() };
  const askedAtMs: number[] = [];
  const gate = more.gate ?? new AccountGate(() => 0, vi.fn());
  const context: ResourceContext = {
    clock: time,
    random: () => 0.5,
    gate,
    visibility: () => 'in-view',
    onPaceChange: () => undefined,
    onBug: (error) => {
      throw error;
    },
  };
  const resource = new Resource({
    ...context,
    interval: more.interval ?? (() => interval),
    ...(more.isChanging && { isChanging: more.isChanging }),
    ask: async () => {
      askedAtMs.push(time.monotonicMs() - startMs);
      await made.answered;
      return made.error;
    },
  });
  const set = (error: ApiError | null): void => void (made.error = error);
  return { set, hold, askedAtMs, resource, time };

  /** Holds answers back; gives what lets them go. */
  function hold(): () => void {
    let open = (): void => undefined;
    made.answered = new Promise((resolve) => (open = resolve));
    return () => {
      open();
    };
  }
}

describe('a resource', () => {
  it('waits longer with each failure, and as ever after a success', async () => {
    const { resource, time, askedAtMs, set } = rig({ interval: () => null });
    set(unavailable);
    resource.start();
    // Half of 1, 2, 4, 8, 16, 32 and 64 s, and no less than 10 s.
    await time.pass(91_999);
    expect(askedAtMs).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 66_000]);
    set(null);
    await time.pass(1_000_000);
    expect(askedAtMs.slice(7)).toEqual([98_000]);
    set(unavailable);
    void resource.refresh();
    await time.pass(10_000);
    expect(askedAtMs.slice(8)).toEqual([1_091_999, 1_101_999]);
  });

  it('asks again at its usual pace after a failure that is an answer, and forgets those before', async () => {
    const { resource, time, askedAtMs, set } = rig({
      interval: () => ({ inViewMs: 1_000, hiddenMs: 1_000 }),
    });
    set(offline);
    resource.start();
    await time.pass(7_999);
    expect(askedAtMs).toEqual([0, 1_000, 2_000, 4_000]);
    set({ kind: 'forbidden', ability: null, message: '' });
    await time.pass(2_001);
    expect(askedAtMs.slice(4)).toEqual([8_000, 9_000, 10_000]);
    set(offline);
    await time.pass(2_000);
    expect(askedAtMs.slice(7)).toEqual([11_000, 12_000]);
  });

  it('asks as soon as a 429 allows it, at its usual pace, and no later for those that came before', async () => {
    let waitMs = 0;
    const gate = new AccountGate(() => waitMs, vi.fn());
    const { resource, time, askedAtMs, set } = rig({ gate });
    set({ kind: 'rate-limited', retryAtMs: 0 });
    resource.start();
    await time.pass(60_000);
    expect(askedAtMs).toEqual([0, 30_000, 60_000]);
    waitMs = 50_000;
    resource.reschedule();
    await time.pass(30_000);
    expect(askedAtMs).toHaveLength(3);
  });

  it('is asked for only on request where it has no pace, but again where that failed', async () => {
    const { resource, time, askedAtMs, set } = rig({ interval: () => null });
    set({ kind: 'rate-limited', retryAtMs: 0 });
    resource.start();
    await time.pass(10_000);
    expect(askedAtMs).toEqual([0, 10_000]);
    set(null);
    await time.pass(3_600_000);
    expect(askedAtMs).toEqual([0, 10_000, 20_000]);
  });

  it('does not begin by itself where the token was refused, but once it is accepted', async () => {
    const gate: AccountGate = new AccountGate(
      () => 0,
      () => resource.reschedule(),
    );
    gate.learn(unauthorized);
    const { resource, time, askedAtMs } = rig({ gate });
    resource.start();
    await time.pass(600_000);
    expect(askedAtMs).toEqual([]);
    await resource.refresh();
    await time.pass(30_000);
    expect(askedAtMs).toEqual([600_000, 630_000]);
  });

  it('tells the others when the token is refused', async () => {
    const gate = new AccountGate(() => 0, vi.fn());
    const { resource, time, askedAtMs, set } = rig({ gate });
    set(unauthorized);
    resource.start();
    await time.pass(600_000);
    expect(gate.signedOut).toBe(true);
    expect(askedAtMs).toEqual([0]);
  });

  it('asks faster while something changes, slower with each time, and as ever after it', async () => {
    let isChanging = true;
    const { resource, time, askedAtMs } = rig({ isChanging: () => isChanging });
    resource.start();
    await time.pass(12_000);
    // 2.6, 3.38 and 4.394 s.
    expect(askedAtMs).toEqual([0, 2_600, 5_980, 10_374]);
    isChanging = false;
    await time.pass(40_000);
    expect(askedAtMs.slice(4)).toEqual([40_374]);
    isChanging = true;
    await time.pass(21_000);
    expect(askedAtMs.slice(5)).toEqual([70_374, 72_974]);
  });

  it('hurries when something begins, whatever was planned, with the shortest wait', async () => {
    let isChanging = false;
    const { resource, time, askedAtMs } = rig({ isChanging: () => isChanging });
    resource.start();
    await time.pass(1_000);
    isChanging = true;
    resource.hurry();
    await time.pass(999);
    expect(askedAtMs).toEqual([0]);
    await time.pass(1);
    expect(askedAtMs).toEqual([0, 2_000]);
    await time.pass(5_980);
    resource.hurry();
    await time.pass(2_000);
    expect(askedAtMs.slice(2)).toEqual([4_600, 7_980, 9_980]);
  });

  it('says nothing of what a request ended in that was given up', async () => {
    const gate = new AccountGate(() => 0, vi.fn());
    const { resource, time, askedAtMs, set, hold } = rig({ gate });
    const open = hold();
    set(unauthorized);
    resource.start();
    await time.pass(0);
    resource.stop();
    open();
    await time.pass(600_000);
    expect(gate.signedOut).toBe(false);
    expect(askedAtMs).toEqual([0]);
    expect(time.pendingTimers).toBe(0);
  });

  it('asks again after the request that is on its way, and joins it otherwise', async () => {
    const { resource, time, askedAtMs, hold } = rig();
    const open = hold();
    resource.start();
    await time.pass(0);
    const joined = resource.refresh();
    const again = resource.refreshAfterCurrent();
    await time.pass(5_000);
    expect(askedAtMs).toEqual([0]);
    open();
    await Promise.all([joined, again]);
    expect(askedAtMs).toEqual([0, 5_000]);
  });
});

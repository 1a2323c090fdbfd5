import { describe, expect, it } from 'vitest';
import { Poller } from '../../../main/monitor/poller.ts';
import { FakeTime } from './fake-time.ts';

const bug = new Error('bug');
const everyMs = 30_000;

function rig(
  more: {
    readonly poll?: (signal: AbortSignal) => Promise<void>;
    readonly dueAtMs?: (endedAtMs: number) => number | null;
  } = {},
) {
  const time = new FakeTime();
  const reported: unknown[] = [];
  let polls = 0;
  const poller = new Poller({
    clock: time,
    poll: (signal) => {
      polls += 1;
      return more.poll?.(signal) ?? Promise.resolve();
    },
    dueAtMs: more.dueAtMs ?? ((endedAtMs) => endedAtMs + everyMs),
    onBug: (error) => reported.push(error),
  });
  return { poller, time, reported, polls: () => polls };
}

describe('a poll whose code throws', () => {
  it.each([
    [
      'at once',
      (): Promise<void> => {
        throw bug;
      },
    ],
    ['later', () => Promise.reject<undefined>(bug)],
  ])('%s is reported, and the next one follows', async (_when, poll) => {
    const { poller, time, reported, polls } = rig({ poll });
    poller.start();
    await time.pass(everyMs);
    expect([polls(), reported]).toEqual([2, [bug, bug]]);
    await poller.pollNow();
    expect(polls()).toBe(3);
  });

  it('in its schedule goes on after a minute', async () => {
    const dueAtMs = (): number => {
      throw bug;
    };
    const { poller, time, reported, polls } = rig({ dueAtMs });
    poller.start();
    await time.pass(59_999);
    expect([polls(), reported[0]]).toEqual([1, bug]);
    await time.pass(1);
    expect(polls()).toBe(2);
  });
});

describe('polling', () => {
  it('waits for its schedule before its first poll where it is told to, and has none to wait for', async () => {
    const { poller, time, polls } = rig();
    poller.startWaiting();
    await time.pass(3_600_000);
    expect(polls()).toBe(0);
    await poller.pollNow();
    await time.pass(everyMs);
    expect(polls()).toBe(2);
  });

  it('that was stopped waits for nothing, and goes on by its schedule when it starts again', async () => {
    const { poller, time, polls } = rig();
    poller.start();
    await time.pass(10_000);
    poller.stop();
    expect(time.pendingTimers).toBe(0);
    poller.reschedule();
    expect(time.pendingTimers).toBe(0);
    await time.pass(10_000);
    poller.startWaiting();
    await time.pass(9_999);
    expect(polls()).toBe(1);
    await time.pass(1);
    expect(polls()).toBe(2);
  });

  it('has one timer, however often it is told that the next poll is due at another time', async () => {
    let dueInMs: number | null = everyMs;
    const { poller, time, polls } = rig({
      dueAtMs: (endedAtMs) => (dueInMs === null ? null : endedAtMs + dueInMs),
    });
    poller.start();
    await time.pass(1_000);
    poller.reschedule();
    poller.reschedule();
    expect(time.pendingTimers).toBe(1);
    dueInMs = null;
    poller.reschedule();
    expect(time.pendingTimers).toBe(0);
    dueInMs = 1_000;
    poller.reschedule();
    await time.pass(0);
    expect(polls()).toBe(2);
  });

  it('at once does away with the timer of the next poll, and is counted from its own end', async () => {
    const { poller, time, polls } = rig();
    poller.start();
    await time.pass(20_000);
    await poller.pollNow();
    expect(polls()).toBe(2);
    await time.pass(everyMs - 1);
    expect(polls()).toBe(2);
    await time.pass(1);
    expect(polls()).toBe(3);
  });

  it('gives up the request in flight when it is stopped, whose end is then nobody’s', async () => {
    const signals: AbortSignal[] = [];
    let open = (): void => undefined;
    const { poller, time, polls } = rig({
      poll: (signal) => {
        signals.push(signal);
        return signals.length === 1
          ? new Promise((resolve) => (open = resolve))
          : new Promise(() => undefined);
      },
    });
    poller.start();
    await time.pass(0);
    poller.stop();
    expect(signals[0]?.aborted).toBe(true);
    poller.start();
    await time.pass(0);
    open();
    await time.pass(600_000);
    // The second is still in flight: the first one's end has started no third.
    expect(polls()).toBe(2);
    expect(signals[1]?.aborted).toBe(false);
  });

  it('once more waits for the request in flight, and for none where there is none', async () => {
    const opens: (() => void)[] = [];
    const { poller, time, polls } = rig({
      poll: () => new Promise((resolve) => opens.push(resolve)),
    });
    const first = poller.pollNow();
    expect(poller.pollNow()).toBe(first);
    const again = poller.pollAfterCurrent();
    await time.pass(1_000);
    expect(polls()).toBe(1);
    opens[0]?.();
    await time.pass(0);
    expect(polls()).toBe(2);
    opens[1]?.();
    await again;
    void poller.pollAfterCurrent();
    await time.pass(0);
    expect(polls()).toBe(3);
  });
});

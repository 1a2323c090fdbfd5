import { describe, expect, it } from 'vitest';
import { Poller } from '../../../main/monitor/poller.ts';
import { FakeTime } from './fake-time.ts';

const bug = new Error('bug');
const everyMs = 30_000;

function rig(more: { readonly poll?: () => Promise<void>; readonly dueAtMs?: () => number } = {}) {
  const time = new FakeTime();
  const reported: unknown[] = [];
  let polls = 0;
  const poller = new Poller({
    clock: time,
    poll: () => {
      polls += 1;
      return more.poll?.() ?? Promise.resolve();
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

import { expect, test } from 'vitest';
import { createDwell } from '../../../../../renderer/views/instances/dwell.ts';

/** Timers that fire when the test says so. */
function manualTimers() {
  const waiting = new Map<number, () => void>();
  let last = 0;
  return {
    waiting,
    set: (run: () => void) => {
      last += 1;
      waiting.set(last, run);
      return last;
    },
    clear: (timer: number) => void waiting.delete(timer),
    fire: () => {
      const due = [...waiting.values()];
      waiting.clear();
      for (const run of due) run();
    },
  };
}

test('what is scrolled past is never told of', () => {
  const told: boolean[] = [];
  const timers = manualTimers();
  const dwell = createDwell((stays) => told.push(stays), 300, timers);
  dwell.enter();
  expect(timers.waiting.size).toBe(1);
  dwell.leave();
  timers.fire();
  expect(told).toEqual([]);
});

test('what stays is told of once, and once more when it leaves', () => {
  const told: boolean[] = [];
  const timers = manualTimers();
  const dwell = createDwell((stays) => told.push(stays), 300, timers);
  dwell.enter();
  dwell.enter();
  timers.fire();
  dwell.enter();
  expect(timers.waiting.size).toBe(0);
  dwell.leave();
  dwell.leave();
  expect(told).toEqual([true, false]);
});

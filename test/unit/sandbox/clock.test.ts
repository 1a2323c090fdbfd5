import { expect, test } from 'vitest';
import { SandboxClock } from '../../../main/sandbox/clock.ts';
import { startMs } from './harness.ts';

function stillClock(speed = 1): SandboxClock {
  return new SandboxClock({ now: () => startMs, speed });
}

test('what falls due on the way happens on the way, in order, each at its own time', () => {
  const clock = stillClock();
  const seen: [string, number][] = [];
  const note = (name: string): void => void seen.push([name, clock.now() - startMs]);
  clock.after(3_000, () => note('late'));
  clock.after(1_000, () => {
    note('early');
    clock.after(500, () => note('nested'));
  });
  clock.after(9_000, () => note('never'));
  clock.advance(5_000);
  expect(seen).toEqual([
    ['early', 1_000],
    ['nested', 1_500],
    ['late', 3_000],
  ]);
  expect(clock.now()).toBe(startMs + 5_000);
  clock.stop();
});

test('a cancelled task does not run, and equal times keep their order', () => {
  const clock = stillClock();
  const seen: number[] = [];
  clock.after(10, () => seen.push(1));
  const cancel = clock.after(10, () => seen.push(2));
  clock.after(10, () => seen.push(3));
  cancel();
  clock.advance(10);
  expect(seen).toEqual([1, 3]);
});

test('speed shortens what happens later, and leaves the date alone', () => {
  const clock = stillClock(10);
  let isDone = false;
  clock.after(1_000, () => (isDone = true));
  clock.advance(99);
  expect(isDone).toBe(false);
  clock.advance(1);
  expect(isDone).toBe(true);
  expect(clock.now()).toBe(startMs + 100);
});

test('follows the injected time when it is asked to settle', () => {
  let nowMs = startMs;
  const clock = new SandboxClock({ now: () => nowMs, speed: 1 });
  let isDone = false;
  clock.at(startMs + 50, () => (isDone = true));
  clock.settle();
  expect(isDone).toBe(false);
  nowMs += 50;
  clock.settle();
  expect(isDone).toBe(true);
});

test('held, it passes by what is added alone, and goes on from there', () => {
  let nowMs = startMs;
  const clock = new SandboxClock({ now: () => nowMs, speed: 1 });
  let isDone = false;
  clock.at(startMs + 50, () => (isDone = true));
  clock.hold(true);
  nowMs += 1_000;
  clock.settle();
  expect(clock.now()).toBe(startMs);
  expect(isDone).toBe(false);
  clock.advance(49);
  clock.hold(false);
  expect(clock.now()).toBe(startMs + 49);
  nowMs += 1;
  clock.settle();
  expect(isDone).toBe(true);
  clock.stop();
});

// @vitest-environment browser
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Bell } from '../../../../renderer/terminal/bell.svelte.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('is seen for a moment, from the last ring on', () => {
  const bell = new Bell(() => undefined);
  expect(bell.isSeen).toBe(false);
  bell.ring(false);
  vi.advanceTimersByTime(150);
  bell.ring(false);
  vi.advanceTimersByTime(150);
  expect(bell.isSeen).toBe(true);
  vi.advanceTimersByTime(50);
  expect(bell.isSeen).toBe(false);
});

it('is heard where that is set, and a program that rings on and on is not heard each time', () => {
  const sound = vi.fn();
  let nowMs = 0;
  const bell = new Bell(sound, () => nowMs);
  bell.ring(false);
  expect(sound).not.toHaveBeenCalled();
  for (nowMs = 0; nowMs < 1_000; nowMs += 10) bell.ring(true);
  expect(sound).toHaveBeenCalledTimes(3);
  bell.stop();
  expect(vi.getTimerCount()).toBe(0);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterFrame } from '../../../../renderer/components/after-frame.ts';

let frame: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => (frame = act));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('comes once, behind the frame and not within it', () => {
  const act = vi.fn();
  afterFrame(act, 250);
  frame();
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(act).toHaveBeenCalledTimes(1);
});

it('comes after the longest time where no frame is drawn, as in a hidden window', () => {
  const act = vi.fn();
  afterFrame(act, 250);
  vi.advanceTimersByTime(249);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
  frame();
  vi.advanceTimersByTime(1_000);
  expect(act).toHaveBeenCalledTimes(1);
});

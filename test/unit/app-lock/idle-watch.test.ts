import { beforeEach, expect, it, vi } from 'vitest';
import { IdleWatch } from '../../../main/app-lock/idle-watch.ts';
import { FakeClock } from '../terminal/fake-clock.ts';

const minuteMs = 60_000;
let clock: FakeClock;
let systemIdleMs: () => number;
let limitMs: number | null;
let onIdle: ReturnType<typeof vi.fn<() => void>>;
let watch: IdleWatch;
beforeEach(() => {
  clock = new FakeClock();
  limitMs = 5 * minuteMs;
  onIdle = vi.fn<() => void>();
  watch = new IdleWatch({ clock, systemIdleMs: () => systemIdleMs(), limitMs: () => limitMs, onIdle });
});

/** Nobody touches the computer for a while; the system says so, or says nothing. */
function wait(ms: number, told: 'told' | 'untold' = 'told'): void {
  const fromMs = clock.now();
  systemIdleMs = () => (told === 'told' ? clock.now() - fromMs : 0);
  clock.advance(ms);
}

it('tells once, after the time that is set', () => {
  watch.start();
  wait(5 * minuteMs - 1_000);
  expect(onIdle).not.toHaveBeenCalled();
  wait(10 * minuteMs);
  expect(onIdle).toHaveBeenCalledOnce();
  expect(clock.pending).toBe(0);
});

it('waits on while the computer is used, in whatever program', () => {
  watch.start();
  systemIdleMs = () => 2_000;
  clock.advance(60 * minuteMs);
  expect(onIdle).not.toHaveBeenCalled();
});

it('is judged by the input in the app where the system does not say', () => {
  watch.start();
  wait(4 * minuteMs, 'untold');
  watch.input();
  wait(4 * minuteMs, 'untold');
  expect(onIdle).not.toHaveBeenCalled();
  wait(minuteMs + 5_000, 'untold');
  expect(onIdle).toHaveBeenCalledOnce();
});

it('counts a night that the computer slept, whose clock stood still', () => {
  watch.start();
  systemIdleMs = () => 0;
  clock.advance(10_000);
  clock.setWallClock(8 * 60 * minuteMs);
  clock.advance(5_000);
  expect(onIdle).toHaveBeenCalledOnce();
});

it('follows what is set meanwhile, and is never idle where nothing is', () => {
  limitMs = null;
  watch.start();
  wait(120 * minuteMs);
  expect(onIdle).not.toHaveBeenCalled();
  limitMs = minuteMs;
  clock.advance(5_000);
  expect(onIdle).toHaveBeenCalledOnce();
});

it('is over when it is stopped', () => {
  watch.start();
  watch.stop();
  wait(60 * minuteMs);
  expect(onIdle).not.toHaveBeenCalled();
});

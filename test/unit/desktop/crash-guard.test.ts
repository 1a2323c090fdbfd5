import { expect, it } from 'vitest';
import { createCrashGuard } from '../../../main/desktop/crash-guard.ts';

const minuteMs = 60_000;

it('lets a page come back three times in five minutes, then not until the first is five minutes old', () => {
  let nowMs = 1000;
  const guard = createCrashGuard(() => nowMs);
  expect(guard.mayReload()).toBe(true);
  nowMs += minuteMs;
  expect(guard.mayReload()).toBe(true);
  expect(guard.mayReload()).toBe(true);
  expect(guard.mayReload()).toBe(false);
  nowMs = 1000 + 5 * minuteMs - 1;
  expect(guard.mayReload()).toBe(false);
  nowMs += 1;
  expect(guard.mayReload()).toBe(true);
  // The two of the second minute still count.
  expect(guard.mayReload()).toBe(false);
  nowMs += minuteMs;
  expect(guard.mayReload()).toBe(true);
});

it('lets a page that crashes now and then come back for ever', () => {
  let nowMs = 0;
  const guard = createCrashGuard(() => nowMs);
  for (let crash = 0; crash < 1000; crash += 1) {
    nowMs += 2 * minuteMs;
    expect(guard.mayReload()).toBe(true);
  }
});

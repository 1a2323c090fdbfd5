import { beforeEach, describe, expect, test } from 'vitest';
import { StatePacing } from '../../../main/terminal/process/state-pacing.ts';
import { FakeClock } from './fake-clock.ts';

describe('the next state of a view that cannot follow', () => {
  let clock: FakeClock;
  let pacing: StatePacing;
  beforeEach(() => {
    clock = new FakeClock();
    pacing = new StatePacing(clock);
    pacing.took(1_000_000);
  });
  /** A state that took so long until the view had parsed it. */
  const shown = (tookMs: number): void => {
    pacing.stateBegun();
    clock.advance(tookMs);
    pacing.stateParsed();
  };
  const dueInMs = (waitingBytes: number): number => pacing.dueMs(waitingBytes) - clock.monotonicMs();

  test.each([
    [5, 100],
    [40, 640],
    [200, 1_000],
  ])('is due so long after one that took %i ms: %i', (tookMs, waitMs) => {
    shown(tookMs);
    expect(dueInMs(1)).toBe(waitMs);
  });

  test('is due at once when nothing comes for a frame, and is one to follow from', () => {
    shown(5);
    pacing.took(1_000_000);
    expect(dueInMs(0)).toBe(16);
    expect(pacing.canFollow(0)).toBe(false);
    clock.advance(16);
    expect(pacing.canFollow(0)).toBe(true);
    expect(pacing.canFollow(65_537)).toBe(false);
  });

  test('is none to follow from while the server waits, nor as it goes on', () => {
    shown(5);
    pacing.setPaused(true);
    clock.advance(60);
    expect(dueInMs(0)).toBe(40);
    expect(pacing.canFollow(0)).toBe(false);
    pacing.setPaused(false);
    expect(pacing.canFollow(0)).toBe(false);
    clock.advance(16);
    expect(pacing.canFollow(0)).toBe(true);
  });

  test('is one to follow from once little comes between two', () => {
    shown(5);
    pacing.took(65_536);
    expect(pacing.canFollow(0)).toBe(true);
    pacing.took(1);
    expect(pacing.canFollow(0)).toBe(false);
    shown(5);
    pacing.took(1);
    expect(pacing.canFollow(0)).toBe(true);
  });
});

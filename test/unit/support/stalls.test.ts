import { describe, expect, it } from 'vitest';
import { workMs } from '../../support/stalls.ts';

const task = { startMs: 1_000, endMs: 1_200 };

describe('what a thread worked in a task', () => {
  it('is what it had a processor for, however long the task was by the clock', () => {
    const samples = [
      { atMs: 0, workedMs: 70 },
      { atMs: 995, workedMs: 80 },
      { atMs: 1_100, workedMs: 90 },
      { atMs: 1_205, workedMs: 110 },
      { atMs: 2_000, workedMs: 500 },
    ];
    expect(workMs(task, samples)).toBe(30);
  });

  it('is rather too much where the samples are few', () => {
    const samples = [
      { atMs: 800, workedMs: 0 },
      { atMs: 1_400, workedMs: 450 },
    ];
    expect(workMs(task, samples)).toBe(450);
  });
});

import { describe, expect, it } from 'vitest';
import { ownMs } from '../../support/stalls.ts';

const gap = { startMs: 1_000, endMs: 1_200 };

describe('what of a gap between two frames a window held up itself', () => {
  it('is all of it where its thread got a processor whenever it wanted one', () => {
    const samples = [
      { atMs: 0, waitedMs: 70 },
      { atMs: 990, waitedMs: 80 },
      { atMs: 1_210, waitedMs: 80 },
      { atMs: 2_000, waitedMs: 500 },
    ];
    expect(ownMs(gap, samples)).toBe(200);
  });

  it('is what is left when it had to wait for one', () => {
    const samples = [
      { atMs: 990, waitedMs: 80 },
      { atMs: 1_100, waitedMs: 150 },
      { atMs: 1_205, waitedMs: 240 },
    ];
    expect(ownMs(gap, samples)).toBe(40);
  });

  it('is nothing, not less, where the samples reach beyond it', () => {
    const samples = [
      { atMs: 800, waitedMs: 0 },
      { atMs: 1_400, waitedMs: 450 },
    ];
    expect(ownMs(gap, samples)).toBe(0);
  });
});

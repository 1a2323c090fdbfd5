import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryReturn } from '../../../main/app/memory-return.ts';
import { FakeClock } from '../terminal/fake-clock.ts';

const mebibyte = 1024 * 1024;

describe('memory that is given back', () => {
  let clock: FakeClock;
  let usedCpuMs: number;
  let heap: { totalBytes: number; usedBytes: number };
  let collections: number;
  let memory: MemoryReturn;
  beforeEach(() => {
    clock = new FakeClock();
    usedCpuMs = 500;
    heap = { totalBytes: 30 * mebibyte, usedBytes: 12 * mebibyte };
    collections = 0;
    memory = new MemoryReturn(clock, {
      usedCpuMs: () => usedCpuMs,
      heap: () => heap,
      collectGarbage: () => (collections += 1),
    });
  });

  it('is given back once a second was quiet, and not again', () => {
    memory.soon();
    for (let second = 0; second < 3; second += 1) {
      usedCpuMs += 200;
      clock.advance(1_000);
    }
    expect(collections).toBe(0);
    usedCpuMs += 10;
    clock.advance(1_000);
    expect(collections).toBe(1);
    clock.advance(60_000);
    expect(collections).toBe(1);
  });

  it('waits anew when something else was large meanwhile', () => {
    memory.soon();
    clock.advance(900);
    memory.soon();
    clock.advance(900);
    expect(collections).toBe(0);
    clock.advance(100);
    expect(collections).toBe(1);
  });

  it('is not worth a pause where V8 has little that is not in use, nor where much is', () => {
    heap = { totalBytes: 14 * mebibyte, usedBytes: 11 * mebibyte };
    memory.soon();
    clock.advance(1_000);
    heap = { totalBytes: 120 * mebibyte, usedBytes: 90 * mebibyte };
    memory.soon();
    clock.advance(1_000);
    expect(collections).toBe(0);
  });

  it('is left alone as the app quits', () => {
    memory.soon();
    memory.stop();
    clock.advance(5_000);
    expect(collections).toBe(0);
  });
});

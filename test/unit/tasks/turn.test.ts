import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { soon, Turn } from '../../../main/tasks/index.ts';

describe('a turn', () => {
  it('is over after 8 ms, and begins anew once others had theirs', async () => {
    let nowMs = 100;
    let given = 0;
    const next = (): Promise<void> => {
      given += 1;
      nowMs += 50;
      return Promise.resolve();
    };
    const turn = new Turn({ now: () => nowMs, next });
    nowMs += 7;
    expect(turn.isOver()).toBe(false);
    nowMs += 1;
    expect(turn.isOver()).toBe(true);
    await turn.giveWay();
    expect([given, turn.isOver()]).toEqual([1, false]);
  });

  it('of small steps looks at the clock at each 64th', () => {
    let looks = 0;
    const turn = new Turn({ now: () => (looks += 1) * 8, next: () => Promise.resolve() });
    const over = Array.from({ length: 128 }, () => turn.isOverAtStep());
    expect(over.flatMap((isOver, step) => (isOver ? [step + 1] : []))).toEqual([64, 128]);
    expect(looks).toBe(3);
  });
});

describe('a task that is due soon', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs in a later turn, once, and can be asked for again', () => {
    let runs = 0;
    const task = soon(
      () => (runs += 1),
      () => undefined,
    );
    task();
    task();
    expect(runs).toBe(0);
    vi.runAllTimers();
    expect(runs).toBe(1);
    vi.runAllTimers();
    expect(runs).toBe(1);
    task();
    vi.runAllTimers();
    expect(runs).toBe(2);
  });

  it('tells what it throws, and can be asked for again', () => {
    const causes: unknown[] = [];
    const bug = new Error('bug');
    const task = soon(
      () => {
        throw bug;
      },
      (cause) => causes.push(cause),
    );
    task();
    vi.runAllTimers();
    task();
    vi.runAllTimers();
    expect(causes).toEqual([bug, bug]);
  });
});

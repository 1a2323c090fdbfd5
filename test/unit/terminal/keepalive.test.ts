import { beforeEach, describe, expect, test } from 'vitest';
import { Keepalive } from '../../../main/terminal/process/keepalive.ts';
import { FakeClock } from './fake-clock.ts';

const limits = { intervalMs: 15_000, maxUnanswered: 3, wakeTimeoutMs: 10_000 };

describe('keepalive', () => {
  let clock: FakeClock;
  let asked: (() => void)[];
  let latencies: number[];
  let dead: number[];
  let keepalive: Keepalive;

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    latencies = [];
    dead = [];
    keepalive = new Keepalive(clock, limits, {
      ask: (answered) => asked.push(answered),
      onLatency: (latencyMs) => latencies.push(latencyMs),
      onDead: (silentMs) => dead.push(silentMs),
    });
  });

  test('gives up after three questions without an answer, once', () => {
    clock.advance(44_999);
    expect(dead).toEqual([]);
    clock.advance(1);
    expect(dead).toEqual([45_000]);
    expect(asked).toHaveLength(3);
    clock.advance(1_000_000);
    expect(dead).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('tells how long each answer took', () => {
    clock.advance(40);
    asked[0]?.();
    clock.advance(14_960);
    clock.advance(25);
    asked[1]?.();
    expect(latencies).toEqual([40, 25]);
  });

  test('whatever comes in counts as life, though no question is answered', () => {
    for (let turn = 0; turn < 20; turn += 1) {
      clock.advance(14_000);
      keepalive.sign();
    }
    expect(dead).toEqual([]);
  });

  test('an answer that comes later than the next question counts, with the time that it took', () => {
    for (let turn = 0; turn < 20; turn += 1) {
      clock.advance(5_000);
      asked[turn - 1]?.();
      clock.advance(10_000);
    }
    expect(dead).toEqual([]);
    expect(latencies).toEqual(Array(19).fill(20_000));
    // It falls silent for good.
    clock.advance(45_000);
    expect(dead).toEqual([45_000]);
  });

  test('after a wake only an answer to its own question counts, and counts soon', () => {
    clock.advance(5_000);
    keepalive.probe();
    keepalive.sign();
    asked[0]?.();
    clock.advance(9_999);
    expect(dead).toEqual([]);
    clock.advance(1);
    expect(dead).toEqual([10_000]);
  });

  test('after a wake an answer keeps it alive', () => {
    keepalive.probe();
    asked[1]?.();
    clock.advance(12_000);
    expect(dead).toEqual([]);
  });

  test('tells nothing after it was stopped, whatever is called back then', () => {
    keepalive.probe();
    keepalive.stop();
    for (const answered of asked) answered();
    clock.advance(1_000_000);
    expect([latencies, dead, clock.pending]).toEqual([[], [], 0]);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import { Keepalive } from '../../../main/terminal/process/keepalive.ts';
import { FakeClock } from './fake-clock.ts';

const limits = { ...defaultLimits.keepalive, wakeTimeoutMs: 10_000 };

describe('keepalive', () => {
  let clock: FakeClock;
  let asked: (() => void)[];
  let latencies: number[];
  let dead: number[];
  let doubts: number;
  let keepalive: Keepalive;

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    latencies = [];
    dead = [];
    doubts = 0;
    keepalive = new Keepalive(clock, limits, {
      ask: (answered) => asked.push(answered),
      onLatency: (latencyMs) => latencies.push(latencyMs),
      onDead: (silentMs) => dead.push(silentMs),
      onDoubt: () => (doubts += 1),
    });
  });

  test('gives up after three questions without an answer, once', () => {
    clock.advance(33_999);
    expect(dead).toEqual([]);
    clock.advance(1);
    expect(dead).toEqual([34_000]);
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
    clock.advance(49_000);
    expect(dead).toEqual([34_000]);
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

  test('says after a wake that an answer is waited for, unless it comes at once', () => {
    keepalive.probe();
    clock.advance(499);
    asked[1]?.();
    clock.advance(5_000);
    expect(doubts).toBe(0);
    keepalive.probe();
    clock.advance(500);
    expect(doubts).toBe(1);
    // An older answer that comes in is no answer to this.
    asked[0]?.();
    expect(latencies).toEqual([499]);
    asked[2]?.();
    expect(latencies).toEqual([499, 500]);
    clock.advance(10_000);
    expect([doubts, dead]).toEqual([1, []]);
  });

  test('tells nothing after it was stopped, whatever is called back then', () => {
    keepalive.probe();
    keepalive.stop();
    for (const answered of asked) answered();
    clock.advance(1_000_000);
    expect([latencies, dead, clock.pending]).toEqual([[], [], 0]);
  });

  test('asks at once and at each interval, and an answer puts the count back', () => {
    expect(asked).toHaveLength(1);
    clock.advance(14_999);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(asked).toHaveLength(2);
    clock.advance(15_000);
    asked[2]?.();
    // Fifteen seconds to the next question, two intervals more, and the time for an answer to the last one.
    clock.advance(48_999);
    expect(dead).toEqual([]);
    clock.advance(1);
    expect(dead).toEqual([34_000]);
  });

  test('a dead peer is said within 50 s, whenever it dies', () => {
    for (let diesAtMs = 0; diesAtMs <= 60_000; diesAtMs += 250) {
      let saidAtMs: number | null = null;
      const own = new FakeClock();
      const startMs = own.monotonicMs();
      const passedMs = (): number => own.monotonicMs() - startMs;
      const watch = new Keepalive(own, limits, {
        // It answers in 40 ms as long as it lives, and sends something by itself every 7 s.
        ask: (answered) => own.setTimeout(() => passedMs() <= diesAtMs && answered(), 40),
        onLatency: () => undefined,
        onDead: () => (saidAtMs = passedMs()),
        onDoubt: () => undefined,
      });
      for (let atMs = 7_000; atMs <= diesAtMs; atMs += 7_000) own.setTimeout(() => watch.sign(), atMs);
      own.advance(diesAtMs + 50_000);
      expect(saidAtMs, `it died after ${diesAtMs} ms`).not.toBeNull();
      expect(saidAtMs).toBeGreaterThan(diesAtMs);
    }
  });

  test('what comes in while the last answer is waited for puts the count back, and the next question keeps its time', () => {
    clock.advance(32_000);
    keepalive.sign();
    clock.advance(2_000);
    expect(dead).toEqual([]);
    clock.advance(10_999);
    expect(asked).toHaveLength(3);
    clock.advance(1);
    expect(asked).toHaveLength(4);
  });

  test('a clock that is set while an answer is on its way changes neither the latency nor what a wake waits for', () => {
    clock.setWallClock(-86_400_000);
    clock.advance(40);
    asked[0]?.();
    keepalive.probe();
    clock.setWallClock(3 * 86_400_000);
    clock.advance(10_000);
    expect([latencies, dead]).toEqual([[40], [10_000]]);
  });

  test('a second wake counts from its own question, whatever the first one waits for', () => {
    keepalive.probe();
    clock.advance(9_000);
    keepalive.probe();
    clock.advance(9_999);
    expect(dead).toEqual([]);
    clock.advance(1);
    expect(dead).toEqual([10_000]);
  });

  test('a death at a wake ends the questions too', () => {
    keepalive.probe();
    clock.advance(10_000);
    expect(dead).toEqual([10_000]);
    const before = asked.length;
    clock.advance(1_000_000);
    expect([asked.length, dead, clock.pending]).toEqual([before, [10_000], 0]);
  });

  test('the answer to the question of a wake tells its latency', () => {
    clock.advance(1_000);
    keepalive.probe();
    clock.advance(30);
    asked[1]?.();
    expect(latencies).toEqual([30]);
    expect(clock.pending).toBe(1);
  });
});

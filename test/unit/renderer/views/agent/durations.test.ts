import { describe, expect, test } from 'vitest';
import {
  elapsedInWords,
  runningSinceMs,
  tookInWords,
} from '../../../../../renderer/views/agent/durations.ts';

test.each([
  [0, '0.0 s'],
  [84, '0.1 s'],
  [9_949, '9.9 s'],
  [9_950, '9 s'],
  [42_900, '42 s'],
  [-5, '0.0 s'],
])('a command of %d ms took %s', (durationMs, words) => {
  expect(tookInWords(durationMs)).toBe(words);
});

test.each([
  [0, '0 s'],
  [42_900, '42 s'],
  [184_000, '3 min 4 s'],
  [180_000, '3 min'],
  [3_725_000, '1 h'],
  [-1_000, '0 s'],
])('%d ms of work are %s', (durationMs, words) => {
  expect(elapsedInWords(durationMs)).toBe(words);
});

describe('a running command began', () => {
  const marks = { seenAtMs: 50_000, turnStartedAtMs: 20_000 };

  test('when the instance says so', () => {
    expect(runningSinceMs({ ...marks, atMs: 45_000 })).toBe(45_000);
  });

  test('not before its turn and not after it was seen, whatever the clock of the instance says', () => {
    expect(runningSinceMs({ ...marks, atMs: 1_000 })).toBe(20_000);
    expect(runningSinceMs({ ...marks, atMs: 900_000 })).toBe(50_000);
  });

  test('when it was seen, where the instance does not say', () => {
    expect(runningSinceMs({ ...marks, atMs: null })).toBe(50_000);
  });

  test('nobody knows when, where it belongs to no turn of this app', () => {
    expect(runningSinceMs({ atMs: 45_000, seenAtMs: 50_000, turnStartedAtMs: null })).toBeNull();
  });
});

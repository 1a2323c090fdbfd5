import { expect, test } from 'vitest';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import type { Notice } from '../../../../../preload/contract/snapshot.ts';
import { activityOf } from '../../../../../renderer/views/instance/activity.ts';
import { memoryInWords, renewalInWords } from '../../../../../renderer/views/instance/fact-words.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 25, 12);
const one = 'one' as InstanceId;

test('a renewal has its day and how far it is', () => {
  expect(renewalInWords(nowMs + 20 * dayMs, nowMs, 'UTC')).toBe('14 Jun · in 20 d');
  expect(renewalInWords(nowMs - 3 * dayMs, nowMs, 'UTC')).toBe('22 May · expired 3 d ago');
});

test('memory says what is known', () => {
  const detail = { id: one, remoteState: 'running', cpuPercent: null };
  expect(memoryInWords({ ...detail, memoryTotalKb: 4_194_304, memoryFreeKb: 1_677_721 })).toBe(
    '1.6 GB free of 4 GB',
  );
  expect(memoryInWords({ ...detail, memoryTotalKb: null, memoryFreeKb: 1_048_576 })).toBe('1 GB free');
  expect(memoryInWords({ ...detail, memoryTotalKb: 4_194_304, memoryFreeKb: null })).toBeNull();
});

test('activity is of one server, newest first, and ends somewhere', () => {
  const notice = (atMs: number, instanceId: InstanceId | null): Notice => ({
    key: String(atMs),
    kind: 'stopped',
    title: '',
    body: '',
    instanceId,
    atMs,
  });
  const told = [notice(1, one), notice(3, one), notice(2, null), notice(4, 'other' as InstanceId)];
  expect(activityOf(told, one).map(({ atMs }) => atMs)).toEqual([3, 1]);
  const many = Array.from({ length: 30 }, (_, atMs) => notice(atMs, one));
  expect(activityOf(many, one).map(({ atMs }) => atMs)).toEqual([
    29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
  ]);
});

import { expect, test } from 'vitest';
import type { InstanceId, ProjectId } from '../../../../../preload/contract/brands.ts';
import {
  memoryInWords,
  renewalInWords,
  systemInWords,
} from '../../../../../renderer/views/instances/fact-words.ts';
import { instance } from '../../../domain/samples.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 25, 12);
const one = 'one' as InstanceId;

test('a renewal has its day and how far it is', () => {
  expect(renewalInWords(nowMs + 20 * dayMs, nowMs, 'UTC')).toBe('14 Jun · in 20 d');
  expect(renewalInWords(nowMs - 3 * dayMs, nowMs, 'UTC')).toBe('22 May · expired 3 d ago');
});

test('a system is the one that the API says, else the one that it was created with here', () => {
  const made = [{ instanceId: one, osName: 'Debian 12', projectId: '1' as ProjectId }];
  expect(systemInWords(instance(one, 'running', { osName: 'Debian 13' }), made)).toBe('Debian 13');
  expect(systemInWords(instance(one, 'running', { osName: null }), made)).toBe('Debian 12 (when created)');
  expect(systemInWords(instance('two', 'running', { osName: null }), made)).toBeNull();
});

test('memory says what is known', () => {
  const detail = { id: one, remoteState: 'running', cpuPercent: null };
  expect(memoryInWords({ ...detail, memoryTotalKb: 4_194_304, memoryFreeKb: 1_677_721 })).toBe(
    '1.6 GB free of 4 GB',
  );
  expect(memoryInWords({ ...detail, memoryTotalKb: null, memoryFreeKb: 1_048_576 })).toBe('1 GB free');
  expect(memoryInWords({ ...detail, memoryTotalKb: 4_194_304, memoryFreeKb: null })).toBeNull();
});

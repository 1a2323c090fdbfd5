import { expect, it } from 'vitest';
import type { StateKind } from '../../../../../preload/contract/instance.ts';
import { startersFor } from '../../../../../renderer/views/agent/starters.ts';

const calm = ['Health check', 'Failed services', 'Updates', 'Disk space'];

it.each<[StateKind, number | null, readonly string[]]>([
  ['running', null, calm],
  ['running', 79.9, calm],
  ['running', 80, ['High CPU', ...calm]],
  ['failed', 99, ['What went wrong', 'Failed services']],
  ['deletion', null, calm],
  ['unknown', 99, calm],
  ['stopped', null, []],
  ['suspended', null, []],
  ['transition', null, []],
])('an instance that is %s with a CPU of %s %% begins with %j', (state, cpu, labels) => {
  expect(startersFor(state, cpu).map(({ label }) => label)).toEqual(labels);
});

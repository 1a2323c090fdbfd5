import { expect, test } from 'vitest';
import type { InstanceId } from '../../../../preload/contract/brands.ts';
import type { PortForward, PortForwardId } from '../../../../preload/contract/port-forwards.ts';
import { portCommands } from '../../../../renderer/palette/port-commands.ts';

const forward = (part: Partial<PortForward>): PortForward => ({
  id: 'f1' as PortForwardId,
  instanceId: 'web' as InstanceId,
  name: 'Database',
  kind: 'local',
  bindAddress: '127.0.0.1',
  port: 5432,
  destination: { host: 'localhost', port: 5432 },
  startsWithApp: false,
  state: { phase: 'off', problem: null },
  traffic: { bytesUp: 0, bytesDown: 0, openNow: 0, openedTotal: 0, problem: null },
  ...part,
});

function commands(...forwards: readonly PortForward[]) {
  const done: unknown[] = [];
  const all = portCommands({
    forwards,
    nameOf: () => 'web-1',
    switchOn: ({ id }, isOn) => done.push([id, isOn]),
    openInBrowser: ({ id }) => done.push(['open', id]),
  });
  return { all, done };
}

test('one that is off is switched on, one that is on is switched off', () => {
  const { all, done } = commands(
    forward({}),
    forward({ id: 'f2' as PortForwardId, name: 'Proxy', kind: 'dynamic', state: { phase: 'connecting' } }),
  );
  expect(all.map(({ label, detail }) => `${label} (${String(detail)})`)).toEqual([
    'Switch on port forward Database (web-1)',
    'Switch off port forward Proxy (web-1)',
  ]);
  for (const { run } of all) run();
  expect(done).toEqual([
    ['f1', true],
    ['f2', false],
  ]);
});

test('a local one that is open is opened in the browser', () => {
  const on = { phase: 'on', port: 5432, note: null } as const;
  const { all, done } = commands(
    forward({ state: on }),
    forward({ id: 'f2' as PortForwardId, kind: 'remote', state: on }),
  );
  expect(all.map(({ label }) => label)).toEqual([
    'Switch off port forward Database',
    'Open port forward Database in the browser',
    'Switch off port forward Database',
  ]);
  all[1]?.run();
  expect(done).toEqual([['open', 'f1']]);
});

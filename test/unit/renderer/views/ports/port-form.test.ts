import { describe, expect, test } from 'vitest';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import type { PortForward, PortForwardId } from '../../../../../preload/contract/port-forwards.ts';
import {
  portDraft,
  portHint,
  reachWarning,
  readPort,
  type PortDraft,
} from '../../../../../renderer/views/ports/port-form.ts';

const draft = (part: Partial<PortDraft> = {}): PortDraft => ({
  ...portDraft(null),
  destinationPort: '5432',
  ...part,
});

const kept: PortForward = {
  id: 'f' as PortForwardId,
  instanceId: 'web' as InstanceId,
  name: 'Database',
  kind: 'remote',
  bindAddress: '::1',
  port: 0,
  destination: { host: 'db.internal', port: 5432 },
  startsWithApp: true,
  state: { phase: 'off', problem: null },
  traffic: { bytesUp: 0, bytesDown: 0, openNow: 0, openedTotal: 0, problem: null },
};

describe('a port forward that is typed', () => {
  test('listens on this computer alone, at the port of the other side, and is off at first', () => {
    expect(readPort(draft())).toEqual({
      ok: true,
      settings: {
        name: '',
        kind: 'local',
        bindAddress: '127.0.0.1',
        port: 5432,
        destination: { host: 'localhost', port: 5432 },
        startsWithApp: false,
      },
    });
  });

  test('is the same after it was read and kept', () => {
    const { id, instanceId, state, traffic, ...settings } = kept;
    expect(readPort(portDraft(kept))).toEqual({ ok: true, settings });
    expect([id, instanceId, state, traffic]).toHaveLength(4);
  });

  test('a dynamic one leads to no host of its own, and needs a port', () => {
    const dynamic = draft({ kind: 'dynamic', destinationPort: 'x', host: '' });
    expect(readPort({ ...dynamic, port: ' 1080 ' })).toMatchObject({
      settings: { port: 1080, destination: null },
    });
    expect(readPort(dynamic)).toEqual({
      ok: false,
      errors: { port: 'Enter a port from 1 to 65535, or 0 for any free one.' },
    });
  });

  test.each([
    ['port', { port: '65536' }],
    ['port', { port: '-1' }],
    ['port', { port: '80a' }],
    ['destinationPort', { destinationPort: '0', port: '80' }],
    ['destinationPort', { destinationPort: '', port: '80' }],
    ['host', { host: 'a b' }],
    ['host', { host: '' }],
    ['bindAddress', { listenOn: 'other', bindAddress: 'localhost' }],
    ['bindAddress', { listenOn: 'other', bindAddress: '10.0.0.256' }],
  ] as const)('what is wrong with %s is said: %o', (field, part) => {
    const read = readPort(draft(part));
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual([field]);
  });
});

test.each([
  [{}, null],
  [{ listenOn: 'other', bindAddress: '127.0.0.2' }, null],
  [{ listenOn: 'other', bindAddress: '::1' }, null],
  [{ listenOn: 'every' }, 'Reachable from other computers in your network'],
  [{ listenOn: 'other', bindAddress: '192.168.1.20' }, 'Reachable from other computers in your network'],
  [{ kind: 'remote', listenOn: 'every' }, 'GatewayPorts clientspecified'],
] as const)('who else can use the port: %o', (part, warning) => {
  const said = reachWarning(draft(part));
  if (warning === null) expect(said).toBeNull();
  else expect(said).toContain(warning);
});

test.each([
  [{ port: '80' }, 'administrator'],
  [{ port: '80', kind: 'remote' }, 'only root'],
  [{ port: '8080' }, 'the same port'],
  [{ kind: 'dynamic' }, '0 takes any free port'],
] as const)('what there is to know of the port: %o', (part, hint) => {
  expect(portHint(draft(part))).toContain(hint);
});

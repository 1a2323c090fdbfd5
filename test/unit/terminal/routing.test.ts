import { describe, expect, test } from 'vitest';
import { routingOf } from '../../../main/terminal/routing.ts';
import { defaultSshSettings } from '../../../main/terminal/ssh-settings-store.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { JumpInstance } from '../../../preload/contract/jump-way.ts';
import type { SshSettings } from '../../../preload/contract/terminal.ts';

const web = 'web' as InstanceId;
const byInstance = (id: string): SshSettings['jump'] => ({ kind: 'instance', instanceId: id as InstanceId });
/** An account's instances, by id, with what is set for each. */
const account =
  (instances: Readonly<Record<string, Partial<SshSettings> & { readonly mainIp?: string | null }>>) =>
  (id: InstanceId): JumpInstance | null => {
    const { mainIp = '203.0.113.9', ...settings } = instances[id] ?? {};
    return id in instances ? { name: id, mainIp, settings: { ...defaultSshSettings, ...settings } } : null;
  };
const jumpOf = (settings: Partial<SshSettings>, instances: Parameters<typeof account>[0] = {}) =>
  routingOf(web, { ...defaultSshSettings, ...settings }, account(instances)).jump;

describe('the way that the SSH settings of an instance say', () => {
  test('is that of ~/.ssh/config where nothing is set', () => {
    expect(routingOf(web, defaultSshSettings, account({}))).toEqual({
      usesConfig: true,
      isPortSet: false,
      isUserSet: false,
      jump: { kind: 'config' },
      forwardsAgent: null,
    });
  });

  test('is what is set', () => {
    const settings = {
      ...defaultSshSettings,
      port: 22,
      user: 'root',
      usesConfig: false,
      forwardsAgent: true,
    };
    expect(routingOf(web, settings, account({}))).toMatchObject({
      usesConfig: false,
      isPortSet: true,
      isUserSet: true,
      forwardsAgent: true,
    });
    expect(jumpOf({ jump: { kind: 'none' } })).toEqual({ kind: 'hosts', hosts: [] });
  });

  test('goes through the hosts that were typed, each as ~/.ssh/config says of it', () => {
    const jump = { kind: 'hosts', hosts: 'jane@a:2200,b' } as const;
    expect(jumpOf({ jump })).toMatchObject({
      kind: 'hosts',
      hosts: [
        { host: 'a', port: 2200, user: 'jane', usesConfig: true, followsOwnJump: true },
        { host: 'b', port: null, user: null, otherwiseUser: null },
      ],
    });
  });

  test('goes through another instance as its own settings say, with its own jump hosts before it', () => {
    const door = { user: 'deploy', auth: { method: 'agent' }, usesConfig: false } as const;
    expect(jumpOf({ jump: byInstance('door') }, { door })).toEqual({
      kind: 'hosts',
      hosts: [
        {
          host: '203.0.113.9',
          port: null,
          user: 'deploy',
          otherwiseUser: 'root',
          auth: { method: 'agent' },
          usesConfig: false,
          followsOwnJump: true,
        },
      ],
    });
    const chain = {
      door: { host: 'door.example', jump: byInstance('gate') },
      gate: { host: 'gate.example', jump: { kind: 'none' } },
    } as const;
    expect(jumpOf({ jump: byInstance('door') }, chain)).toMatchObject({
      hosts: [
        { host: 'gate.example', followsOwnJump: false },
        { host: 'door.example', followsOwnJump: false },
      ],
    });
  });

  test.each([
    ['an instance that is gone', {}, 'is no longer there'],
    ['one without an address', { door: { mainIp: null } }, 'door has no address yet'],
    ['one whose address is none', { door: { mainIp: '-oProxyCommand=x' } }, 'door has no address yet'],
    ['itself', { door: { jump: byInstance('web') }, web: {} }, 'in a circle, by web'],
    [
      'a circle',
      { door: { jump: byInstance('gate') }, gate: { jump: byInstance('door') } },
      'in a circle, by door',
    ],
  ] as const)('leads nowhere through %s', (_what, instances, sentence) => {
    expect(jumpOf({ jump: byInstance('door') }, instances)).toEqual({
      kind: 'unusable',
      sentence: expect.stringContaining(sentence) as string,
    });
  });
});

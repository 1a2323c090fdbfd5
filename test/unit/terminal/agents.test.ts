import { describe, expect, test } from 'vitest';
import { agentSockets } from '../../../main/terminal/process/auth/agents.ts';

const linux = { platform: 'linux', home: '/home/ada' } as const;

describe('where an agent is looked for', () => {
  test("in the shell's environment first, then in the usual places", () => {
    const env = { SSH_AUTH_SOCK: '/tmp/agent', XDG_RUNTIME_DIR: '/run/user/1' };
    expect(agentSockets({ ...linux, env }, '', 'h')).toEqual([
      '/tmp/agent',
      '/home/ada/.1password/agent.sock',
      '/run/user/1/gcr/ssh',
      '/run/user/1/keyring/ssh',
      '/run/user/1/ssh-agent.socket',
    ]);
  });

  test('on a Mac that was started from the dock', () => {
    expect(agentSockets({ platform: 'darwin', home: '/Users/ada', env: {} }, '', 'h')).toEqual([
      '/Users/ada/Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock',
    ]);
  });

  test('on Windows at the pipe of OpenSSH', () => {
    expect(agentSockets({ platform: 'win32', home: 'C:\\Users\\ada', env: {} }, '', 'h')).toEqual([
      '\\\\.\\pipe\\openssh-ssh-agent',
    ]);
  });

  test.each([
    ['Host h\n  IdentityAgent ~/agent.sock\n', ['/home/ada/agent.sock']],
    ['Host h\n  IdentityAgent "%d/my agent"\n', ['/home/ada/my agent']],
    ['Host *\n  IdentityAgent ${RUN}/agent\n', ['/run/agent']],
    ['Host h\n  IdentityAgent none\n', []],
  ])('IdentityAgent wins alone: %s', (config, sockets) => {
    expect(
      agentSockets({ ...linux, env: { RUN: '/run', SSH_AUTH_SOCK: '/tmp/agent' } }, config, 'h'),
    ).toEqual(sockets);
  });

  test.each([
    'Host other\n  IdentityAgent /x\n',
    'Host h\n  IdentityAgent SSH_AUTH_SOCK\n',
    'Match exec "touch /tmp/pwned"\n  IdentityAgent /x\n',
  ])('a configuration that says nothing here changes nothing: %s', (config) => {
    expect(agentSockets({ ...linux, env: { SSH_AUTH_SOCK: '/tmp/agent' } }, config, 'h')[0]).toBe(
      '/tmp/agent',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { sshAgentSockets } from '../../../../main/terminal/process/auth/ssh-agents.ts';

const linux = { platform: 'linux', home: '/home/ada' } as const;

describe('where an agent is looked for', () => {
  test("in the shell's environment first, then in the usual places", () => {
    const env = { SSH_AUTH_SOCK: '/tmp/agent', XDG_RUNTIME_DIR: '/run/user/1' };
    expect(sshAgentSockets({ ...linux, env }, { identityAgent: null })).toEqual([
      '/tmp/agent',
      '/home/ada/.1password/agent.sock',
      '/run/user/1/gcr/ssh',
      '/run/user/1/keyring/ssh',
      '/run/user/1/ssh-agent.socket',
    ]);
  });

  test('on a Mac that was started from the dock', () => {
    expect(
      sshAgentSockets({ platform: 'darwin', home: '/Users/ada', env: {} }, { identityAgent: null }),
    ).toEqual(['/Users/ada/Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock']);
  });

  test('on Windows at the pipe of OpenSSH', () => {
    expect(
      sshAgentSockets({ platform: 'win32', home: 'C:\\Users\\ada', env: {} }, { identityAgent: null }),
    ).toEqual(['\\\\.\\pipe\\openssh-ssh-agent']);
  });

  test('what IdentityAgent says wins alone', () => {
    const from = { ...linux, env: { SSH_AUTH_SOCK: '/tmp/agent' } };
    expect(sshAgentSockets(from, { identityAgent: '/run/agent' })).toEqual(['/run/agent']);
    expect(sshAgentSockets(from, { identityAgent: 'none' })).toEqual([]);
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../support/bundle.ts';
import type { Bundle } from '../../support/bundle.ts';
import { startSandboxProcess } from '../../support/sandbox-runner.ts';

describe('the sandbox in a process of its own', () => {
  let cli: Bundle;
  beforeAll(async () => {
    cli = await bundleForNode(join(import.meta.dirname, '../../../main/sandbox/cli.ts'));
  });
  afterAll(() => cli.remove());

  it('serves, obeys its control channel, and ends', async () => {
    const sandbox = await startSandboxProcess({ cliPath: cli.path, instances: 20, sshHosts: false });
    try {
      const ask = (token: string) =>
        fetch(`${sandbox.apiUrl}/me`, {
          headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        });
      expect((await ask(sandbox.tokens.full)).status).toBe(200);
      expect((await ask('wrong')).status).toBe(401);
      expect((await sandbox.control.state()).instances).toHaveLength(20);
      await sandbox.control.setBalance(321);
      expect((await sandbox.control.state()).balanceCents).toBe(321);
    } finally {
      await sandbox.close();
    }
    await expect(fetch(sandbox.controlUrl)).rejects.toThrow();
  });

  it('passes on why it does not start', async () => {
    await expect(startSandboxProcess({ cliPath: cli.path, port: 99_999 })).rejects.toThrow(
      '--port takes a number',
    );
  });

  it('says when it was not built', async () => {
    await expect(startSandboxProcess({ cliPath: '/absent/sandbox-cli.js' })).rejects.toThrow(
      'Cannot find module',
    );
  });
});

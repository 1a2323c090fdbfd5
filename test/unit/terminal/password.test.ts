import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sshdMissing, startSshd, type Sshd } from '../../support/sshd.ts';
import { TestProcess } from '../../support/ssh-process.ts';

const missing = sshdMissing();

describe.skipIf(missing !== null)(
  `signing in by password at a real sshd${missing === null ? '' : ` (left out: ${missing})`}`,
  () => {
    let sshd: Sshd;
    let process_: TestProcess;

    beforeAll(async () => {
      sshd = await startSshd();
    });
    afterAll(() => sshd.stop());
    afterEach(() => process_.stop());

    const target = () => ({
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'password' as const },
    });

    test('asks for the unknown host key first, then for the password, and opens a shell', async () => {
      process_ = new TestProcess();
      const view = process_.open(target());
      const hostKey = await view.answer('host-key', ['yes']);
      expect(hostKey).toMatchObject({ host: '127.0.0.1', port: sshd.port, keyType: 'ssh-ed25519' });
      await view.answer('password', [sshd.password]);
      await view.untilPhase('open');
      view.type('echo $((40+2)) $TERM\r');
      await view.untilText('42 xterm-256color');
      view.type('exit 3\r');
      expect(await view.ended()).toMatchObject({
        reason: 'exited',
        sentence: 'The shell ended with status 3. Press Enter to connect again.',
      });
    });
  },
);

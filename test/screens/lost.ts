import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type ElectronApplication } from '@playwright/test';
import { openCamera } from '../support/camera.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { choose, openedPath, recordOpened, row, transfers, typePath } from '../support/files-steps.ts';
import { launchApp } from '../support/launch.ts';
import { startSandboxProcess } from '../support/sandbox-runner.ts';
import { openTestSession } from '../support/session.ts';
import { sessionLine } from '../support/shell-steps.ts';
import { makeKey, publicKeyOf, startSshd } from '../support/sshd.ts';
import { expectShell } from '../support/sshd-steps.ts';
import { chooseForInstance, openInstance, saveSshSettings, signIn } from '../support/window-steps.ts';

/** What a server that hangs or is away leaves: a terminal and files that wait for it, and an edited file that is not uploaded. */
export async function takeLost(folder: string, isNarrowTaken: boolean): Promise<void> {
  const session = await openTestSession();
  const sandbox = await startSandboxProcess({ sshHosts: false });
  const userDataDir = mkdtempSync(join(tmpdir(), 'evorxa-lost-'));
  const path = makeKey(session.keyring?.home ?? '', 'ed25519');
  const sshd = await startSshd({
    authorizedKeys: [publicKeyOf(path)],
    config: ['Subsystem sftp /usr/lib/openssh/sftp-server'],
  });
  const remote = join(sshd.home, 'app.conf');
  writeFileSync(remote, 'workers = 4\n');
  execFileSync('chown', [sshd.user, remote]);
  chmodSync(remote, 0o644);
  writeFileSync(join(sshd.home, '.bashrc'), String.raw`PS1='root@api-prod-1:\w\$ '`);
  const launch = () => launchApp(session, { userDataDir, env: { EVORXA_API_URL: sandbox.apiUrl } });
  try {
    const first = await launch();
    const { app, window } = first;
    try {
      const { take } = await openCamera(app, window, folder, isNarrowTaken);
      await signIn(window, sandbox);
      const { host, port, user } = sshd;
      const web = await instanceId(sandbox, 'api-prod-1');
      await saveSshSettings(window, web, { host, port, user, auth: { method: 'key-file', path } });
      await chooseForInstance(window, 'api-prod-1', /^SSH/);
      await window.getByRole('button', { name: 'Trust and connect' }).click();
      await expectShell(window);

      sshd.freeze();
      await wake(app);
      await expect(sessionLine(window)).toHaveText('Checking whether the server still answers…');
      await take('terminal-checking');
      sshd.thaw();
      await expect(sessionLine(window)).toHaveCount(0);

      await openInstance(window, 'api-prod-1');
      await window.getByRole('button', { name: 'Files', exact: true }).click();
      await expect(row(window, 'app.conf')).toBeVisible();
      sshd.freeze();
      await typePath(window, '/etc');
      await take('files-loading');
      sshd.thaw();
      await expect(row(window, 'apt').first()).toBeVisible();
      await typePath(window, sshd.home);
      await expect(row(window, 'app.conf')).toBeVisible();
      await recordOpened(app);
      await choose(window, 'app.conf', 'Edit');
      const local = await openedPath(app);
      sshd.freeze();
      writeFileSync(local, 'workers = 8\n');
      await expect(transfers(window)).toContainText('0 B of 12 B');

      await window.getByRole('link', { name: 'Settings' }).click();
      const again = window.getByRole('switch', { name: 'Connect again when lost' });
      await again.click();
      await expect(again).toBeChecked();
      await window
        .getByRole('tab', { name: /^api-prod-1/ })
        .first()
        .click();
      sshd.thaw();
      await sshd.kill();
      await expect(sessionLine(window)).toContainText(/attempt [2-9] of 10\./);
      await take('terminal-reconnecting');
      app.process().kill('SIGKILL');
    } finally {
      await first.close();
    }
    const next = await launch();
    try {
      const { take } = await openCamera(next.app, next.window, folder, isNarrowTaken);
      await expect(
        next.window.getByText('What you saved in app.conf of api-prod-1 is not uploaded.'),
      ).toBeVisible();
      await take('edit-not-uploaded');
      await next.window.getByRole('button', { name: 'Review' }).click();
      await take('edits-not-uploaded');
    } finally {
      await next.close();
    }
  } finally {
    await sshd.stop();
    await sandbox.close();
    await session.close();
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** As after sleep: every session asks whether its server is still there. */
async function wake(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume');
  });
}

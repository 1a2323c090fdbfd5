import { readFileSync, writeFileSync } from 'node:fs';
import { typedPath } from '../../../preload/contract/remote-files.ts';
import { TestProcess } from '../../support/ssh-process.ts';
import type { CopyTask } from './sftp.ts';

/** Copies one file by the app's SSH process, in this one, and prints how many milliseconds that took. */
export async function copyFile(task: CopyTask): Promise<void> {
  const { host, port, user, keyPath, direction, remotePath, localFolder } = task;
  const ssh = new TestProcess();
  try {
    writeFileSync(ssh.knownHostsPath, readFileSync(task.knownHostsPath));
    const startedAtMs = performance.now();
    const view = ssh.openFiles({ host, port, user, auth: { method: 'key-file', path: keyPath } });
    await view.untilPhase('open');
    const remote = typedPath(remotePath);
    const order =
      direction === 'download'
        ? ({ type: 'download', paths: [remote], localFolder } as const)
        : ({ type: 'upload', localPaths: [localFolder], folder: remote } as const);
    ssh.receive({ type: 'files', sessionId: view.sessionId, order }, null);
    await view.untilTransfer('done');
    process.stdout.write(`${performance.now() - startedAtMs}\n`);
  } finally {
    ssh.stop();
  }
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { typedPath } from '../../../../preload/contract/remote-files.ts';
import type { FileOrder } from '../../../../main/terminal/protocol.ts';
import type { FileView } from '../../../support/file-view.ts';
import { TestProcess } from '../../../support/ssh-process.ts';
import { startTestSandbox } from '../harness.ts';

/** The files of a machine of the sandbox, opened by the app's own ssh process. */
async function openFiles(): Promise<{
  readonly view: FileView;
  readonly here: string;
  readonly order: (what: FileOrder) => void;
}> {
  const { sandbox, idOf } = await startTestSandbox({ sshHosts: true });
  const id = await idOf('api-prod-1');
  const target = sandbox.connections.find(({ instanceId }) => instanceId === id);
  if (target === undefined) throw new Error('No SSH for this server.');
  const ssh = new TestProcess();
  const here = mkdtempSync(join(tmpdir(), 'here-'));
  onTestFinished(() => {
    ssh.stop();
    rmSync(here, { recursive: true });
  });
  const { host, port, user, password } = target;
  const view = ssh.openFiles({ host, port, user, auth: { method: 'password' } });
  await view.password(password);
  await view.untilPhase('open');
  const order = (what: FileOrder): void =>
    ssh.receive({ type: 'files', sessionId: view.sessionId, order: what }, null);
  return { view, here, order };
}

test('files are listed, copied both ways, renamed and removed', async () => {
  const { view, here, order } = await openFiles();
  expect(await view.ask('list', { path: null })).toMatchObject({ ok: true, value: { path: '/root' } });
  const root = await view.ask('list', { path: typedPath('/') });
  expect(root.ok && root.value.entries.map(({ name }) => name as string)).toContain('etc');

  writeFileSync(join(here, 'notes.txt'), 'für später\n');
  order({ type: 'upload', localPaths: [join(here, 'notes.txt')], folder: typedPath('/srv') });
  await view.untilTransfer('done');
  rmSync(join(here, 'notes.txt'));
  expect(await view.ask('make-folder', { path: typedPath('/srv/new') })).toMatchObject({ ok: true });
  const [from, to] = [typedPath('/srv/notes.txt'), typedPath('/srv/new/notes.txt')];
  expect(await view.ask('rename', { from, to })).toMatchObject({ ok: true });
  order({ type: 'download', paths: [typedPath('/srv/new')], localFolder: here });
  await view.until(() => view.transfers.length === 2 && view.transfers[1]?.state.phase === 'done');
  expect(readFileSync(join(here, 'new', 'notes.txt'), 'utf8')).toBe('für später\n');
  expect(await view.ask('remove', { paths: [typedPath('/srv/new')] })).toMatchObject({ ok: true });
  expect(await view.ask('list', { path: typedPath('/srv') })).toMatchObject({ value: { entries: [] } });
});

test('what is no text is refused, since a machine would not give it back as it was', async () => {
  const { view, here, order } = await openFiles();
  writeFileSync(join(here, 'picture'), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  order({ type: 'upload', localPaths: [join(here, 'picture')], folder: typedPath('/srv') });
  const { state } = await view.untilTransfer('failed');
  expect(state).toMatchObject({ problem: { kind: 'failed' } });
  expect(await view.ask('list', { path: typedPath('/srv') })).toMatchObject({ value: { entries: [] } });
});

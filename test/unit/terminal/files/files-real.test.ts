import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  typedPath,
  type ConflictChoice,
  type RemotePath,
} from '../../../../preload/contract/remote-files.ts';
import type { EditNews, FileOrder, FromSshProcess, SavedEdit } from '../../../../main/terminal/protocol.ts';
import type { FileView } from '../../../support/file-view.ts';
import { TestProcess } from '../../../support/ssh-process.ts';
import { startSshd, type Sshd } from '../../../support/sshd.ts';
import { describeWithSshd } from '../../../support/with-sshd.ts';

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Bytes that are not all alike, so that a piece at another place shows. */
function writeNoise(path: string, bytes: number): void {
  execFileSync('sh', ['-c', `head -c ${bytes} /dev/urandom > "$1"`, 'sh', path]);
}

describeWithSshd('files over SFTP, with OpenSSH', () => {
  let sshd: Sshd;
  let ssh: TestProcess;
  let view: FileView;
  /** A folder of the user on the server, and one of this computer. */
  let there: string;
  let here: string;

  beforeAll(async () => {
    sshd = await startSshd({ config: ['Subsystem sftp /usr/lib/openssh/sftp-server'] });
  });
  afterAll(() => sshd.stop());
  beforeEach(async () => {
    there = mkdtempSync(join(sshd.home, 'there-'));
    execFileSync('chown', [sshd.user, there]);
    here = mkdtempSync(join(tmpdir(), 'here-'));
    ssh = new TestProcess();
    view = await signedIn();
  });
  afterEach(() => {
    ssh.stop();
    rmSync(here, { recursive: true, force: true });
  });

  async function signedIn(): Promise<FileView> {
    const { host, port, user, password } = sshd;
    const opened = ssh.openFiles({ host, port, user, auth: { method: 'password' } });
    await opened.password(password);
    await opened.untilPhase('open');
    return opened;
  }
  const remote = (...names: string[]): RemotePath => typedPath(join(there, ...names));
  const order = (what: FileOrder): void =>
    ssh.receive({ type: 'files', sessionId: view.sessionId, order: what }, null);
  const upload = (...names: string[]): void =>
    order({ type: 'upload', localPaths: names.map((name) => join(here, name)), folder: remote() });
  const download = (...names: string[]): void =>
    order({ type: 'download', paths: names.map((name) => remote(name)), localFolder: here });
  /** Names in a folder, whole and half files alike. */
  const namesIn = (folder: string): string[] => readdirSync(folder).sort();
  const editNews = <T extends EditNews['type']>(type: T): Extract<FromSshProcess, { readonly type: T }>[] =>
    ssh.messages.filter(
      (message): message is Extract<FromSshProcess, { readonly type: T }> => message.type === type,
    );
  function answerConflict(choice: ConflictChoice): void {
    const asking = view.transfers.at(-1);
    if (asking?.state.phase !== 'asking') throw new Error('no question');
    const { conflict } = asking.state;
    view.send({ type: 'conflict', transferId: asking.id, conflictId: conflict.id, choice, forAll: false });
  }
  const own = (name: string): void => void execFileSync('chown', ['-hR', sshd.user, join(there, name)]);

  test('the home folder is opened without a path, and a folder lists what is in it', async () => {
    writeFileSync(join(there, 'a.txt'), 'four');
    chmodSync(join(there, 'a.txt'), 0o4755);
    utimesSync(join(there, 'a.txt'), 1_700_000_000, 1_700_000_000);
    mkdirSync(join(there, 'folder'));
    symlinkSync('folder', join(there, 'to-folder'));
    symlinkSync('nowhere', join(there, 'broken'));
    execFileSync('mkfifo', [join(there, 'pipe')]);
    const home = await view.ask('list', { path: null });
    expect(home).toMatchObject({ ok: true, value: { path: sshd.home } });
    const listed = await view.ask('list', { path: remote() });
    if (!listed.ok) throw new Error(listed.error.sentence);
    const byName = new Map(listed.value.entries.map((entry) => [entry.name as string, entry]));
    expect([...byName.keys()].sort()).toEqual(['a.txt', 'broken', 'folder', 'pipe', 'to-folder']);
    expect(byName.get('a.txt')).toEqual({
      name: 'a.txt',
      kind: 'file',
      sizeBytes: 4,
      modifiedMs: 1_700_000_000_000,
      mode: 0o4755,
      owner: 'root',
      group: 'root',
      link: null,
    });
    expect(byName.get('folder')?.kind).toBe('folder');
    expect(byName.get('pipe')?.kind).toBe('other');
    expect(byName.get('to-folder')?.link).toEqual({ target: 'folder', kind: 'folder' });
    expect(byName.get('broken')?.link).toEqual({ target: 'nowhere', kind: null });
  });

  test('what cannot be listed is said', async () => {
    writeFileSync(join(there, 'file'), '');
    mkdirSync(join(there, 'closed'), { mode: 0o700 });
    const sentence = async (name: string): Promise<string> => {
      const listed = await view.ask('list', { path: remote(name) });
      return listed.ok ? 'listed' : listed.error.sentence;
    };
    expect(await sentence('gone')).toBe('Open gone: there is no such folder. Go to another one.');
    expect(await sentence('file')).toBe('Open file: it is a file, not a folder.');
    expect(await sentence('closed')).toContain('Open closed: the server denies permission.');
  });

  test('names that are no UTF-8 are shown with their bytes, renamed, fetched and removed by them', async () => {
    const odd = Buffer.from([0x62, 0xe4, 0x72]);
    const path = Buffer.concat([Buffer.from(`${there}/`), odd]);
    writeFileSync(path, 'x');
    execFileSync('chown', ['-R', sshd.user, there]);
    const listed = await view.ask('list', { path: remote() });
    expect(listed).toMatchObject({ value: { entries: [{ name: 'b\u00e4r' }] } });
    order({
      type: 'download',
      paths: [remote(`b`).replace(/b$/, 'b\u00e4r') as RemotePath],
      localFolder: here,
    });
    const transfer = await view.untilTransfer('done');
    expect(transfer.name).toBe('b\uFFFDr');
    expect(namesIn(here)).toEqual(['b%E4r']);
    expect(transfer.notes[0]).toContain('is saved as b%E4r');
    const newName = `${remote()}/\u00fc` as RemotePath;
    expect(
      await view.ask('rename', { from: `${remote()}/b\u00e4r` as RemotePath, to: newName }),
    ).toMatchObject({
      ok: true,
    });
    expect(readdirSync(there, { encoding: 'buffer' })).toEqual([Buffer.from([0xfc])]);
    expect(await view.ask('remove', { paths: [newName] })).toMatchObject({ ok: true });
    expect(namesIn(there)).toEqual([]);
  });

  test('symbolic links are made, also to nothing; a name that is taken is refused', async () => {
    writeFileSync(join(there, 'file'), '1');
    const made = await view.ask('make-link', { path: remote('link'), target: typedPath('file') });
    expect(made).toMatchObject({ ok: true });
    expect(readlinkSync(join(there, 'link'))).toBe('file');
    expect(
      await view.ask('make-link', { path: remote('to nothing'), target: typedPath('/nowhere/ä') }),
    ).toMatchObject({ ok: true });
    expect(readlinkSync(join(there, 'to nothing'))).toBe('/nowhere/ä');
    expect(await view.ask('make-link', { path: remote('file'), target: typedPath('link') })).toMatchObject({
      error: { kind: 'exists' },
    });
    expect(readFileSync(join(there, 'file'), 'utf8')).toBe('1');
  });

  test('folders are made, files renamed and their permissions changed; a name that is taken is refused', async () => {
    writeFileSync(join(there, 'one'), '1');
    writeFileSync(join(there, 'two'), '2');
    own('one');
    expect(await view.ask('make-folder', { path: remote('new') })).toMatchObject({ ok: true });
    expect(await view.ask('make-folder', { path: remote('new') })).toMatchObject({
      error: { kind: 'exists' },
    });
    expect(await view.ask('rename', { from: remote('one'), to: remote('two') })).toMatchObject({
      error: { kind: 'exists' },
    });
    expect(readFileSync(join(there, 'two'), 'utf8')).toBe('2');
    expect(await view.ask('set-mode', { path: remote('one'), mode: 0o640 })).toMatchObject({ ok: true });
    expect(statSync(join(there, 'one')).mode & 0o7777).toBe(0o640);
    expect(await view.ask('set-mode', { path: remote('two'), mode: 0o640 })).toMatchObject({
      error: { kind: 'denied' },
    });
  });

  test('folders are counted and removed with all in them; what links lead to stays', async () => {
    mkdirSync(join(there, 'folder', 'inner'), { recursive: true });
    mkdirSync(join(there, 'kept'));
    writeFileSync(join(there, 'kept', 'file'), 'kept');
    writeFileSync(join(there, 'folder', 'inner', 'a'), 'abc');
    symlinkSync(join(there, 'kept'), join(there, 'folder', 'link'));
    execFileSync('chown', ['-hR', sshd.user, there]);
    expect(await view.ask('count', { paths: [remote('folder')] })).toMatchObject({
      value: { files: 2, folders: 2 },
    });
    expect(await view.ask('remove', { paths: [remote('folder')] })).toMatchObject({ ok: true });
    expect(namesIn(there)).toEqual(['kept']);
    expect(namesIn(join(there, 'kept'))).toEqual(['file']);
  });

  test('a folder is uploaded and downloaded with its times and permissions; links are left out, and said', async () => {
    mkdirSync(join(here, 'site', 'empty'), { recursive: true });
    writeNoise(join(here, 'site', 'big'), 5_000_000);
    writeFileSync(join(here, 'site', 'script'), '#!/bin/sh\n');
    writeFileSync(join(here, 'site', 'nothing'), '');
    chmodSync(join(here, 'site', 'script'), 0o750);
    utimesSync(join(here, 'site', 'big'), 1_600_000_000, 1_600_000_000);
    symlinkSync('big', join(here, 'site', 'link'));
    upload('site');
    const up = await view.untilTransfer('done');
    expect(up).toMatchObject({
      doneFiles: 3,
      doneBytes: 5_000_010,
      total: { files: 3, folders: 2, bytes: 5_000_010 },
      notes: ['link was left out: it is a symbolic link.'],
    });
    expect(namesIn(join(there, 'site'))).toEqual(['big', 'empty', 'nothing', 'script']);
    expect(sha256(join(there, 'site', 'big'))).toBe(sha256(join(here, 'site', 'big')));
    expect(statSync(join(there, 'site', 'big')).mtimeMs).toBe(1_600_000_000_000);
    expect(statSync(join(there, 'site', 'script')).mode & 0o777).toBe(0o750);
    expect(view.changed).toContain(remote('site'));
    rmSync(join(here, 'site'), { recursive: true });
    download('site');
    await view.until(() => view.transfers.length === 2 && view.transfers[1]?.state.phase === 'done');
    expect(namesIn(join(here, 'site'))).toEqual(['big', 'empty', 'nothing', 'script']);
    expect(sha256(join(here, 'site', 'big'))).toBe(sha256(join(there, 'site', 'big')));
    expect(statSync(join(here, 'site', 'big')).mtimeMs).toBe(1_600_000_000_000);
  });

  test.each([
    ['replace', { 'a.txt': 'new' }],
    ['keep-both', { 'a.txt': 'old one', 'a (2).txt': 'new' }],
    ['skip', { 'a.txt': 'old one' }],
  ] as const)('a name that is taken is asked about, up and down: %s', async (choice, expected) => {
    const content = (folder: string): unknown =>
      Object.fromEntries(namesIn(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    const answer = async (): Promise<void> => {
      const { id, state } = await view.untilTransfer('asking');
      if (state.phase !== 'asking') throw new Error('no question');
      view.send({ type: 'conflict', transferId: id, conflictId: state.conflict.id, choice, forAll: false });
      await view.untilTransfer('done');
    };
    writeFileSync(join(here, 'a.txt'), 'new');
    writeFileSync(join(there, 'a.txt'), 'old one');
    chmodSync(join(there, 'a.txt'), 0o604);
    own('a.txt');
    upload('a.txt');
    await answer();
    expect(content(there)).toEqual(expected);
    expect(statSync(join(there, 'a.txt')).mode & 0o777).toBe(0o604);
    view.send({ type: 'transfer', transferId: 1, action: 'dismiss' });
    await view.until(() => view.transfers.length === 0);
    execFileSync('sh', [
      '-c',
      'rm -f "$1"/* "$2"/*; printf %s new > "$2/a.txt"; printf %s "old one" > "$1/a.txt"',
      'sh',
      here,
      there,
    ]);
    download('a.txt');
    await answer();
    expect(content(here)).toEqual(expected);
  });

  test('a transfer is paused, goes on, and is canceled without a trace', async () => {
    writeNoise(join(here, 'big'), 400_000_000);
    upload('big');
    await view.until(() => (view.transfers[0]?.doneBytes ?? 0) > 0);
    view.send({ type: 'transfer', transferId: 1, action: 'pause' });
    const paused = await view.untilTransfer('paused');
    expect(paused.doneBytes).toBeLessThan(400_000_000);
    expect(namesIn(there)).toEqual([expect.stringMatching(/^\.big\.part-/)]);
    view.send({ type: 'transfer', transferId: 1, action: 'resume' });
    const done = await view.untilTransfer('done');
    expect(done.doneBytes).toBe(400_000_000);
    expect(sha256(join(there, 'big'))).toBe(sha256(join(here, 'big')));
    rmSync(join(here, 'big'));
    download('big');
    await view.until(() => (view.transfers[1]?.doneBytes ?? 0) > 0);
    view.send({ type: 'transfer', transferId: 2, action: 'cancel' });
    await view.untilTransfer('canceled');
    expect(namesIn(here)).toEqual([]);
  });

  test.each(['upload', 'download'] as const)(
    'an %s goes on after the link was cut, and is the same',
    async (direction) => {
      const [from, to] = direction === 'upload' ? [here, there] : [there, here];
      writeNoise(join(from, 'big'), 150_000_000);
      if (direction === 'upload') upload('big');
      else download('big');
      await view.until(() => (view.transfers[0]?.doneBytes ?? 0) > 1_000_000);
      execFileSync('pkill', ['-KILL', '-u', sshd.user]);
      const cut = await view.untilTransfer('interrupted');
      expect(cut.doneBytes).toBeGreaterThan(0);
      expect(cut.doneBytes).toBeLessThan(150_000_000);
      expect(existsSync(join(to, 'big'))).toBe(false);
      await view.untilPhase('ended');
      await view.reconnect();
      await view.password(sshd.password);
      await view.untilTransfer('done');
      expect(sha256(join(to, 'big'))).toBe(sha256(join(from, 'big')));
      expect(namesIn(to)).toEqual(['big']);
      expect(view.transfers[0]).toMatchObject({ doneBytes: 150_000_000, notes: [] });
    },
  );

  test.each(['upload', 'download'] as const)(
    'an %s begins anew where the file changed while the link was cut',
    async (direction) => {
      const [from, to] = direction === 'upload' ? [here, there] : [there, here];
      writeNoise(join(from, 'big'), 150_000_000);
      if (direction === 'upload') upload('big');
      else download('big');
      await view.until(() => (view.transfers[0]?.doneBytes ?? 0) > 1_000_000);
      execFileSync('pkill', ['-KILL', '-u', sshd.user]);
      await view.untilTransfer('interrupted');
      await view.untilPhase('ended');
      writeFileSync(join(from, 'big'), 'another');
      await view.reconnect();
      await view.password(sshd.password);
      await view.untilTransfer('done');
      expect(readFileSync(join(to, 'big'), 'utf8')).toBe('another');
      expect(namesIn(to)).toEqual(['big']);
      expect(view.transfers[0]?.notes[0]).toContain('it begins anew');
    },
  );

  test.each(['upload', 'download'] as const)(
    'an %s of a file that changes meanwhile leaves nothing, and says so',
    async (direction) => {
      const [from, to] = direction === 'upload' ? [here, there] : [there, here];
      writeNoise(join(from, 'big'), 150_000_000);
      if (direction === 'upload') upload('big');
      else download('big');
      await view.until(() => (view.transfers[0]?.doneBytes ?? 0) > 0);
      writeFileSync(join(from, 'big'), 'short');
      const { state } = await view.untilTransfer('failed');
      expect(state).toMatchObject({ problem: { kind: 'changed' } });
      expect(namesIn(to)).toEqual([]);
    },
  );

  test('a full disk is said, up and down, and leaves nothing', async () => {
    for (const folder of [there, here]) {
      const disk = join(folder, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'tmpfs', disk]);
    }
    try {
      writeNoise(join(here, 'big'), 4_000_000);
      order({ type: 'upload', localPaths: [join(here, 'big')], folder: remote('disk') });
      const up = await view.untilTransfer('failed');
      expect(up.state).toMatchObject({
        problem: {
          kind: 'full',
          sentence: expect.stringContaining('the disk of the instance is full') as unknown,
        },
      });
      expect(namesIn(join(there, 'disk'))).toEqual([]);
      writeNoise(join(there, 'big'), 4_000_000);
      order({ type: 'download', paths: [remote('big')], localFolder: join(here, 'disk') });
      await view.until(() => view.transfers[1]?.state.phase === 'failed');
      expect(view.transfers[1]?.state).toMatchObject({
        problem: {
          kind: 'full',
          sentence: expect.stringContaining('the disk of this computer is full') as unknown,
        },
      });
      expect(namesIn(join(here, 'disk'))).toEqual([]);
    } finally {
      for (const folder of [there, here]) execFileSync('umount', [join(folder, 'disk')]);
    }
  });

  test('what is denied is said, and the rest of a folder is copied', async () => {
    mkdirSync(join(there, 'mixed'));
    writeFileSync(join(there, 'mixed', 'open'), 'x');
    writeFileSync(join(there, 'mixed', 'secret'), 'x', { mode: 0o600 });
    download('mixed');
    const { state, notes } = await view.untilTransfer('failed');
    expect(state).toMatchObject({ problem: { kind: 'denied' } });
    expect(notes[0]).toContain('Download secret: the server denies permission.');
    expect(namesIn(join(here, 'mixed'))).toEqual(['open']);
    chmodSync(join(there, 'mixed', 'secret'), 0o644);
    view.send({ type: 'transfer', transferId: 1, action: 'resume' });
    await view.untilTransfer('done');
    expect(namesIn(join(here, 'mixed'))).toEqual(['open', 'secret']);
  });

  test('a link is written through and its file replaced, not the link', async () => {
    writeFileSync(join(there, 'real'), 'old');
    symlinkSync('real', join(there, 'conf'));
    own('real');
    writeFileSync(join(here, 'conf'), 'new');
    upload('conf');
    const { state } = await view.untilTransfer('asking');
    if (state.phase !== 'asking') throw new Error('no question');
    view.send({
      type: 'conflict',
      transferId: 1,
      conflictId: state.conflict.id,
      choice: 'replace',
      forAll: true,
    });
    await view.untilTransfer('done');
    expect(lstatSync(join(there, 'conf')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(there, 'real'), 'utf8')).toBe('new');
  });

  test('files of /proc, which say that they are empty, come whole', async () => {
    order({ type: 'download', paths: [typedPath('/proc/version')], localFolder: here });
    await view.untilTransfer('done');
    expect(readFileSync(join(here, 'version'), 'utf8')).toContain('Linux');
  });

  test('a file is edited: fetched, sent back at each save, asked about where it changed there', async () => {
    writeFileSync(join(there, 'conf'), 'one');
    own('conf');
    const folder = mkdtempSync(join(here, 'edit-'));
    order({ type: 'edit', editId: 7, path: remote('conf'), localFolder: folder });
    await view.until(() => ssh.messages.some(({ type }) => type === 'edit-opened'));
    const [opened] = editNews('edit-opened');
    const localPath = join(folder, 'conf');
    expect(opened).toMatchObject({ sessionId: view.sessionId, editId: 7, localPath, path: remote('conf') });
    if (opened === undefined) throw new Error('not opened');
    let saveNumber = 0;
    const save = (text: string, at: Pick<SavedEdit, 'path' | 'version'> = opened): void => {
      writeFileSync(localPath, text);
      const { path, version } = at;
      order({ type: 'edit-saved', editId: 7, saveNumber: (saveNumber += 1), localPath, path, version });
    };
    save('two!');
    // Main knows of it only by the answer: what it says of the server meanwhile is old.
    save('two!!');
    await view.until(() => editNews('edit-uploaded').at(-1)?.saveNumber === 2);
    expect(readFileSync(join(there, 'conf'), 'utf8')).toBe('two!!');
    writeFileSync(join(there, 'conf'), 'by somebody else');
    save('three', editNews('edit-uploaded').at(-1));
    await view.until(() => view.transfers.at(-1)?.state.phase === 'asking');
    expect(view.transfers.at(-1)?.state).toMatchObject({ conflict: { name: 'conf', isChangedSince: true } });
    expect(readFileSync(join(there, 'conf'), 'utf8')).toBe('by somebody else');
    expect(editNews('edit-not-uploaded')).toEqual([]);
    answerConflict('skip');
    await view.until(() => editNews('edit-not-uploaded').length === 1);
    expect(editNews('edit-not-uploaded')[0]).toMatchObject({ editId: 7, saveNumber: 3 });
    save('four', editNews('edit-uploaded').at(-1));
    await view.until(() => view.transfers.at(-1)?.state.phase === 'asking');
    answerConflict('keep-both');
    await view.until(() => editNews('edit-uploaded').at(-1)?.saveNumber === 4);
    expect(readFileSync(join(there, 'conf'), 'utf8')).toBe('by somebody else');
    // From now on the other copy is edited.
    save('five', editNews('edit-uploaded').at(-1));
    await view.until(() => editNews('edit-uploaded').at(-1)?.saveNumber === 5);
    expect(editNews('edit-uploaded').at(-1)?.path).toBe(remote('conf (2)'));
    expect(readFileSync(join(there, 'conf (2)'), 'utf8')).toBe('five');
    expect(readFileSync(join(there, 'conf'), 'utf8')).toBe('by somebody else');
  });

  test('a save that was not sent is told so, and is sent once it is tried again', async () => {
    writeFileSync(join(here, 'conf'), 'mine');
    const missing = join(there, 'gone');
    const localPath = join(here, 'conf');
    const version = { sizeBytes: 1, modifiedMs: null };
    order({ type: 'edit-saved', editId: 9, saveNumber: 1, localPath, path: remote('gone/conf'), version });
    await view.until(() => editNews('edit-not-uploaded').length === 1);
    expect(editNews('edit-uploaded')).toEqual([]);
    mkdirSync(missing);
    own('gone');
    view.send({ type: 'transfer', transferId: view.transfers[0]?.id ?? 0, action: 'resume' });
    await view.until(() => editNews('edit-uploaded').length === 1);
    expect(editNews('edit-uploaded')[0]).toMatchObject({ editId: 9, saveNumber: 1 });
    expect(readFileSync(join(missing, 'conf'), 'utf8')).toBe('mine');
  });

  test('what was typed for a session that is open is not asked for again at the same target, and never told', async () => {
    const { host, port, user, password } = sshd;
    const shell = ssh.open({ host, port, user, auth: { method: 'password' } });
    await shell.untilPhase('open');
    expect(shell.states.map(({ phase }) => phase)).not.toContain('prompting');
    const other = ssh.openFiles({ host, port, user: 'nobody', auth: { method: 'password' } });
    await other.untilPhase('prompting');
    expect(JSON.stringify(ssh.messages)).not.toContain(password);
    // It goes with the connection that it was typed for.
    ssh.receive({ type: 'close', sessionId: view.sessionId }, null);
    const later = ssh.openFiles({ host, port, user, auth: { method: 'password' } });
    await later.untilPhase('prompting');
  });
});

describeWithSshd('a server without SFTP', () => {
  test('is said to give no access to its files', async () => {
    const sshd = await startSshd();
    const ssh = new TestProcess();
    try {
      const { host, port, user, password } = sshd;
      const view = ssh.openFiles({ host, port, user, auth: { method: 'password' } });
      await view.password(password);
      await view.untilPhase('ended');
      expect(view.states.at(-1)).toMatchObject({
        sentence: expect.stringContaining('The server gives no access to its files') as unknown,
      });
    } finally {
      ssh.stop();
      await sshd.stop();
    }
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../main/clock/index.ts';
import { createFileEdits, type FileEdits } from '../../../main/terminal/file-edits.ts';
import type { EditNews, FileOrder, SavedEdit } from '../../../main/terminal/protocol.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import { typedPath } from '../../../preload/contract/remote-files.ts';
import type { TerminalSession } from '../../../preload/contract/terminal.ts';

const instanceId = 'web' as InstanceId;
const path = typedPath('/etc/conf');
const version = { sizeBytes: 3, modifiedMs: 1_000 };
const later = { sizeBytes: 6, modifiedMs: 9_000 };

/** A session with the files of the instance. */
const filesTab = (id: string, over: Partial<TerminalSession> = {}): TerminalSession => ({
  id: id as SessionId,
  kind: 'files',
  instanceId,
  title: 'web',
  target: 'root@web',
  forwardsAgent: false,
  state: { phase: 'open', latencyMs: null },
  sinceMs: 0,
  process: 1,
  ...over,
});
const lost = {
  phase: 'ended',
  sentence: 'Lost.',
  next: null,
  retryable: true,
} as unknown as TerminalSession['state'];

describe('a file that is edited here', () => {
  let root: string;
  let folder: string;
  let orders: { readonly to: string; readonly order: FileOrder }[];
  let failures: string[];
  let opened: string[];
  let sessions: readonly TerminalSession[];
  let shown: string[];
  let pushes: number;
  let openProblem: string;
  let edits: FileEdits;

  /** A run of the app. */
  function run(): FileEdits {
    return createFileEdits({
      folder,
      clock: systemClock,
      order: (to, order) => {
        const isThere = sessions.some(({ id }) => id === to);
        if (isThere) orders.push({ to, order });
        return isThere;
      },
      ownerOf: (id) =>
        sessions.some((session) => session.id === id)
          ? { accountId: 'a' as AccountId, instanceId, title: 'web', kind: 'files' }
          : null,
      sessions: () => sessions,
      openFiles: (id) => {
        if (id !== instanceId) return null;
        sessions = [...sessions, filesTab('opened')];
        return 'opened' as SessionId;
      },
      openPath: (at) => {
        opened.push(at);
        return Promise.resolve(openProblem);
      },
      showInFolder: (at) => shown.push(at),
      onFailure: ({ sentence }) => failures.push(sentence),
      onUnsent: () => {
        pushes += 1;
      },
      report: (cause) => {
        throw cause;
      },
    });
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'edits-'));
    folder = join(root, 'edited-files');
    orders = [];
    failures = [];
    opened = [];
    shown = [];
    pushes = 0;
    sessions = [filesTab('s1')];
    openProblem = '';
    edits = run();
  });
  afterEach(() => {
    edits.stop();
    rmSync(root, { recursive: true });
  });

  /** Fetches a file as the ssh process does, and waits until it is open. */
  async function open(): Promise<string> {
    expect(await edits.open('s1' as SessionId, path)).toBe(true);
    const order = orders[0]?.order;
    if (order?.type !== 'edit') throw new Error('not asked for');
    const localPath = join(order.localFolder, 'conf');
    writeFileSync(localPath, 'one');
    edits.news({ type: 'edit-opened', editId: order.editId, localPath, path, version });
    await vi.waitUntil(() => opened.length > 0);
    return localPath;
  }
  const saves = (): readonly (SavedEdit & { readonly to: string })[] =>
    orders.flatMap(({ to, order }) => (order.type === 'edit-saved' ? [{ to, ...order }] : []));
  /** Saves it, and waits until that was sent. */
  async function save(localPath: string, text: string): Promise<SavedEdit> {
    const before = saves().length;
    writeFileSync(localPath, text);
    await vi.waitUntil(() => saves().length > before);
    const last = saves().at(-1);
    if (last === undefined) throw new Error('not sent');
    return last;
  }
  const uploaded = ({ editId, saveNumber }: SavedEdit): EditNews => ({
    type: 'edit-uploaded',
    editId,
    saveNumber,
    path,
    version: later,
  });
  const notUploaded = ({ editId, saveNumber }: SavedEdit, sentence: string): EditNews => ({
    type: 'edit-not-uploaded',
    editId,
    saveNumber,
    sentence,
  });
  const reasons = (): readonly string[] => edits.unsent().map(({ reason }) => reason);

  /** The app quits, or is killed, and starts again. */
  async function restart(how: 'quit' | 'killed'): Promise<void> {
    if (how === 'quit') edits.stop();
    sessions = [];
    orders = [];
    edits = run();
    await edits.load();
  }

  test('is where only the user may read it, and what a former run fetched and never opened is gone', async () => {
    mkdirSync(join(folder, 'edit-1'), { recursive: true, mode: 0o755 });
    writeFileSync(join(folder, 'edit-1', '.conf.part'), 'secret');
    const localPath = await open();
    expect(opened).toEqual([localPath]);
    expect(existsSync(join(folder, 'edit-1'))).toBe(false);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(localPath, '..')).mode & 0o777).toBe(0o700);
    expect(statSync(join(localPath, '../../edit.json')).mode & 0o777).toBe(0o600);
    edits.stop();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is sent back once it was saved, also by an editor that puts a new file in its place', async () => {
    const localPath = await open();
    const first = await save(localPath, 'second');
    expect(first).toMatchObject({ localPath, path, version });
    edits.news(uploaded(first));
    writeFileSync(`${localPath}.new`, 'the third');
    renameSync(`${localPath}.new`, localPath);
    await vi.waitUntil(() => saves().length === 2);
    // By what the server has since: what somebody else changes there meanwhile is asked about.
    expect(saves()[1]).toMatchObject({ version: later });
    expect(edits.unsent()).toEqual([]);
  });

  test('is deleted at quit once its last save is on the server', async () => {
    const localPath = await open();
    edits.news(uploaded(await save(localPath, 'second')));
    edits.stop();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['quit', 'killed'] as const)(
    'stays where its last save was under way as the app was %s, and can be uploaded in the next run',
    async (how) => {
      const localPath = await open();
      await save(localPath, 'second');
      expect(edits.unsent()).toEqual([]);
      await restart(how);
      expect(readFileSync(localPath, 'utf8')).toBe('second');
      const [unsent] = edits.unsent();
      expect(unsent).toMatchObject({ instanceName: 'web', path: '/etc/conf', localPath });
      expect(unsent?.reason).toBe('The app ended before it was uploaded.');
      if (unsent === undefined) throw new Error('not kept');
      expect(edits.upload(unsent.id)).toEqual({ ok: true, value: 'opened' });
      expect(saves()[0]).toMatchObject({ to: 'opened', localPath, path, version });
      expect(edits.unsent()).toEqual([]);
      edits.news(uploaded(saves()[0] as SavedEdit));
      edits.stop();
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test('stays where it was saved the moment before the app quit, and nobody had looked', async () => {
    const localPath = await open();
    writeFileSync(localPath, 'second');
    await restart('quit');
    expect(saves()).toEqual([]);
    expect(edits.unsent()).toHaveLength(1);
    expect(readFileSync(localPath, 'utf8')).toBe('second');
  });

  test('stays where only an older save had arrived', async () => {
    const localPath = await open();
    const first = await save(localPath, 'second');
    await save(localPath, 'the third');
    edits.news(uploaded(first));
    expect(edits.unsent()).toEqual([]);
    await restart('quit');
    expect(edits.unsent()).toHaveLength(1);
    expect(readFileSync(localPath, 'utf8')).toBe('the third');
  });

  test('stays where an editor had begun to replace it as the app ended', async () => {
    const localPath = await open();
    renameSync(localPath, `${localPath}~`);
    await restart('quit');
    expect(readFileSync(`${localPath}~`, 'utf8')).toBe('one');
    expect(edits.unsent()).toMatchObject([{ savedAtMs: null }]);
    const [unsent] = edits.unsent();
    expect(edits.upload(unsent?.id ?? 0)).toMatchObject({ ok: false });
  });

  test('that the server refused, or that the user did not let replace what is there, is said to be unsent', async () => {
    const localPath = await open();
    const first = await save(localPath, 'second');
    edits.news(notUploaded(first, 'The disk is full.'));
    expect(reasons()).toEqual(['The disk is full.']);
    const second = await save(localPath, 'the third');
    expect(reasons()).toEqual([]);
    // The user tried the first again meanwhile: it says nothing of the second.
    edits.news(uploaded(first));
    edits.news(notUploaded(second, 'What is there was kept.'));
    expect(reasons()).toEqual(['What is there was kept.']);
    // Tried again in the list of transfers.
    edits.news(uploaded(second));
    expect(reasons()).toEqual([]);
    expect(pushes).toBeGreaterThanOrEqual(4);
  });

  test('of which the connection is lost waits for the next one, and is said to', async () => {
    const localPath = await open();
    await save(localPath, 'second');
    sessions = [filesTab('s1', { state: lost })];
    edits.sessionsChanged();
    expect(reasons()[0]).toContain('connect again');
    expect(edits.upload(edits.unsent()[0]?.id ?? 0)).toEqual({ ok: true, value: 's1' });
    expect(saves()).toHaveLength(1);
    sessions = [filesTab('s1')];
    edits.sessionsChanged();
    expect(reasons()).toEqual([]);
  });

  test('of which the tab is closed goes by another one of its instance, or is said to be unsent', async () => {
    const localPath = await open();
    sessions = [filesTab('shell', { kind: 'shell' }), filesTab('s2')];
    edits.sessionsChanged();
    await save(localPath, 'second');
    expect(saves().map(({ to }) => to)).toEqual(['s2']);
    sessions = [];
    edits.sessionsChanged();
    expect(reasons()[0]).toContain('tab was closed');
    writeFileSync(localPath, 'the third');
    await vi.waitUntil(() => edits.unsent().length === 1);
    edits.upload(edits.unsent()[0]?.id ?? 0);
    expect(saves().map(({ to }) => to)).toEqual(['s2', 'opened']);
  });

  test('of which the process crashed while it was sent is said to be unsent', async () => {
    const localPath = await open();
    await save(localPath, 'second');
    sessions = [filesTab('s1', { process: 2, state: lost })];
    edits.sessionsChanged();
    expect(reasons()[0]).toContain('stopped');
  });

  test('that was not sent can be shown in its folder, and is deleted only when the user says so', async () => {
    const localPath = await open();
    edits.news(notUploaded(await save(localPath, 'second'), 'No.'));
    const id = edits.unsent()[0]?.id ?? 0;
    edits.showInFolder(id);
    expect(shown).toEqual([localPath]);
    await edits.discard(id);
    expect(existsSync(localPath)).toBe(false);
    expect(edits.unsent()).toEqual([]);
    expect(edits.upload(id)).toMatchObject({ ok: false });
  });

  test('that no program opens, or that could not be fetched, is said', async () => {
    openProblem = 'No application found';
    await open();
    await vi.waitUntil(() => failures.length > 0);
    expect(failures[0]).toContain('No application found');
    await edits.open('s1' as SessionId, path);
    const problem = { kind: 'denied', sentence: 'Edit conf: denied.' } as const;
    edits.news({ type: 'edit-failed', editId: 2, problem });
    expect(failures[1]).toBe('Edit conf: denied.');
  });
});

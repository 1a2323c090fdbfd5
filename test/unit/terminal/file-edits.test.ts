import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
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
import type { FileOrder } from '../../../main/terminal/protocol.ts';
import type { SessionId } from '../../../preload/contract/brands.ts';
import { typedPath } from '../../../preload/contract/remote-files.ts';

const sessionId = 's1' as SessionId;

describe('a file that is edited here', () => {
  let root: string;
  let folder: string;
  let orders: FileOrder[];
  let failures: string[];
  let opened: string[];
  let isSessionOpen: boolean;
  let openProblem: string;
  let edits: FileEdits;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'edits-'));
    folder = join(root, 'edited-files');
    orders = [];
    failures = [];
    opened = [];
    isSessionOpen = true;
    openProblem = '';
    edits = createFileEdits({
      folder,
      clock: systemClock,
      order: (_id, order) => {
        if (isSessionOpen) orders.push(order);
        return isSessionOpen;
      },
      openPath: (path) => {
        opened.push(path);
        return Promise.resolve(openProblem);
      },
      onFailure: ({ sentence }) => failures.push(sentence),
      report: (cause) => {
        throw cause;
      },
    });
  });
  afterEach(() => {
    edits.stop();
    rmSync(root, { recursive: true });
  });

  /** Fetches a file as the ssh process does, and waits until it is open. */
  async function open(): Promise<string> {
    expect(await edits.open(sessionId, typedPath('/etc/conf'))).toBe(true);
    const [order] = orders;
    if (order?.type !== 'edit') throw new Error('not asked for');
    const localPath = join(order.localFolder, 'conf');
    writeFileSync(localPath, 'one');
    edits.news({ type: 'edit-opened', sessionId, editId: order.editId, localPath });
    await vi.waitUntil(() => opened.length > 0);
    return localPath;
  }
  const saves = (): number => orders.filter(({ type }) => type === 'edit-saved').length;

  test('is where only the user may read it, and what a former run left there is gone', async () => {
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(join(folder, 'left over'), 'secret');
    const localPath = await open();
    expect(opened).toEqual([localPath]);
    expect(existsSync(join(folder, 'left over'))).toBe(false);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(localPath, '..')).mode & 0o777).toBe(0o700);
    edits.stop();
    expect(readdirSync(root)).toEqual([]);
  });

  test('is sent back once it was saved, also by an editor that puts a new file in its place', async () => {
    const localPath = await open();
    writeFileSync(localPath, 'second');
    await vi.waitUntil(() => saves() === 1);
    writeFileSync(`${localPath}.new`, 'the third');
    renameSync(`${localPath}.new`, localPath);
    await vi.waitUntil(() => saves() === 2);
  });

  test('that was saved once its tab is closed is said to be here, and where', async () => {
    const localPath = await open();
    isSessionOpen = false;
    writeFileSync(localPath, 'second');
    await vi.waitUntil(() => failures.length > 0);
    expect(failures[0]).toContain(localPath);
  });

  test('that no program opens, or that could not be fetched, is said', async () => {
    openProblem = 'No application found';
    await open();
    await vi.waitUntil(() => failures.length > 0);
    expect(failures[0]).toContain('No application found');
    const problem = { kind: 'denied', sentence: 'Edit conf: denied.' } as const;
    edits.news({ type: 'edit-failed', sessionId, editId: 1, problem });
    expect(failures[1]).toBe('Edit conf: denied.');
  });
});

import { watch, type FSWatcher } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SessionId } from '../../preload/contract/brands.ts';
import type { EditFailure, RemotePath } from '../../preload/contract/remote-files.ts';
import type { WallClock } from '../clock/index.ts';
import type { EditNews } from './client.ts';
import type { FileOrder } from './protocol.ts';

/** An editor that saves does so in several steps: it is looked at once none came for so long. */
const settleMs = 300;

export interface FileEditsParts {
  /** A folder of the app's own, which holds nothing else: what a former run left in it is removed. */
  readonly folder: string;
  readonly clock: WallClock;
  /** False: there is no such session. */
  readonly order: (sessionId: SessionId, order: FileOrder) => boolean;
  /** Opens a file in the system's editor; gives what went wrong, or an empty text. */
  readonly openPath: (path: string) => Promise<string>;
  readonly onFailure: (failure: EditFailure) => void;
  readonly report: (cause: unknown) => void;
}

/** Files of instances that are open in editors of this computer. */
export interface FileEdits {
  /** Fetches a file and opens it; each save is sent back. */
  readonly open: (sessionId: SessionId, path: RemotePath) => Promise<boolean>;
  /** What the ssh process says of one. */
  readonly news: (news: EditNews) => void;
  /** The app quits: nothing of them stays on this computer. */
  readonly stop: () => void;
}

interface Edit {
  readonly sessionId: SessionId;
  watcher: FSWatcher | null;
}

/** Keeps each file in a folder of its own that only the user may read, and watches it. */
export function createFileEdits(parts: FileEditsParts): FileEdits {
  const edits = new Map<number, Edit>();
  let lastId = 0;
  let ready: Promise<void> | null = null;

  const prepare = async (): Promise<void> => {
    await rm(parts.folder, { recursive: true, force: true });
    await mkdir(parts.folder, { recursive: true, mode: 0o700 });
    // Where the folder was there with other permissions.
    await chmod(parts.folder, 0o700);
  };

  const fail = (sessionId: SessionId, sentence: string): void => parts.onFailure({ sessionId, sentence });

  const versionOf = async (path: string): Promise<string | null> => {
    try {
      const { size, mtimeMs } = await stat(path);
      return `${size} ${mtimeMs}`;
    } catch {
      // Some editors remove a file before they write the new one.
      return null;
    }
  };

  const follow = async (editId: number, edit: Edit, localPath: string): Promise<void> => {
    let known = await versionOf(localPath);
    let cancelLook = (): void => undefined;
    const look = async (): Promise<void> => {
      const now = await versionOf(localPath);
      if (now === null || now === known) return;
      known = now;
      if (parts.order(edit.sessionId, { type: 'edit-saved', editId })) return;
      fail(
        edit.sessionId,
        `What was saved could not be uploaded, since its files tab is closed. It is in ${localPath} until the app quits.`,
      );
    };
    // The folder, not the file: many editors put a new file in the place of the old one.
    edit.watcher = watch(dirname(localPath), () => {
      cancelLook();
      cancelLook = parts.clock.setTimeout(() => void look().catch(parts.report), settleMs);
    });
    edit.watcher.on('error', parts.report);
    const problem = await parts.openPath(localPath);
    if (problem !== '')
      fail(edit.sessionId, `No program opened the file: ${problem}. Choose one for files of its kind first.`);
  };

  return {
    open: async (sessionId, path) => {
      ready ??= prepare();
      await ready;
      const localFolder = await mkdtemp(join(parts.folder, 'edit-'));
      const editId = (lastId += 1);
      edits.set(editId, { sessionId, watcher: null });
      return parts.order(sessionId, { type: 'edit', editId, path, localFolder });
    },
    news: (news) => {
      const edit = edits.get(news.editId);
      if (edit === undefined) return;
      if (news.type === 'edit-failed') fail(edit.sessionId, news.problem.sentence);
      else void follow(news.editId, edit, news.localPath).catch(parts.report);
    },
    stop: () => {
      for (const { watcher } of edits.values()) watcher?.close();
      edits.clear();
      // Nothing waits for a quit that has begun.
      if (ready !== null) rmSync(parts.folder, { recursive: true, force: true });
    },
  };
}

import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { EditFailure, RemotePath, UnsentEdit } from '../../preload/contract/remote-files.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { EditFolders, localVersion, writeRecord } from './edit-records.ts';
import { EditedFile, type EditedFileParts } from './edited-file.ts';
import type { EditNews } from './protocol.ts';

export interface FileEditsParts extends Omit<EditedFileParts, 'changed'> {
  /** A folder of the app's own, which holds nothing else. */
  readonly folder: string;
  /** Opens the files of an instance; null: it is gone, or has no address. */
  readonly openFiles: (instanceId: InstanceId) => SessionId | null;
  /** Opens a file in the system's editor; gives what went wrong, or an empty text. */
  readonly openPath: (path: string) => Promise<string>;
  readonly showInFolder: (path: string) => void;
  readonly onFailure: (failure: EditFailure) => void;
  readonly onUnsent: (unsent: readonly UnsentEdit[]) => void;
}

/** Files of instances that are open in editors of this computer. */
export interface FileEdits {
  /** Finds what a former run did not send, and removes what it did. */
  readonly load: () => Promise<void>;
  /** Fetches a file and opens it; each save is sent back. */
  readonly open: (sessionId: SessionId, path: RemotePath) => Promise<boolean>;
  /** What the ssh process says of one. */
  readonly news: (news: EditNews) => void;
  readonly sessionsChanged: () => void;
  /** Those whose last save is not on their instance, and is not being sent. */
  readonly unsent: () => readonly UnsentEdit[];
  /** Sends one; gives by which session. */
  readonly upload: (id: number) => Result<SessionId>;
  readonly showInFolder: (id: number) => void;
  /** Deletes one from this computer. */
  readonly discard: (id: number) => Promise<void>;
  /** The app quits: of them stays what was not sent. */
  readonly stop: () => void;
}

const fromFormerRun = 'The app ended before it was uploaded.';
const noFile = fail({ kind: 'refused', message: 'The file is no longer on this computer.' } as const);
const notReached = fail({
  kind: 'refused',
  message:
    'Its instance cannot be reached: it is gone, has no address, or its account is signed out. Show the file in its folder to keep it.',
} as const);

/** Keeps each file in a folder of its own that only the user may read, until its last save is on its instance. */
export function createFileEdits(parts: FileEditsParts): FileEdits {
  const edits = new Map<number, EditedFile>();
  /** Being fetched: by which session, and into which folders. */
  const fetching = new Map<number, { readonly sessionId: SessionId; readonly folder: string }>();
  const folders = new EditFolders(parts.folder);
  let lastId = 0;
  let loading: Promise<void> | null = null;
  let told = '[]';

  const unsent = (): readonly UnsentEdit[] => [...edits.values()].flatMap((edit) => edit.unsent() ?? []);
  const changed = (): void => {
    const now = unsent();
    const text = JSON.stringify(now);
    if (text !== told) parts.onUnsent(now);
    told = text;
  };
  const fileParts = { ...parts, changed };

  const follow = (edit: EditedFile): void => {
    edits.set(edit.id, edit);
    edit.watch();
  };
  const say = (sessionId: SessionId, sentence: string): void => parts.onFailure({ sessionId, sentence });

  const opened = async (news: Extract<EditNews, { readonly type: 'edit-opened' }>): Promise<void> => {
    const { editId, localPath, path, version } = news;
    const fetched = fetching.get(editId);
    const owner = fetched === undefined ? null : parts.ownerOf(fetched.sessionId);
    if (fetched === undefined || owner === null) return;
    const { sessionId, folder } = fetched;
    const { accountId, instanceId, title: instanceName } = owner;
    const sent = localVersion(localPath)?.text ?? '';
    const of = { accountId, instanceId, instanceName };
    const record = { ...of, path, remote: version, name: basename(localPath), sent };
    try {
      writeRecord(folder, record);
    } catch (cause) {
      parts.report(cause);
      say(
        sessionId,
        'The file was not opened: this computer cannot save what belongs to it. Is its disk full?',
      );
      return;
    }
    fetching.delete(editId);
    follow(new EditedFile(editId, { folder, record }, fileParts));
    const problem = await parts.openPath(localPath);
    if (problem !== '')
      say(sessionId, `No program opened the file: ${problem}. Choose one for files of its kind first.`);
  };

  const takeFormer = async (): Promise<void> => {
    for (const kept of await folders.former(parts.report)) {
      const edit = new EditedFile((lastId += 1), kept, fileParts, fromFormerRun);
      if (edit.isSent()) await rm(kept.folder, { recursive: true, force: true });
      else follow(edit);
    }
    changed();
  };
  const load = (): Promise<void> => (loading ??= takeFormer().catch(parts.report));

  return {
    load,
    open: async (sessionId, path) => {
      await load();
      const { folder, fileFolder } = await folders.make();
      const editId = (lastId += 1);
      fetching.set(editId, { sessionId, folder });
      return parts.order(sessionId, { type: 'edit', editId, path, localFolder: fileFolder });
    },
    news: (news) => {
      if (news.type === 'edit-opened') void opened(news).catch(parts.report);
      else if (news.type !== 'edit-failed') edits.get(news.editId)?.ended(news);
      else {
        const fetched = fetching.get(news.editId);
        if (fetched !== undefined) say(fetched.sessionId, news.problem.sentence);
      }
    },
    sessionsChanged: () => {
      for (const edit of edits.values()) edit.sessionsChanged();
      changed();
    },
    unsent,
    upload: (id) => {
      const edit = edits.get(id);
      if (edit === undefined) return noFile;
      // It goes on by itself once its session connects again.
      if (edit.uploadingSession !== null) return ok(edit.uploadingSession);
      if (localVersion(edit.path) === null) return noFile;
      const open = edit.session();
      const sessionId = open !== null && edit.send(open) ? open : parts.openFiles(edit.instanceId);
      if (sessionId === null || (sessionId !== open && !edit.send(sessionId))) return notReached;
      changed();
      return ok(sessionId);
    },
    showInFolder: (id) => {
      const edit = edits.get(id);
      if (edit !== undefined) parts.showInFolder(edit.path);
    },
    discard: async (id) => {
      const edit = edits.get(id);
      if (edit === undefined) return;
      edit.unwatch();
      edits.delete(id);
      await rm(edit.folder, { recursive: true, force: true });
      changed();
    },
    stop: () => {
      // Nothing waits for a quit that has begun.
      for (const { folder } of fetching.values()) rmSync(folder, { recursive: true, force: true });
      for (const edit of edits.values()) {
        edit.unwatch();
        // It may have been saved a moment ago.
        if (edit.isSent()) rmSync(edit.folder, { recursive: true, force: true });
      }
      fetching.clear();
      edits.clear();
    },
  };
}

import { join } from 'node:path';
import type { FileProblem } from '../../../../preload/contract/remote-files.ts';
import type { FileVersion } from './copying.ts';
import type { Bytes } from './packets.ts';
import { doing, remoteProblem } from './problems.ts';
import { localName, nameOf } from './remote-path.ts';
import type { SftpClient } from './sftp-client.ts';
import type { TransferEnd, TransferQueue } from './transfer-queue.ts';
import { remoteVersion } from './versions.ts';

/** What main hears of a file that is edited here. */
export type EditNews =
  /** It is on this computer: open it, and watch it. */
  | { readonly type: 'edit-opened'; readonly editId: number; readonly localPath: string }
  | { readonly type: 'edit-failed'; readonly editId: number; readonly problem: FileProblem };

interface Edit {
  readonly path: Bytes;
  readonly localPath: string;
  /** What is on the server, as far as it is known here. */
  version: FileVersion;
  isUploading: boolean;
  /** It was saved again meanwhile. */
  isSavedAgain: boolean;
}

/** Files that are open in an editor of this computer: each save is sent to the server. */
export class RemoteEdits {
  readonly #transfers: TransferQueue;
  readonly #client: () => SftpClient | null;
  readonly #tell: (news: EditNews) => void;
  readonly #edits = new Map<number, Edit>();

  constructor(transfers: TransferQueue, client: () => SftpClient | null, tell: (news: EditNews) => void) {
    this.#transfers = transfers;
    this.#client = client;
    this.#tell = tell;
  }

  /** Fetches a file into a folder that holds nothing else. */
  open(editId: number, path: Bytes, localFolder: string): void {
    void this.#open(editId, path, localFolder);
  }

  /** Its editor has written it. */
  saved(editId: number): void {
    const edit = this.#edits.get(editId);
    if (edit === undefined) return;
    if (edit.isUploading) {
      edit.isSavedAgain = true;
      return;
    }
    edit.isUploading = true;
    edit.isSavedAgain = false;
    const order = { direction: 'upload', localPath: edit.localPath, remote: edit.path } as const;
    this.#transfers.add(order, edit.version, (end) => void this.#uploaded(editId, edit, end));
  }

  async #open(editId: number, chosen: Bytes, localFolder: string): Promise<void> {
    const what = doing('Edit', chosen);
    const refused = (problem: FileProblem): void => this.#tell({ type: 'edit-failed', editId, problem });
    const client = this.#client();
    if (client === null) {
      refused({ kind: 'lost', sentence: `${what}: there is no connection. Connect again first.` });
      return;
    }
    // Of a link, what it leads to is edited.
    const real = await client.realPath(chosen);
    if (!real.ok) {
      refused(remoteProblem(what, real.error));
      return;
    }
    const before = await client.stat(real.value);
    if (!before.ok) {
      refused(remoteProblem(what, before.error));
      return;
    }
    const path = real.value;
    const order = { direction: 'download', remote: path, localFolder } as const;
    this.#transfers.add(order, null, (end) => {
      if (end !== 'done') {
        if (typeof end !== 'string') refused(end);
        else refused({ kind: 'failed', sentence: `${what}: it was canceled.` });
        return;
      }
      const localPath = join(localFolder, localName(nameOf(path), process.platform));
      const version = remoteVersion(before.value);
      this.#edits.set(editId, { path, localPath, version, isUploading: false, isSavedAgain: false });
      this.#tell({ type: 'edit-opened', editId, localPath });
    });
  }

  async #uploaded(editId: number, edit: Edit, end: TransferEnd): Promise<void> {
    if (end === 'done') {
      const now = await this.#client()?.stat(edit.path);
      if (now?.ok === true) edit.version = remoteVersion(now.value);
    }
    edit.isUploading = false;
    if (edit.isSavedAgain) this.saved(editId);
  }
}

import { join } from 'node:path';
import type { FileProblem } from '../../../../preload/contract/remote-files.ts';
import type { EditNews, SavedEdit } from '../../protocol.ts';
import type { Bytes } from './packets.ts';
import { doing, remoteProblem } from './problems.ts';
import { fromBytes, localName, nameOf, toBytes } from './remote-path.ts';
import type { SftpClient } from './sftp-client.ts';
import type { TransferEnd, TransferQueue } from './transfer-queue.ts';
import { remoteVersion } from './versions.ts';

/** A file of which a save was sent. */
interface Edit {
  transferId: number;
  /** The upload is done, and what it left on the server is being looked at. */
  isLookedAt: boolean;
  /** What was saved meanwhile: it is sent next. */
  next: SavedEdit | null;
  /** What the last upload left on the server: main may not have heard of it yet. */
  sent: Pick<SavedEdit, 'path' | 'version'> | null;
}

/** Files that are open in an editor of this computer: each save is sent to the server. Main keeps what they are. */
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
  saved(save: SavedEdit): void {
    const edit = this.#edits.get(save.editId);
    if (edit === undefined) {
      const transferId = this.#send(save);
      this.#edits.set(save.editId, { transferId, isLookedAt: false, next: null, sent: null });
    } else if (edit.isLookedAt || this.#transfers.isUnderWay(edit.transferId)) edit.next = save;
    else {
      // The former save of the same file: what failed of it is not tried again beside this one.
      this.#transfers.act(edit.transferId, 'dismiss');
      edit.transferId = this.#send({ ...save, ...edit.sent });
    }
  }

  #send(save: SavedEdit): number {
    const order = { direction: 'upload', localPath: save.localPath, remote: toBytes(save.path) } as const;
    return this.#transfers.add(order, save.version, (end) => void this.#ended(save, end));
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
      if (end.kind === 'failed') refused(end.problem);
      else if (end.kind !== 'done') refused({ kind: 'failed', sentence: `${what}: it was canceled.` });
      else {
        const localPath = join(localFolder, localName(nameOf(path), process.platform));
        const version = remoteVersion(before.value);
        this.#tell({ type: 'edit-opened', editId, localPath, path: fromBytes(path), version });
      }
    });
  }

  async #ended({ editId, saveNumber, ...save }: SavedEdit, end: TransferEnd): Promise<void> {
    const edit = this.#edits.get(editId);
    if (edit === undefined) return;
    if (end.kind === 'done') {
      edit.isLookedAt = true;
      const path = end.savedAs === null ? save.path : fromBytes(end.savedAs);
      const now = await this.#client()?.stat(toBytes(path));
      edit.isLookedAt = false;
      edit.sent = { path, version: now?.ok === true ? remoteVersion(now.value) : save.version };
      this.#tell({ type: 'edit-uploaded', editId, saveNumber, ...edit.sent });
    } else this.#tell({ type: 'edit-not-uploaded', editId, saveNumber, sentence: notSent(end) });
    const { next } = edit;
    edit.next = null;
    if (next !== null) this.saved(next);
  }
}

function notSent(end: Exclude<TransferEnd, { readonly kind: 'done' }>): string {
  switch (end.kind) {
    case 'failed':
      return end.problem.sentence;
    case 'skipped':
      return 'The file was changed on the instance, and what is there was kept.';
    case 'canceled':
      return 'The upload was canceled.';
  }
}

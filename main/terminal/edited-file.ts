import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { SessionId } from '../../preload/contract/brands.ts';
import { shownPath, type UnsentEdit } from '../../preload/contract/remote-files.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';
import type { WallClock } from '../clock/index.ts';
import type { SessionOwner } from './client-parts.ts';
import {
  isSent,
  localPathOf,
  localVersion,
  writeRecord,
  type EditRecord,
  type KeptEdit,
  type LocalVersion,
} from './edit-records.ts';
import type { EditNews, FileOrder } from './protocol.ts';

/** An editor that saves does so in several steps: it is looked at once none came for so long. */
const settleMs = 300;

const tabClosed = 'Its files tab was closed before it was uploaded.';
const notConnected = 'There is no connection. It is uploaded once you connect again in its files tab.';
const crashed = 'The part of the app that speaks SSH stopped before it was uploaded.';

export interface EditedFileParts {
  readonly clock: WallClock;
  /** False: there is no such session. */
  readonly order: (sessionId: SessionId, order: FileOrder) => boolean;
  readonly ownerOf: (sessionId: SessionId) => SessionOwner | null;
  readonly sessions: () => readonly TerminalSession[];
  /** Whether it is sent may have changed. */
  readonly changed: () => void;
  readonly report: (cause: unknown) => void;
}

/** A file of an instance that is edited here: watched, and each save of it sent. */
export class EditedFile {
  readonly id: number;
  readonly folder: string;
  readonly path: string;
  readonly #parts: EditedFileParts;
  #record: EditRecord;
  /** As it was last seen here. */
  #local: LocalVersion | null;
  /** Why the last save was not sent. */
  #reason: string;
  /** Versions by the numbers of the saves that were sent with them. */
  readonly #saves = new Map<number, LocalVersion>();
  #lastSave = 0;
  /** Who is to send the last save, until it has ended. */
  #upload: { readonly sessionId: SessionId; readonly process: number | undefined } | null = null;
  #watcher: FSWatcher | null = null;

  /** `reason` is why what a former run left was not sent. */
  constructor(id: number, { folder, record }: KeptEdit, parts: EditedFileParts, reason = tabClosed) {
    this.id = id;
    this.folder = folder;
    this.path = localPathOf(folder, record);
    this.#record = record;
    this.#local = localVersion(this.path);
    this.#reason = reason;
    this.#parts = parts;
  }

  get instanceId(): EditRecord['instanceId'] {
    return this.#record.instanceId;
  }

  /** Looks at it, whether what is here is on the instance too. */
  isSent(): boolean {
    return isSent(this, this.#record, localVersion(this.path));
  }

  /** As the window shows it, where its last save is not on the instance, and is not being sent. */
  unsent(): UnsentEdit | null {
    const reason = this.#whyUnsent();
    if (reason === null) return null;
    const { instanceName, path } = this.#record;
    const savedAtMs = this.#local?.modifiedMs ?? null;
    return { id: this.id, instanceName, path: shownPath(path), localPath: this.path, savedAtMs, reason };
  }

  /** Sends what is saved from now on. */
  watch(): void {
    let cancelLook = (): void => undefined;
    // The folder, not the file: many editors put a new file in the place of the old one.
    this.#watcher = watch(dirname(this.path), () => {
      cancelLook();
      cancelLook = this.#parts.clock.setTimeout(() => this.#watcher !== null && this.#look(), settleMs);
    });
    this.#watcher.on('error', this.#parts.report);
  }

  unwatch(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }

  /** Who sends it; null: nobody does. */
  get uploadingSession(): SessionId | null {
    return this.#upload?.sessionId ?? null;
  }

  /** A session with files of its instance: one that is connected, or else one that can be again. */
  session(): SessionId | null {
    const { accountId, instanceId } = this.#record;
    const its = this.#parts.sessions().filter((session) => {
      const isIts = session.instanceId === instanceId && session.kind === 'files';
      return isIts && this.#parts.ownerOf(session.id)?.accountId === accountId;
    });
    return (its.find(({ state }) => state.phase !== 'ended') ?? its[0])?.id ?? null;
  }

  /** Has a session send it as it is now; false where it cannot. */
  send(sessionId: SessionId): boolean {
    this.#local = localVersion(this.path);
    if (this.#local === null) return false;
    const saveNumber = (this.#lastSave += 1);
    const { path, remote: version } = this.#record;
    const save = { editId: this.id, saveNumber, localPath: this.path, path, version };
    if (!this.#parts.order(sessionId, { type: 'edit-saved', ...save })) return false;
    this.#saves.set(saveNumber, this.#local);
    this.#upload = { sessionId, process: this.#sessionOf(sessionId)?.process };
    return true;
  }

  /** An upload has ended. */
  ended(news: Extract<EditNews, { readonly saveNumber: number }>): void {
    const { saveNumber } = news;
    const sent = this.#saves.get(saveNumber);
    if (sent === undefined) return;
    if (saveNumber === this.#lastSave) this.#upload = null;
    if (news.type === 'edit-not-uploaded') this.#reason = news.sentence;
    else {
      for (const number of this.#saves.keys()) if (number <= saveNumber) this.#saves.delete(number);
      this.#keep({ ...this.#record, path: news.path, remote: news.version, sent: sent.text });
    }
    this.#parts.changed();
  }

  /** Sessions have changed: one that was closed, or whose process crashed, sends nothing any longer. */
  sessionsChanged(): void {
    if (this.#upload === null) return;
    const session = this.#sessionOf(this.#upload.sessionId);
    if (session?.process === this.#upload.process) return;
    this.#upload = null;
    this.#reason = session === undefined ? tabClosed : crashed;
  }

  #look(): void {
    const now = localVersion(this.path);
    // Some editors remove a file before they write the new one.
    if (now === null || now.text === this.#local?.text) return;
    this.#local = now;
    if (!isSent(this, this.#record, now)) {
      const sessionId = this.#upload?.sessionId ?? this.session();
      if (sessionId === null || !this.send(sessionId)) this.#reason = tabClosed;
    }
    this.#parts.changed();
  }

  #whyUnsent(): string | null {
    if (isSent(this, this.#record, this.#local)) return null;
    if (this.#upload === null) return this.#reason;
    return this.#sessionOf(this.#upload.sessionId)?.state.phase === 'ended' ? notConnected : null;
  }

  #sessionOf(id: SessionId): TerminalSession | undefined {
    return this.#parts.sessions().find((session) => session.id === id);
  }

  #keep(record: EditRecord): void {
    this.#record = record;
    try {
      writeRecord(this.folder, record);
    } catch (cause) {
      // What is on the disk calls for one upload too many, never for one too few.
      this.#parts.report(cause);
    }
  }
}

import { existsSync } from 'node:fs';
import type { WebContents } from 'electron';
import { fail, ok } from '../../../preload/contract/result.ts';
import { noAddressYet } from '../../../preload/contract/state-words.ts';
import type { AppTerminals, Downloads, FileEdits } from '../../terminal/index.ts';
import { done, noSession, type Domain } from './shared.ts';

/** What the calls about an instance's files are answered by. */
export interface FileHandlerParts {
  readonly terminals: Pick<AppTerminals, 'open' | 'attach' | 'orderFiles'>;
  readonly edits: Pick<FileEdits, 'open' | 'unsent' | 'upload' | 'showInFolder' | 'discard'>;
  /** Asks the user for files or a folder to upload; empty: they changed their mind. */
  readonly pickUpload: (what: 'files' | 'folder') => Promise<readonly string[]>;
  /** Asks the user for a folder to download to; null: they changed their mind. */
  readonly pickDownloadFolder: () => Promise<string | null>;
  readonly downloads: Pick<Downloads, 'pathOf'>;
  readonly showInFolder: (path: string) => void;
  /** Begins to drag a file of this computer from the page. */
  readonly drag: (path: string) => Promise<void>;
  /** The window's page; null while no window is open. */
  readonly contents: () => WebContents | null;
}

const noAddress = fail({
  kind: 'refused',
  message: `${noAddressYet('This instance')}. Wait until it is provisioned.`,
} as const);

/** Answers the calls of the domain `files`. */
export function createFileHandlers(parts: FileHandlerParts): Domain<'files'> {
  const { terminals, edits, downloads, pickUpload, pickDownloadFolder, contents } = parts;
  return {
    open: ({ instanceId }) => {
      const sessionId = terminals.open(instanceId, 'files');
      return sessionId === null ? noAddress : ok({ sessionId });
    },
    attach: ({ sessionId }) => {
      const page = contents();
      return page !== null && terminals.attach(sessionId, page) ? done : noSession;
    },
    upload: async ({ sessionId, folder, what }) => {
      const localPaths = await pickUpload(what);
      if (localPaths.length === 0) return done;
      return terminals.orderFiles(sessionId, { type: 'upload', localPaths, folder }) ? done : noSession;
    },
    uploadDropped: ({ sessionId, folder, localPaths }) => {
      if (localPaths.length === 0) return nothingDropped;
      return terminals.orderFiles(sessionId, { type: 'upload', localPaths, folder }) ? done : noSession;
    },
    download: async ({ sessionId, paths }) => {
      const localFolder = await pickDownloadFolder();
      if (localFolder === null) return done;
      return terminals.orderFiles(sessionId, { type: 'download', paths, localFolder }) ? done : noSession;
    },
    edit: async ({ sessionId, path }) => ((await edits.open(sessionId, path)) ? done : noSession),
    showDownload: ({ sessionId, transferId }) => {
      const path = downloads.pathOf(sessionId, transferId);
      if (path === null || !existsSync(path)) return notThere;
      parts.showInFolder(path);
      return done;
    },
    dragDownload: async ({ sessionId, transferId }) => {
      const path = downloads.pathOf(sessionId, transferId);
      if (path === null || !existsSync(path)) return notThere;
      await parts.drag(path);
      return done;
    },
    unsent: () => ok(edits.unsent()),
    uploadUnsent: ({ id }) => {
      const sent = edits.upload(id);
      return sent.ok ? ok({ sessionId: sent.value }) : sent;
    },
    showUnsent: ({ id }) => {
      edits.showInFolder(id);
      return done;
    },
    discardUnsent: async ({ id }) => {
      await edits.discard(id);
      return done;
    },
  };
}

const notThere = fail({
  kind: 'refused',
  message: 'It is no longer where it was saved.',
} as const);

const nothingDropped = fail({
  kind: 'refused',
  message: 'What was dropped is no file of this computer. Drop files or folders from your file manager.',
} as const);

import * as z from 'zod/mini';
import type { Brand, SessionId } from './brands.ts';
import { displayText } from './display-text.ts';
import type { Result } from './result.ts';
import type { SessionPhase } from './terminal.ts';

/**
 * A path on an instance, or a name in one, with a byte in each character (U+0001 to U+00FF): names on a server are bytes,
 * and need not be UTF-8. `shownPath` makes it readable.
 */
export type RemotePath = Brand<string, 'RemotePath'>;

/** Checks a path that comes from the window. */
export const remotePath = z.custom<RemotePath>(
  // eslint-disable-next-line no-control-regex -- All bytes but NUL.
  (value) => typeof value === 'string' && /^[\u0001-\u00ff]{1,16384}$/.test(value),
);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What somebody typed, as a server is told it: in UTF-8. */
export function typedPath(text: string): RemotePath {
  return Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join('') as RemotePath;
}

/** A path or a name as a text, with a mark (U+FFFD) for each byte that is no UTF-8. */
export function decodedPath(path: RemotePath): string {
  return decoder.decode(Uint8Array.from(path, (character) => character.charCodeAt(0)));
}

/** A path or a name as it may be shown: nothing in it hides or turns what stands beside it. */
export function shownPath(path: RemotePath): string {
  return displayText(decodedPath(path), 4096);
}

/** The path of a name in a folder. */
export function joinPath(folder: RemotePath, name: RemotePath): RemotePath {
  return (folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`) as RemotePath;
}

/** The folder that a path is in; of the root, the root. */
export function parentPath(path: RemotePath): RemotePath {
  return (path.slice(0, path.lastIndexOf('/')) || '/') as RemotePath;
}

export type RemoteFileKind = 'file' | 'folder' | 'link' | 'other';

/** An entry of a folder. What a server does not say is null. */
export interface RemoteFile {
  readonly name: RemotePath;
  readonly kind: RemoteFileKind;
  readonly sizeBytes: number | null;
  readonly modifiedMs: number | null;
  /** The permission bits, with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number | null;
  readonly owner: string;
  readonly group: string;
  /** Of a symbolic link: where it leads to, and what is there; null where nothing is. */
  readonly link: {
    readonly target: RemotePath;
    readonly kind: Exclude<RemoteFileKind, 'link'> | null;
  } | null;
}

/** Why something with files was not done. */
export interface FileProblem {
  readonly kind:
    'not-found' | 'denied' | 'exists' | 'full' | 'changed' | 'lost' | 'unsupported' | 'local' | 'failed';
  /** What happened, and what to do next. */
  readonly sentence: string;
}

/** A file that was to be edited here and could not be, or whose save was not sent. */
export interface EditFailure {
  readonly sessionId: SessionId;
  readonly sentence: string;
}

/** A file that was edited here, and what was saved last is not on its instance. */
export interface UnsentEdit {
  readonly id: number;
  readonly instanceName: string;
  /** Where it belongs on the instance, as it may be shown. */
  readonly path: string;
  /** Where it is on this computer. */
  readonly localPath: string;
  /** When it was saved last; null: it is no longer there. */
  readonly savedAtMs: number | null;
  /** Why it is not on the instance. */
  readonly reason: string;
}

/** How much is in what was chosen. */
export interface FileCounts {
  readonly files: number;
  readonly folders: number;
  readonly bytes: number;
}

/** What the window asks of an instance's files, with what it is answered. */
export interface FileRequests {
  /** A folder's entries; without a path, those of the user's home folder. */
  readonly list: {
    readonly ask: { readonly path: RemotePath | null };
    readonly answer: { readonly path: RemotePath; readonly entries: readonly RemoteFile[] };
  };
  readonly 'make-folder': { readonly ask: { readonly path: RemotePath }; readonly answer: null };
  /** `target` as the link says it: from its own folder, or from the root. */
  readonly 'make-link': {
    readonly ask: { readonly path: RemotePath; readonly target: RemotePath };
    readonly answer: null;
  };
  /** Refused where something has the new name. */
  readonly rename: {
    readonly ask: { readonly from: RemotePath; readonly to: RemotePath };
    readonly answer: null;
  };
  readonly count: { readonly ask: { readonly paths: readonly RemotePath[] }; readonly answer: FileCounts };
  /** With all that is in folders. Links are removed, never what they lead to. */
  readonly remove: { readonly ask: { readonly paths: readonly RemotePath[] }; readonly answer: null };
  readonly 'set-mode': {
    readonly ask: { readonly path: RemotePath; readonly mode: number };
    readonly answer: null;
  };
}

const paths = z.array(remotePath).check(z.minLength(1), z.maxLength(100_000));

/** Checks what the window asks. */
export const fileRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('list'), path: z.nullable(remotePath) }),
  z.object({ type: z.literal('make-folder'), path: remotePath }),
  z.object({ type: z.literal('make-link'), path: remotePath, target: remotePath }),
  z.object({ type: z.literal('rename'), from: remotePath, to: remotePath }),
  z.object({ type: z.literal('count'), paths }),
  z.object({ type: z.literal('remove'), paths }),
  z.object({
    type: z.literal('set-mode'),
    path: remotePath,
    mode: z.int().check(z.gte(0), z.lte(0o7777)),
  }),
]);
export type FileRequest = z.infer<typeof fileRequest>;

/** What is done where a file of that name is there already. */
export const conflictChoice = z.enum(['replace', 'keep-both', 'skip']);
export type ConflictChoice = z.infer<typeof conflictChoice>;

/** A question of a transfer: a file of that name is there already. */
export interface TransferConflict {
  readonly id: number;
  /** The name as it may be shown. */
  readonly name: string;
  /** A file that is edited here was changed on the instance since it was opened. */
  readonly isChangedSince: boolean;
  readonly there: { readonly sizeBytes: number | null; readonly modifiedMs: number | null };
  readonly coming: { readonly sizeBytes: number | null; readonly modifiedMs: number | null };
}

export type TransferState =
  | { readonly phase: 'waiting' | 'counting' | 'running' | 'paused' | 'canceled' }
  | { readonly phase: 'asking'; readonly conflict: TransferConflict }
  /** The connection was lost; it goes on once there is one again. */
  | { readonly phase: 'interrupted' }
  | { readonly phase: 'done'; readonly skippedFiles: number }
  | { readonly phase: 'failed'; readonly problem: FileProblem };

/** Something that is copied to an instance or from it: a file, or a folder with all that is in it. */
export interface Transfer {
  readonly id: number;
  readonly direction: 'upload' | 'download';
  /** The name as it may be shown. */
  readonly name: string;
  readonly state: TransferState;
  readonly doneFiles: number;
  readonly doneBytes: number;
  /** Null until it has been counted. */
  readonly total: FileCounts | null;
  /** Over the last seconds; null while it does not run. */
  readonly bytesPerSecond: number | null;
  /** What was left out or is worth knowing, a sentence each, the first hundred. */
  readonly notes: readonly string[];
}

/** What goes over the port of a files session, renderer → ssh process. */
export type PortToFiles =
  | {
      readonly type: 'answer';
      readonly promptId: number;
      readonly answers: readonly string[] | null;
      readonly remember: boolean;
    }
  | { readonly type: 'reconnect' }
  | { readonly type: 'cancel' }
  | { readonly type: 'request'; readonly requestId: number; readonly request: FileRequest }
  | {
      readonly type: 'transfer';
      readonly transferId: number;
      /** `resume` also tries again what failed; `dismiss` takes one that is over from the list. */
      readonly action: 'pause' | 'resume' | 'cancel' | 'dismiss';
    }
  | {
      readonly type: 'conflict';
      readonly transferId: number;
      readonly conflictId: number;
      readonly choice: ConflictChoice;
      /** The same for each further one of this transfer. */
      readonly forAll: boolean;
    };

/** Ssh process → renderer. */
export type PortFromFiles =
  | { readonly type: 'state'; readonly state: SessionPhase; readonly sinceMs: number }
  | {
      readonly type: 'answered';
      readonly requestId: number;
      readonly result: Result<FileRequests[keyof FileRequests]['answer'], FileProblem>;
    }
  | { readonly type: 'transfers'; readonly transfers: readonly Transfer[] }
  /** A transfer has put something into this folder. */
  | { readonly type: 'changed'; readonly folder: RemotePath };

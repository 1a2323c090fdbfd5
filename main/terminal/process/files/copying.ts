import { randomBytes } from 'node:crypto';
import type {
  ConflictChoice,
  FileProblem,
  TransferConflict,
} from '../../../../preload/contract/remote-files.ts';
import type { Bytes } from './packets.ts';

/** So many bytes of one file are asked for or sent before the first answer is there, as OpenSSH's sftp does. */
export const windowBytes = 2 * 1024 * 1024;

/** What tells one state of a file from another. */
export interface FileVersion {
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
}

/** What a part holds that was copied before, and what it was copied of. */
export interface Part<Path> {
  readonly path: Path;
  readonly source: FileVersion;
  doneBytes: number;
}

/** One file of a transfer. */
export interface FileJob {
  readonly local: Buffer;
  readonly remote: Bytes;
  /** As it may be shown. */
  readonly name: string;
  state: 'waiting' | 'running' | 'done' | 'skipped';
  /** What it counts towards the transfer's bytes so far. */
  doneBytes: number;
  /** On the other side, while it is copied or waits to be copied on. */
  part: Part<Buffer> | null;
  /** What was chosen where the name was taken; null: not asked yet. */
  choice: ConflictChoice | null;
  /** Once it is done: its path on the other side, which is another one where both were kept. */
  savedAs: Buffer | null;
}

/** What a copy is told by its transfer, and tells it. */
export interface CopyControl {
  /** It is to stop, to go on later or never. */
  readonly isStopped: () => boolean;
  /** Bytes were copied, or, below zero, have to be copied again. */
  readonly copied: (bytes: number) => void;
  readonly note: (sentence: string) => void;
  /** Null: the transfer was canceled meanwhile. */
  readonly ask: (conflict: Omit<TransferConflict, 'id'>) => Promise<ConflictChoice | null>;
  /** Where the target is known: what was there when it was opened for editing. */
  readonly expected: FileVersion | null;
}

/** What became of one file. */
export type CopyOutcome =
  | { readonly kind: 'done' | 'skipped' | 'stopped' }
  | { readonly kind: 'failed'; readonly problem: FileProblem };

export const failed = (problem: FileProblem): CopyOutcome => ({ kind: 'failed', problem });

/** How a source changed while it was read. */
export function change(before: FileVersion, after: FileVersion): 'none' | 'grew' | 'changed' {
  if (after.sizeBytes > before.sizeBytes) return 'grew';
  return after.sizeBytes === before.sizeBytes && after.modifiedMs === before.modifiedMs ? 'none' : 'changed';
}

/** What becomes of a file that changed while it was copied, in words. */
export const changedProblem = (name: string): FileProblem => ({
  kind: 'changed',
  sentence: `${name} changed while it was copied, so that the copy was thrown away. Try again once nothing writes to it.`,
});

export const grewNote = (name: string): string =>
  `${name} grew while it was copied: what was added meanwhile is not in the copy.`;

export const sizeProblem = (name: string, is: number, shouldBe: number): FileProblem => ({
  kind: 'failed',
  sentence: `${name} has ${is} bytes on the other side and should have ${shouldBe}, so that the copy was thrown away. Try again.`,
});

/** The name that a file has while it is not whole, beside its own. Both sides allow 255 bytes. */
export function partName(name: Buffer): Buffer {
  const mark = Buffer.from(`.part-${randomBytes(4).toString('hex')}`);
  return Buffer.concat([Buffer.from('.'), name.subarray(0, 254 - mark.length), mark]);
}

/** `notes.txt` as `notes (2).txt`. */
export function numberedName(name: Buffer, number: number): Buffer {
  const dot = name.lastIndexOf('.');
  const end = dot <= 0 ? name.length : dot;
  return Buffer.concat([name.subarray(0, end), Buffer.from(` (${number})`), name.subarray(end)]);
}

/** Bytes that may be under way at once: whoever wants more waits. */
export class ByteWindow {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(bytes: number) {
    this.#free = bytes;
  }

  async take(bytes: number): Promise<void> {
    while (this.#free < bytes) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#free -= bytes;
  }

  give(bytes: number): void {
    this.#free += bytes;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

import { constants, type Stats } from 'node:fs';
import { chmod, link, lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, basename, join } from 'node:path';
import type { ConflictChoice } from '../../../../preload/contract/remote-files.ts';
import {
  ByteWindow,
  change,
  changedProblem,
  failed,
  grewNote,
  numberedName,
  partName,
  sizeProblem,
  windowBytes,
  type CopyControl,
  type CopyOutcome,
  type FileJob,
  type FileVersion,
  type Part,
} from './copying.ts';
import type { Attributes } from './packets.ts';
import { localProblem, remoteProblem } from './problems.ts';
import { kindOf } from './remote-files.ts';
import type { SftpFailure } from './answers.ts';
import type { SftpClient } from './sftp-client.ts';
import { isSystemError, remoteVersion } from './versions.ts';

/**
 * Copies a file of the server to this computer: into a part beside its name, which is given that name once it is whole.
 * What came before, of the same file, is not fetched again.
 */
export async function downloadFile(
  client: SftpClient,
  job: FileJob,
  control: CopyControl,
): Promise<CopyOutcome> {
  const what = `Download ${job.name}`;
  const opened = await client.open(job.remote, 'read');
  if (!opened.ok) return failed(remoteProblem(what, opened.error));
  const download = new Download(client, job, control, opened.value);
  try {
    const outcome = await download.run();
    // Whatever went wrong, nothing half-written stays; after a lost connection it is gone on with.
    if (outcome.kind === 'failed' && outcome.problem.kind !== 'lost') await discardDownload(job, control);
    return outcome;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await discardDownload(job, control);
    return failed(localProblem(what, error));
  } finally {
    await client.close(opened.value);
  }
}

class Download {
  readonly #client: SftpClient;
  readonly #job: FileJob;
  readonly #control: CopyControl;
  readonly #handle: Buffer;
  readonly #what: string;

  constructor(client: SftpClient, job: FileJob, control: CopyControl, handle: Buffer) {
    this.#client = client;
    this.#job = job;
    this.#control = control;
    this.#handle = handle;
    this.#what = `Download ${job.name}`;
  }

  async run(): Promise<CopyOutcome> {
    const attributes = await this.#client.fstat(this.#handle);
    if (!attributes.ok) return failed(remoteProblem(this.#what, attributes.error));
    if (kindOf(attributes.value) !== 'file')
      return failed({ kind: 'failed', sentence: `${this.#what}: it is no plain file.` });
    const source = remoteVersion(attributes.value);
    const target = await this.#target(source);
    if (typeof target !== 'string') return target;
    const part = await this.#part(target, source);
    const local = await open(part.path, constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      const came = source.sizeBytes === 0 ? await this.#fetchToEnd(local) : await this.#fetch(local, part);
      if (came !== null) return came;
      const whole = await this.#check(local, part);
      if (whole !== null) return whole;
      const { modifiedMs } = source;
      if (modifiedMs !== null) await local.utimes(modifiedMs / 1000, modifiedMs / 1000);
    } finally {
      await local.close();
    }
    return this.#finish(part, target, attributes.value);
  }

  /** Where to, once it is clear what becomes of a file that has the name. */
  async #target(source: FileVersion): Promise<string | CopyOutcome> {
    const path = this.#job.local.toString('utf8');
    const there = await lstatOrNull(path);
    if (there === null) return path;
    if (!there.isFile()) {
      const is = there.isDirectory() ? 'a folder' : 'no plain file';
      return failed({
        kind: 'exists',
        sentence: `${this.#what}: ${is} has that name here. Rename one of the two.`,
      });
    }
    const choice: ConflictChoice | null = (this.#job.choice ??= await this.#control.ask({
      name: this.#job.name,
      isChangedSince: false,
      there: { sizeBytes: there.size, modifiedMs: there.mtimeMs },
      coming: source,
    }));
    if (choice === null) return { kind: 'stopped' };
    if (choice === 'skip') return { kind: 'skipped' };
    if (choice === 'replace') return path;
    for (let number = 2; ; number += 1) {
      const free = join(dirname(path), numberedName(Buffer.from(basename(path)), number).toString('utf8'));
      if ((await lstatOrNull(free)) === null) return free;
    }
  }

  /** The part that was begun before, where it is still that of this file; a new one otherwise. */
  async #part(target: string, source: FileVersion): Promise<Part<Buffer>> {
    const before = this.#job.part;
    if (before !== null) {
      const isSame = change(before.source, source) === 'none';
      const there = isSame ? await lstatOrNull(before.path) : null;
      if (there?.isFile() === true && there.size >= before.doneBytes) return before;
      if (!isSame)
        this.#control.note(`${this.#job.name} changed since its download was interrupted: it begins anew.`);
      await discardDownload(this.#job, this.#control);
    }
    const path = Buffer.from(join(dirname(target), partName(Buffer.from(basename(target))).toString('utf8')));
    const made = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    await made.close();
    return (this.#job.part = { path, source, doneBytes: 0 });
  }

  /** Fetches what the part lacks; null when it is all there. */
  async #fetch(local: FileHandle, part: Part<Buffer>): Promise<CopyOutcome | null> {
    const { isStopped, copied } = this.#control;
    const window = new ByteWindow(windowBytes);
    const chunkBytes = this.#client.readChunkBytes;
    const { sizeBytes } = part.source;
    const reads: Promise<void>[] = [];
    const trouble: { failure: SftpFailure | null; thrown: Error | null; isShort: boolean } = {
      failure: null,
      thrown: null,
      isShort: false,
    };
    let offset = part.doneBytes;
    let missing = Number.POSITIVE_INFINITY;
    /** A server may give less than was asked for. */
    const fetch = async (from: number, end: number): Promise<void> => {
      let at = from;
      while (at < end) {
        const read = await this.#client.read(this.#handle, at, end - at);
        if (!read.ok || read.value === null || read.value.length === 0) {
          missing = Math.min(missing, at);
          if (!read.ok) trouble.failure ??= read.error;
          else trouble.isShort = true;
          return;
        }
        try {
          await local.write(read.value, 0, read.value.length, at);
        } catch (error) {
          missing = Math.min(missing, at);
          if (!(error instanceof Error)) throw error;
          trouble.thrown ??= error;
          return;
        }
        at += read.value.length;
        copied(read.value.length);
        this.#job.doneBytes += read.value.length;
      }
    };
    const goesOn = (): boolean =>
      trouble.failure === null && trouble.thrown === null && !trouble.isShort && !isStopped();
    while (offset < sizeBytes && goesOn()) {
      const length = Math.min(chunkBytes, sizeBytes - offset);
      await window.take(length);
      reads.push(fetch(offset, offset + length).finally(() => window.give(length)));
      offset += length;
    }
    await Promise.all(reads);
    part.doneBytes = Math.min(offset, missing);
    this.#control.copied(part.doneBytes - this.#job.doneBytes);
    this.#job.doneBytes = part.doneBytes;
    const { failure, thrown, isShort } = trouble;
    if (thrown !== null) throw thrown;
    if (failure !== null) return failed(remoteProblem(this.#what, failure));
    if (isShort) return failed(changedProblem(this.#job.name));
    return offset < sizeBytes ? { kind: 'stopped' } : null;
  }

  /** What a server says is empty may have content, as files of /proc do. */
  async #fetchToEnd(local: FileHandle): Promise<CopyOutcome | null> {
    for (let at = 0; ;) {
      if (this.#control.isStopped()) return { kind: 'stopped' };
      const read = await this.#client.read(this.#handle, at, this.#client.readChunkBytes);
      if (!read.ok) return failed(remoteProblem(this.#what, read.error));
      if (read.value === null || read.value.length === 0) return null;
      await local.write(read.value, 0, read.value.length, at);
      at += read.value.length;
    }
  }

  /** Compares with the file as it is now; null: it is the same. */
  async #check(local: FileHandle, { source }: Part<Buffer>): Promise<CopyOutcome | null> {
    const now = await this.#client.fstat(this.#handle);
    if (!now.ok) return failed(remoteProblem(this.#what, now.error));
    const after = change(source, remoteVersion(now.value));
    if (after === 'changed') return failed(changedProblem(this.#job.name));
    if (after === 'grew') this.#control.note(grewNote(this.#job.name));
    const { size } = await local.stat();
    if (source.sizeBytes > 0 && size !== source.sizeBytes)
      return failed(sizeProblem(this.#job.name, size, source.sizeBytes));
    return null;
  }

  async #finish(part: Part<Buffer>, target: string, { mode }: Attributes): Promise<CopyOutcome> {
    // Nobody else may write it, as the usual umask has it.
    if (mode !== null && process.platform !== 'win32') await chmod(part.path, mode & 0o755);
    const isReplaced = this.#job.choice === 'replace';
    try {
      if (isReplaced) await rename(part.path, target);
      else await giveNewName(part.path, target);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return failed(localProblem(this.#what, error));
    }
    this.#job.part = null;
    this.#job.savedAs = Buffer.from(target, 'utf8');
    return { kind: 'done' };
  }
}

/** Fails where a file of that name came to be meanwhile, which nobody chose to replace. */
async function giveNewName(part: Buffer, target: string): Promise<void> {
  try {
    await link(part, target);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    // A disk without hard links: FAT, some network drives.
    await rename(part, target);
    return;
  }
  await unlink(part);
}

async function lstatOrNull(path: string | Buffer): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Removes what a download has left on this computer. */
export async function discardDownload(
  job: FileJob,
  control: Pick<CopyControl, 'copied' | 'note'>,
): Promise<void> {
  const { part } = job;
  if (part === null) return;
  job.part = null;
  control.copied(-job.doneBytes);
  job.doneBytes = 0;
  try {
    await unlink(part.path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    control.note(`A part of ${job.name} was left behind: ${part.path.toString('utf8')}.`);
  }
}

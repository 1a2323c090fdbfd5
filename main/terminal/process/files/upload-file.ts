import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { ConflictChoice } from '../../../../preload/contract/remote-files.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
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
import { status, type Attributes, type Bytes } from './packets.ts';
import { localProblem, remoteProblem, writeProblem } from './problems.ts';
import { kindOf } from './remote-files.ts';
import { folderOf, joinBytes, nameOf } from './remote-path.ts';
import { isSystemError, localVersion, remoteVersion } from './versions.ts';
import type { SftpFailure } from './answers.ts';
import type { SftpClient } from './sftp-client.ts';

/** Where an upload comes to be: the path, and what is there already. */
interface Target {
  readonly path: Bytes;
  readonly there: Attributes | null;
}

/**
 * Copies a file of this computer to the server: into a part beside its name, which is given that name once it is whole.
 * What was sent before, of the same file, is not sent again.
 */
export async function uploadFile(
  client: SftpClient,
  job: FileJob,
  control: CopyControl,
): Promise<CopyOutcome> {
  const what = `Upload ${job.name}`;
  let local: FileHandle;
  try {
    local = await open(job.local, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    return failed(localProblem(what, error));
  }
  try {
    return await new Upload(client, job, control, local).run();
  } catch (error) {
    if (isSystemError(error)) return failed(localProblem(what, error));
    throw error;
  } finally {
    await local.close();
  }
}

class Upload {
  readonly #client: SftpClient;
  readonly #job: FileJob;
  readonly #control: CopyControl;
  readonly #local: FileHandle;
  readonly #what: string;

  constructor(client: SftpClient, job: FileJob, control: CopyControl, local: FileHandle) {
    this.#client = client;
    this.#job = job;
    this.#control = control;
    this.#local = local;
    this.#what = `Upload ${job.name}`;
  }

  async run(): Promise<CopyOutcome> {
    const stats = await this.#local.stat({ bigint: true });
    const source = localVersion(stats);
    const target = await this.#target(source);
    if ('kind' in target) return target;
    const opened = await this.#openPart(target, source, Number(stats.mode) & 0o777);
    if (!opened.ok) return this.#refused(opened.error);
    const { part, handle } = opened.value;
    const sent = await this.#send(handle, part);
    if (sent !== null) {
      await this.#client.close(handle);
      return sent;
    }
    const outcome = await this.#finish(handle, part, target);
    // Whatever went wrong, nothing half-written stays; where the connection is gone, it is removed or gone on with later.
    if (outcome.kind === 'failed' && outcome.problem.kind !== 'lost') await this.#removePart();
    return outcome;
  }

  /** Where to, once it is clear what becomes of a file that has the name. */
  async #target(source: FileVersion): Promise<Target | CopyOutcome> {
    const { remote } = this.#job;
    let path = remote;
    let there = await this.#client.lstat(path);
    if (there.ok && kindOf(there.value) === 'link') {
      // What a link leads to is replaced, not the link.
      const real = await this.#client.realPath(path);
      if (!real.ok) return failed(remoteProblem(this.#what, real.error));
      path = real.value;
      there = await this.#client.lstat(path);
    }
    if (!there.ok && there.error.code === status.noSuchFile) return { path, there: null };
    if (!there.ok) return failed(remoteProblem(this.#what, there.error));
    const kind = kindOf(there.value);
    if (kind !== 'file') {
      const is = kind === 'folder' ? 'a folder' : 'no plain file';
      return failed({
        kind: 'exists',
        sentence: `${this.#what}: ${is} has that name there. Rename one of the two.`,
      });
    }
    const choice = await this.#choice(source, there.value);
    if (choice === null) return { kind: 'stopped' };
    if (choice === 'skip') return { kind: 'skipped' };
    return choice === 'replace' ? { path, there: there.value } : this.#freeName(remote);
  }

  async #choice(source: FileVersion, there: Attributes): Promise<ConflictChoice | null> {
    const { expected, ask } = this.#control;
    const is: FileVersion = remoteVersion(there);
    if (expected !== null && change(expected, is) === 'none') return 'replace';
    return (this.#job.choice ??= await ask({
      name: this.#job.name,
      isChangedSince: expected !== null,
      there: { sizeBytes: there.size, modifiedMs: is.modifiedMs },
      coming: source,
    }));
  }

  async #freeName(path: Bytes): Promise<Target | CopyOutcome> {
    for (let number = 2; number < 1000; number += 1) {
      const free = joinBytes(folderOf(path), numberedName(nameOf(path), number));
      const there = await this.#client.lstat(free);
      if (!there.ok && there.error.code === status.noSuchFile) return { path: free, there: null };
      if (!there.ok) return failed(remoteProblem(this.#what, there.error));
    }
    return failed({ kind: 'exists', sentence: `${this.#what}: too many files of that name are there.` });
  }

  /** The part that was begun before, where it is still that of this file; a new one otherwise. */
  async #openPart(
    target: Target,
    source: FileVersion,
    mode: number,
  ): Promise<Result<{ readonly part: Part<Bytes>; readonly handle: Buffer }, SftpFailure>> {
    const before = this.#job.part;
    if (before !== null) {
      const isSame = change(before.source, source) === 'none';
      const there = isSame ? await this.#client.lstat(before.path) : null;
      if (there?.ok === true && (there.value.size ?? 0) >= before.doneBytes) {
        const handle = await this.#client.open(before.path, 'write');
        return handle.ok ? ok({ part: before, handle: handle.value }) : handle;
      }
      if (!isSame)
        this.#control.note(`${this.#job.name} changed since its upload was interrupted: it begins anew.`);
      await this.#removePart();
    }
    const path = joinBytes(folderOf(target.path), partName(nameOf(target.path)));
    // What replaces a file has its permissions in the end, and may be read by nobody else before.
    const attributes = process.platform === 'win32' ? {} : { mode: target.there === null ? mode : 0o600 };
    const handle = await this.#client.open(path, 'create-new', attributes);
    if (!handle.ok) return handle;
    const part = { path, source, doneBytes: 0 };
    this.#job.part = part;
    return ok({ part, handle: handle.value });
  }

  /** Sends what the part lacks; null when it is all there. */
  async #send(handle: Buffer, part: Part<Bytes>): Promise<CopyOutcome | null> {
    const { isStopped, copied } = this.#control;
    const window = new ByteWindow(windowBytes);
    const chunkBytes = this.#client.writeChunkBytes;
    const { sizeBytes } = part.source;
    const writes: Promise<void>[] = [];
    const trouble: { failure: SftpFailure | null } = { failure: null };
    let offset = part.doneBytes;
    let missing = Number.POSITIVE_INFINITY;
    const send = async (at: number, data: Buffer): Promise<void> => {
      const written = await this.#client.write(handle, at, data);
      window.give(data.length);
      if (written.ok) {
        copied(data.length);
        this.#job.doneBytes += data.length;
        return;
      }
      trouble.failure ??= written.error;
      missing = Math.min(missing, at);
    };
    let isShort = false;
    while (offset < sizeBytes && trouble.failure === null && !isStopped()) {
      const length = Math.min(chunkBytes, sizeBytes - offset);
      const { bytesRead, buffer } = await this.#local.read(Buffer.allocUnsafeSlow(length), 0, length, offset);
      isShort = bytesRead === 0;
      if (isShort) break;
      await window.take(bytesRead);
      writes.push(send(offset, buffer.subarray(0, bytesRead)));
      offset += bytesRead;
    }
    await Promise.all(writes);
    part.doneBytes = Math.min(offset, missing);
    // What was sent behind a gap counts again when it is sent again.
    this.#settle(part.doneBytes);
    if (trouble.failure !== null) return this.#refused(trouble.failure);
    if (isShort) {
      await this.#removePart();
      return failed(changedProblem(this.#job.name));
    }
    return offset < sizeBytes ? { kind: 'stopped' } : null;
  }

  /** Compares, gives the part what its file had, and the file's name. */
  async #finish(handle: Buffer, part: Part<Bytes>, target: Target): Promise<CopyOutcome> {
    const { sizeBytes, modifiedMs } = part.source;
    const after = change(part.source, localVersion(await this.#local.stat({ bigint: true })));
    const sent = await this.#client.fstat(handle);
    const isWhole = sent.ok && (sent.value.size === null || sent.value.size === sizeBytes);
    if (sent.ok && isWhole && after !== 'changed') {
      await this.#takeAttributes(handle, target.there, sent.value);
      // Last: to write and to change the owner sets it to now.
      if (modifiedMs !== null) await this.#client.setOpenAttributes(handle, { modifiedS: modifiedMs / 1000 });
    }
    // A server may say only now that the disk was full.
    const closed = await this.#client.close(handle);
    if (!sent.ok) return failed(remoteProblem(this.#what, sent.error));
    if (after === 'changed') return failed(changedProblem(this.#job.name));
    if (!isWhole) return failed(sizeProblem(this.#job.name, sent.value.size ?? 0, sizeBytes));
    if (!closed.ok) return this.#refused(closed.error);
    const renamed = await this.#giveName(part.path, target);
    if (!renamed.ok) return failed(remoteProblem(this.#what, renamed.error));
    this.#job.part = null;
    this.#job.savedAs = target.path;
    if (after === 'grew') this.#control.note(grewNote(this.#job.name));
    return { kind: 'done' };
  }

  /** A file that is replaced hands on its permissions, and its owner where the user may give files away. */
  async #takeAttributes(handle: Buffer, there: Attributes | null, part: Attributes): Promise<void> {
    if (there === null) return;
    const { uid, gid, mode } = there;
    if (uid !== null && gid !== null && (uid !== part.uid || gid !== part.gid)) {
      const owned = await this.#client.setOpenAttributes(handle, { owner: { uid, gid } });
      if (!owned.ok)
        this.#control.note(
          `${this.#job.name} belongs to another owner now: the server did not let it be kept.`,
        );
    }
    if (mode !== null) await this.#client.setOpenAttributes(handle, { mode: mode & 0o7777 });
  }

  async #giveName(part: Bytes, { path, there }: Target): Promise<Result<null, SftpFailure>> {
    // Fails where a file of that name came to be meanwhile, which nobody chose to replace.
    if (there === null) return this.#client.rename(part, path);
    const replaced = await this.#client.replace(part, path);
    if (replaced !== null) return replaced;
    // Without a replacement in one step the former file is kept until the new one has its name.
    const aside = joinBytes(folderOf(path), partName(nameOf(path)));
    const moved = await this.#client.rename(path, aside);
    if (!moved.ok) return moved;
    const renamed = await this.#client.rename(part, path);
    if (renamed.ok) await this.#client.removeFile(aside);
    else await this.#client.rename(aside, path);
    return renamed;
  }

  async #refused(failure: SftpFailure): Promise<CopyOutcome> {
    if (failure.code === 'lost') return failed(remoteProblem(this.#what, failure));
    const problem = await writeProblem(this.#client, folderOf(this.#job.remote), this.#what, failure);
    await this.#removePart();
    return failed(problem);
  }

  async #removePart(): Promise<void> {
    const { part } = this.#job;
    if (part === null) return;
    this.#job.part = null;
    this.#settle(0);
    await this.#client.removeFile(part.path);
  }

  /** Counts what is really there. */
  #settle(doneBytes: number): void {
    this.#control.copied(doneBytes - this.#job.doneBytes);
    this.#job.doneBytes = doneBytes;
  }
}

/** Removes what an upload has left on the server, where it can be reached. */
export async function discardUpload(client: SftpClient, job: FileJob): Promise<Result<null, SftpFailure>> {
  if (job.part === null) return ok(null);
  const removed = await client.removeFile(job.part.path);
  if (removed.ok || removed.error.code === status.noSuchFile) job.part = null;
  return removed.ok ? removed : fail(removed.error);
}

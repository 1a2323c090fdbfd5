import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileCounts, FileProblem } from '../../../../preload/contract/remote-files.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import type { FileJob } from './copying.ts';
import type { Attributes, Bytes } from './packets.ts';
import { doing, localProblem, remoteProblem } from './problems.ts';
import { kindOf } from './remote-files.ts';
import { joinBytes, localName, nameOf, shownBytes } from './remote-path.ts';
import type { SftpClient } from './sftp-client.ts';
import { isSystemError } from './versions.ts';

/** What a transfer is made of: folders, the outer ones first, and files. */
export interface Plan {
  /** On the side that is copied to. */
  readonly folders: readonly Buffer[];
  readonly jobs: readonly FileJob[];
  readonly total: FileCounts;
  /** What is left out, a sentence each. */
  readonly notes: readonly string[];
}

class Planned {
  readonly folders: Buffer[] = [];
  readonly jobs: FileJob[] = [];
  readonly notes: string[] = [];
  #bytes = 0;

  addFile(local: Buffer, remote: Bytes, name: string, sizeBytes: number): void {
    this.#bytes += sizeBytes;
    const start = { state: 'waiting', doneBytes: 0, part: null, choice: null, savedAs: null } as const;
    this.jobs.push({ local, remote, name, ...start });
  }

  get plan(): Plan {
    const { folders, jobs, notes } = this;
    return {
      folders,
      jobs,
      notes,
      total: { files: jobs.length, folders: folders.length, bytes: this.#bytes },
    };
  }
}

const slash = Buffer.from('/');
const isLink = (name: string): string => `${name} was left out: it is a symbolic link.`;
const isSpecial = (name: string): string => `${name} was left out: it is no plain file.`;

/** Plans an upload. Symbolic links and special files are left out. */
export async function planUpload(
  localPath: string,
  remote: Bytes,
  isStopped: () => boolean,
): Promise<Result<Plan, FileProblem>> {
  const planned = new Planned();
  const add = async (local: Buffer, to: Bytes): Promise<void> => {
    if (isStopped()) return;
    const name = shownBytes(to);
    const stats = await lstat(local);
    if (stats.isSymbolicLink()) planned.notes.push(isLink(name));
    else if (stats.isFile()) planned.addFile(local, to, name, stats.size);
    else if (stats.isDirectory()) {
      planned.folders.push(to);
      for (const child of await readdir(local, { encoding: 'buffer' }))
        await add(Buffer.concat([local, slash, child]), joinBytes(to, child));
    } else planned.notes.push(isSpecial(name));
  };
  try {
    await add(Buffer.from(localPath, 'utf8'), remote);
  } catch (error) {
    if (isSystemError(error)) return fail(localProblem(doing('Upload', remote), error));
    throw error;
  }
  return ok(planned.plan);
}

/** Plans a download. A link that was chosen itself is followed; those within folders, and special files, are left out. */
export async function planDownload(
  client: SftpClient,
  remotePath: Bytes,
  localFolder: string,
  isStopped: () => boolean,
): Promise<Result<Plan, FileProblem>> {
  const planned = new Planned();
  const add = async (
    remote: Bytes,
    attributes: Attributes,
    folder: string,
  ): Promise<Result<null, FileProblem>> => {
    if (isStopped()) return ok(null);
    const name = shownBytes(remote);
    const ownName = localName(nameOf(remote), process.platform);
    const local = join(folder, ownName);
    const kind = kindOf(attributes);
    if (kind === 'link') planned.notes.push(isLink(name));
    else if (kind === 'other') planned.notes.push(isSpecial(name));
    else if (kind === 'file') {
      if (!Buffer.from(ownName, 'utf8').equals(nameOf(remote)))
        planned.notes.push(`${name} is saved as ${ownName}: its name cannot be used on this computer.`);
      planned.addFile(Buffer.from(local, 'utf8'), remote, name, attributes.size ?? 0);
    } else {
      planned.folders.push(Buffer.from(local, 'utf8'));
      const listed = await client.list(remote);
      if (!listed.ok) return fail(remoteProblem(doing('Download', remote), listed.error));
      for (const child of listed.value) {
        const added = await add(joinBytes(remote, child.name), child.attributes, local);
        if (!added.ok) return added;
      }
    }
    return ok(null);
  };
  const attributes = await client.stat(remotePath);
  if (!attributes.ok) return fail(remoteProblem(doing('Download', remotePath), attributes.error));
  const added = await add(remotePath, attributes.value, localFolder);
  return added.ok ? ok(planned.plan) : added;
}

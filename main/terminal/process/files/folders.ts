import { mkdir } from 'node:fs/promises';
import type { FileProblem } from '../../../../preload/contract/remote-files.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import type { Bytes } from './packets.ts';
import { doing, localProblem, writeProblem } from './problems.ts';
import { kindOf } from './remote-files.ts';
import { folderOf } from './remote-path.ts';
import type { SftpClient } from './sftp-client.ts';
import { isSystemError } from './versions.ts';

/** Where a folder is there already it is filled. */
export async function makeRemoteFolder(client: SftpClient, path: Bytes): Promise<Result<null, FileProblem>> {
  const made = await client.makeFolder(path);
  if (made.ok) return made;
  const there = await client.stat(path);
  if (there.ok && kindOf(there.value) === 'folder') return ok(null);
  const what = doing('Make the folder', path);
  if (there.ok)
    return fail({ kind: 'exists', sentence: `${what}: a file has that name. Rename one of the two.` });
  return fail(await writeProblem(client, folderOf(path), what, made.error));
}

/** As on the server. */
export async function makeLocalFolder(path: Buffer): Promise<Result<null, FileProblem>> {
  try {
    await mkdir(path, { recursive: true });
    return ok(null);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return fail(localProblem(`Make the folder ${path.toString('utf8')}`, error));
  }
}

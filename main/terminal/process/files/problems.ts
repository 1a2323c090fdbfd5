import { displayLines } from '../../../../preload/contract/display-text.ts';
import type { FileProblem } from '../../../../preload/contract/remote-files.ts';
import { status, type Bytes } from './packets.ts';
import type { SftpFailure } from './answers.ts';
import type { SftpClient } from './sftp-client.ts';
import { shownBytes } from './remote-path.ts';

/** What a server's refusal means. `what` was to be done: “Delete a.txt”. */
export function remoteProblem(what: string, { code, words }: SftpFailure): FileProblem {
  switch (code) {
    case 'lost':
      return {
        kind: 'lost',
        sentence: `${what}: the connection was lost before the answer came. Connect again and look at the folder.`,
      };
    case status.noSuchFile:
      return {
        kind: 'not-found',
        sentence: `${what}: it is no longer there. Refresh the folder.`,
      };
    case status.permissionDenied:
      return {
        kind: 'denied',
        sentence: `${what}: the server denies permission. Change the permissions, or sign in as another user.`,
      };
    case status.unsupported:
      return { kind: 'unsupported', sentence: `${what}: the server does not support this.` };
    default: {
      const said = displayLines(words, 200).replaceAll('\n', ' ').trim();
      const reason = said === '' || said === 'Failure' ? 'the server gave no reason' : `“${said}”`;
      return { kind: 'failed', sentence: `${what}: the server refused (${reason}).` };
    }
  }
}

/**
 * What it means that a server did not write. SFTP has no word for a full disk: OpenSSH says “Failure”, so that the space
 * left is asked for. A quota shows in none of it.
 */
export async function writeProblem(
  client: SftpClient,
  folder: Bytes,
  what: string,
  failure: SftpFailure,
): Promise<FileProblem> {
  if (failure.code !== status.failure) return remoteProblem(what, failure);
  const space = await client.freeSpace(folder);
  if (space !== null && space.availableBytes < 1024 * 1024) {
    return {
      kind: 'full',
      sentence: `${what}: the disk of the instance is full. Free some space there, then try again.`,
    };
  }
  return {
    kind: 'failed',
    sentence: `${what}: the server could not write and gave no reason. A quota may be used up, or the disk is failing.`,
  };
}

/** What an error of this computer's file system means. */
export function localProblem(what: string, error: unknown): FileProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const because = localReasons.get(code) ?? (code === '' ? String(error) : code);
  return { kind: code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'local', sentence: `${what}: ${because}` };
}

const localReasons: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk of this computer is full. Free some space, then try again.'],
  ['EDQUOT', 'your quota on this computer is used up. Free some space, then try again.'],
  ['EACCES', 'this computer denies permission. Choose another folder, or change its permissions.'],
  ['EPERM', 'this computer denies permission. Choose another folder, or change its permissions.'],
  ['EROFS', 'the disk of this computer is read-only. Choose another folder.'],
  ['ENOENT', 'it is no longer on this computer.'],
  ['ENAMETOOLONG', 'the name is too long for this computer.'],
  ['EFBIG', 'the file is too large for this disk.'],
  ['EIO', 'the disk of this computer cannot be read or written.'],
  ['ELOOP', 'it is a symbolic link, which is not followed.'],
]);

/** What was to be done with a path, as a problem begins with it. */
export function doing(verb: string, path: Bytes): string {
  return `${verb} ${shownBytes(path)}`;
}

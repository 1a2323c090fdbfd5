import { constants } from 'node:fs';
import { displayText } from '../../../../preload/contract/display-text.ts';
import type {
  FileCounts,
  FileProblem,
  RemoteFile,
  RemoteFileKind,
} from '../../../../preload/contract/remote-files.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import { status, type Attributes, type Bytes } from './packets.ts';
import { doing, remoteProblem } from './problems.ts';
import { fromBytes, joinBytes } from './remote-path.ts';
import type { ListedName, SftpFailure } from './answers.ts';
import type { SftpClient } from './sftp-client.ts';

type FileResult<T> = Promise<Result<T, FileProblem>>;

/** So many questions about links are under way at once. */
const linksAtOnce = 32;

/** What a file is, by its mode. */
export function kindOf({ mode }: Pick<Attributes, 'mode'>): RemoteFileKind {
  switch ((mode ?? 0) & constants.S_IFMT) {
    case constants.S_IFREG:
      return 'file';
    case constants.S_IFDIR:
      return 'folder';
    case constants.S_IFLNK:
      return 'link';
    default:
      // A server that says no type has plain files.
      return mode === null || (mode & constants.S_IFMT) === 0 ? 'file' : 'other';
  }
}

/** Lists a folder, with where its links lead to; without a path, the user's home folder. */
export async function listFolder(
  client: SftpClient,
  path: Bytes | null,
): FileResult<{ readonly path: Bytes; readonly entries: readonly RemoteFile[] }> {
  const what = path === null ? 'Open the home folder' : doing('Open', path);
  const refused = (error: SftpFailure): Result<never, FileProblem> =>
    fail(
      error.code === status.noSuchFile
        ? { kind: 'not-found', sentence: `${what}: there is no such folder. Go to another one.` }
        : remoteProblem(what, error),
    );
  const real = await client.realPath(path ?? Buffer.from('.'));
  if (!real.ok) return refused(real.error);
  const listed = await client.list(real.value);
  if (!listed.ok) {
    const attributes = await client.stat(real.value);
    if (attributes.ok && kindOf(attributes.value) !== 'folder')
      return fail({ kind: 'failed', sentence: `${what}: it is a file, not a folder.` });
    return refused(listed.error);
  }
  const entries: RemoteFile[] = [];
  for (let start = 0; start < listed.value.length; start += linksAtOnce) {
    const some = listed.value.slice(start, start + linksAtOnce);
    entries.push(...(await Promise.all(some.map((each) => entryOf(client, real.value, each)))));
  }
  return ok({ path: real.value, entries });
}

async function entryOf(client: SftpClient, folder: Bytes, listed: ListedName): Promise<RemoteFile> {
  const { name, attributes } = listed;
  const kind = kindOf(attributes);
  const [owner, group] = ownersOf(listed);
  return {
    name: fromBytes(name),
    kind,
    sizeBytes: attributes.size,
    modifiedMs: attributes.modifiedS === null ? null : attributes.modifiedS * 1000,
    mode: attributes.mode === null ? null : attributes.mode & 0o7777,
    owner,
    group,
    link: kind === 'link' ? await linkOf(client, joinBytes(folder, name)) : null,
  };
}

async function linkOf(client: SftpClient, path: Bytes): Promise<RemoteFile['link']> {
  const [target, attributes] = await Promise.all([client.readLink(path), client.stat(path)]);
  const kind = attributes.ok ? kindOf(attributes.value) : null;
  return {
    target: target.ok ? fromBytes(target.value) : ('' as never),
    kind: kind === 'link' ? null : kind,
  };
}

/** Names of owner and group, which version 3 has in its `ls -l` line alone; their numbers where that reads otherwise. */
function ownersOf({ longName, attributes }: ListedName): readonly [string, string] {
  const fields = /^\S{10,11}\s+\d+\s+(\S+)\s+(\S+)\s/.exec(longName.subarray(0, 256).toString('utf8'));
  const shown = (name: string | undefined, id: number | null): string =>
    displayText(name ?? id?.toString() ?? '', 32);
  return [shown(fields?.[1], attributes.uid), shown(fields?.[2], attributes.gid)];
}

/** Makes a folder; refused where something has that name. */
export async function makeFolder(client: SftpClient, path: Bytes): FileResult<null> {
  const what = doing('New folder', path);
  const made = await client.makeFolder(path);
  if (made.ok) return made;
  if ((await client.lstat(path)).ok) return fail(nameTaken(what));
  return fail(remoteProblem(what, made.error));
}

/** Makes a symbolic link, also to what is not there; refused where something has that name. */
export async function makeLink(client: SftpClient, path: Bytes, target: Bytes): FileResult<null> {
  const what = doing('New symbolic link', path);
  if ((await client.lstat(path)).ok) return fail(nameTaken(what));
  const made = await client.makeLink(path, target);
  if (!made.ok) return fail(remoteProblem(what, made.error));
  const there = await client.lstat(path);
  if (there.ok && kindOf(there.value) === 'link') return made;
  return fail({
    kind: 'failed',
    sentence: `${what}: the server said that it was made, and it is not there.`,
  });
}

/** Gives a file another name or place; refused where something has that name. */
export async function renameFile(client: SftpClient, from: Bytes, to: Bytes): FileResult<null> {
  const what = doing('Rename', from);
  // Servers differ in what they do then, so that it does not come to it.
  if ((await client.lstat(to)).ok) return fail(nameTaken(what));
  const renamed = await client.rename(from, to);
  return renamed.ok ? renamed : fail(remoteProblem(what, renamed.error));
}

function nameTaken(what: string): FileProblem {
  return { kind: 'exists', sentence: `${what}: that name is taken. Choose another one.` };
}

/** Changes the permission bits of a file or a folder; of a link, those of what it leads to. */
export async function setMode(client: SftpClient, path: Bytes, mode: number): FileResult<null> {
  const set = await client.setAttributes(path, { mode });
  return set.ok ? set : fail(remoteProblem(doing('Change the permissions of', path), set.error));
}

/** How much is there. Links count as a file, and are not followed. */
export async function countFiles(client: SftpClient, paths: readonly Bytes[]): FileResult<FileCounts> {
  const counts = { files: 0, folders: 0, bytes: 0 };
  const count = async (path: Bytes, attributes: Attributes): FileResult<null> => {
    if (kindOf(attributes) !== 'folder') {
      counts.files += 1;
      counts.bytes += attributes.size ?? 0;
      return ok(null);
    }
    counts.folders += 1;
    const listed = await client.list(path);
    if (!listed.ok) return fail(remoteProblem(doing('Open', path), listed.error));
    for (const { name, attributes: inside } of listed.value) {
      const counted = await count(joinBytes(path, name), inside);
      if (!counted.ok) return counted;
    }
    return ok(null);
  };
  for (const path of paths) {
    const attributes = await client.lstat(path);
    if (!attributes.ok) return fail(remoteProblem(doing('Look at', path), attributes.error));
    const counted = await count(path, attributes.value);
    if (!counted.ok) return counted;
  }
  return ok(counts);
}

/** Removes files, and folders with all that is in them; stops at what cannot be removed. Links are never followed. */
export async function removeFiles(client: SftpClient, paths: readonly Bytes[]): FileResult<null> {
  for (const path of paths) {
    const attributes = await client.lstat(path);
    // Somebody else was faster.
    if (!attributes.ok && attributes.error.code === status.noSuchFile) continue;
    if (!attributes.ok) return fail(remoteProblem(doing('Delete', path), attributes.error));
    const removed = await removeOne(client, path, attributes.value);
    if (!removed.ok) return removed;
  }
  return ok(null);
}

async function removeOne(client: SftpClient, path: Bytes, attributes: Attributes): FileResult<null> {
  const what = doing('Delete', path);
  if (kindOf(attributes) === 'folder') {
    const listed = await client.list(path);
    if (!listed.ok) return fail(remoteProblem(what, listed.error));
    for (const { name, attributes: inside } of listed.value) {
      const removed = await removeOne(client, joinBytes(path, name), inside);
      if (!removed.ok) return removed;
    }
    const removed = await client.removeFolder(path);
    return removed.ok ? removed : fail(remoteProblem(what, removed.error));
  }
  const removed = await client.removeFile(path);
  return removed.ok || removed.error.code === status.noSuchFile
    ? ok(null)
    : fail(remoteProblem(what, removed.error));
}

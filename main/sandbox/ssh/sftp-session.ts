import ssh2, { type SFTPWrapper } from 'ssh2';
import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;

/** What is open by its number: a file with its content so far, or a folder with the names that are still to be told. */
type Open =
  | { readonly kind: 'file'; readonly path: string; content: Buffer; isWritten: boolean }
  | { readonly kind: 'folder'; names: readonly string[]; readonly path: string };

/** The types of ssh2 do not know that a handle's number is all that is in it. */
const numberOf = (handle: Buffer): number => (handle.length === 4 ? handle.readUInt32BE(0) : -1);

/** Serves the files of a machine over SFTP, as far as it keeps any: no times, owners or permissions but one for all. */
export function serveFiles(sftp: SFTPWrapper, files: FileSystem, modifiedMs: number): void {
  const open = new Map<number, Open>();
  let lastHandle = 0;

  const attributesOf = (path: string) => {
    const isFolder = files.isDirectory(path);
    const seconds = Math.floor(modifiedMs / 1000);
    return {
      mode: isFolder ? 0o040755 : 0o100644,
      uid: 0,
      gid: 0,
      size: Buffer.byteLength(files.read(path) ?? ''),
      atime: seconds,
      mtime: seconds,
    };
  };
  const longName = (path: string, name: string): string =>
    `${files.isDirectory(path) ? 'drwxr-xr-x' : '-rw-r--r--'} 1 root root ${attributesOf(path).size} Jan 1 00:00 ${name}`;
  const hold = (what: Open): Buffer => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE((lastHandle += 1));
    open.set(lastHandle, what);
    return handle;
  };
  const done = (id: number, isDone: boolean, otherwise: number = STATUS_CODE.FAILURE): void =>
    sftp.status(id, isDone ? STATUS_CODE.OK : otherwise);
  const stat = (id: number, path: string): void => {
    if (files.exists(path)) sftp.attrs(id, attributesOf(path));
    else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  };

  sftp.on('REALPATH', (id, path) => {
    const real = posix.resolve('/root', path);
    sftp.name(id, [{ filename: real, longname: real, attrs: {} as never }]);
  });
  sftp.on('STAT', stat);
  sftp.on('LSTAT', stat);
  sftp.on('FSTAT', (id, handle) => {
    const held = open.get(numberOf(handle));
    if (held === undefined) sftp.status(id, STATUS_CODE.FAILURE);
    else if (held.kind === 'folder') stat(id, held.path);
    else sftp.attrs(id, { ...attributesOf(held.path), size: held.content.length });
  });
  sftp.on('OPENDIR', (id, path) => {
    if (!files.isDirectory(path)) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.handle(id, hold({ kind: 'folder', path, names: files.list(path) }));
  });
  sftp.on('READDIR', (id, handle) => {
    const held = open.get(numberOf(handle));
    if (held?.kind !== 'folder' || held.names.length === 0) {
      sftp.status(id, held?.kind === 'folder' ? STATUS_CODE.EOF : STATUS_CODE.FAILURE);
      return;
    }
    const { names, path } = held;
    held.names = [];
    sftp.name(
      id,
      names.map((filename) => {
        const full = posix.join(path, filename);
        return { filename, longname: longName(full, filename), attrs: attributesOf(full) };
      }),
    );
  });
  sftp.on('OPEN', (id, path, flags) => {
    const text = files.read(path);
    const isNew = (flags & OPEN_MODE.CREAT) !== 0;
    if (text === undefined && !(isNew && files.write(path, ''))) {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      return;
    }
    if (text !== undefined && (flags & OPEN_MODE.EXCL) !== 0) {
      sftp.status(id, STATUS_CODE.FAILURE);
      return;
    }
    sftp.handle(id, hold({ kind: 'file', path, content: Buffer.from(text ?? ''), isWritten: false }));
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const held = open.get(numberOf(handle));
    if (held?.kind !== 'file') sftp.status(id, STATUS_CODE.FAILURE);
    else if (offset >= held.content.length) sftp.status(id, STATUS_CODE.EOF);
    else sftp.data(id, held.content.subarray(offset, offset + length));
  });
  sftp.on('WRITE', (id, handle, offset, data) => {
    const held = open.get(numberOf(handle));
    const isDone = held?.kind === 'file' && offset + data.length <= maxFileBytes;
    if (isDone) {
      const end = offset + data.length;
      if (end > held.content.length)
        held.content = Buffer.concat([held.content, Buffer.alloc(end - held.content.length)]);
      data.copy(held.content, offset);
      held.isWritten = true;
    }
    done(id, isDone);
  });
  sftp.on('CLOSE', (id, handle) => {
    const held = open.get(numberOf(handle));
    open.delete(numberOf(handle));
    if (held?.kind !== 'file' || !held.isWritten) {
      done(id, held !== undefined);
      return;
    }
    // A machine keeps texts alone: it takes nothing that it would give back otherwise.
    const text = held.content.toString('utf8');
    done(id, Buffer.from(text, 'utf8').equals(held.content) && files.write(held.path, text));
  });
  sftp.on('MKDIR', (id, path) => done(id, files.makeDirectory(path)));
  sftp.on('REMOVE', (id, path) => done(id, files.remove(path), STATUS_CODE.NO_SUCH_FILE));
  sftp.on('RMDIR', (id, path) => done(id, files.removeDirectory(path)));
  sftp.on('RENAME', (id, from, to) => done(id, files.rename(from, to)));
  // Kept by nobody here.
  sftp.on('SETSTAT', (id, path) => done(id, files.exists(path), STATUS_CODE.NO_SUCH_FILE));
  sftp.on('FSETSTAT', (id, handle) => done(id, open.has(numberOf(handle))));
}

/** A machine of the sandbox is a small one. */
const maxFileBytes = 8 * 1024 * 1024;

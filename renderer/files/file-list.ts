import { compareNames } from '../../preload/contract/compare-names.ts';
import {
  decodedPath,
  parentPath,
  shownPath,
  type RemoteFile,
  type RemotePath,
} from '../../preload/contract/remote-files.ts';
import type { TableSort } from '../components/data/table.ts';

export type FileColumn = 'name' | 'size' | 'modified' | 'mode' | 'owner';

/** Opens like a folder: also a link that leads to one. */
export function isFolder({ kind, link }: RemoteFile): boolean {
  return kind === 'folder' || link?.kind === 'folder';
}

/** Can be opened in an editor. */
export function isFile({ kind, link }: RemoteFile): boolean {
  return kind === 'file' || link?.kind === 'file';
}

/** The entries that are shown, folders first. */
export function shownEntries(
  entries: readonly RemoteFile[],
  sort: TableSort<FileColumn>,
  withHidden: boolean,
): readonly RemoteFile[] {
  const names = new Map(entries.map(({ name }) => [name, decodedPath(name)]));
  const byName = (one: RemoteFile, other: RemoteFile): number =>
    compareNames(names.get(one.name) ?? '', names.get(other.name) ?? '');
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const by: Readonly<Record<FileColumn, (one: RemoteFile, other: RemoteFile) => number>> = {
    name: byName,
    size: (one, other) => (one.sizeBytes ?? 0) - (other.sizeBytes ?? 0),
    modified: (one, other) => (one.modifiedMs ?? 0) - (other.modifiedMs ?? 0),
    mode: (one, other) => (one.mode ?? 0) - (other.mode ?? 0),
    owner: (one, other) => compareNames(one.owner, other.owner),
  };
  return entries
    .filter(({ name }) => withHidden || !name.startsWith('.'))
    .sort(
      (one, other) =>
        Number(isFolder(other)) - Number(isFolder(one)) ||
        sign * by[sort.column](one, other) ||
        byName(one, other),
    );
}

/** The folders that lead to a path, from the root. */
export function crumbs(path: RemotePath): readonly { readonly path: RemotePath; readonly label: string }[] {
  if (path === '/') return [{ path, label: '/' }];
  return [
    ...crumbs(parentPath(path)),
    { path, label: shownPath(path.slice(path.lastIndexOf('/') + 1) as RemotePath) },
  ];
}

/** Permission bits as `ls` writes them: `rwxr-xr-x`. */
export function modeText(mode: number): string {
  const letters = Array.from('rwxrwxrwx', (letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
  const special = [
    [2, 0o4000, 's'],
    [5, 0o2000, 's'],
    [8, 0o1000, 't'],
  ] as const;
  for (const [index, bit, letter] of special)
    if (mode & bit) letters[index] = letters[index] === 'x' ? letter : letter.toUpperCase();
  return letters.join('');
}

/** Why a typed name cannot be one of a file; null where it can. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'Type a name';
  if (name === '.' || name === '..') return 'This name stands for a folder already';
  return /[/\0]/.test(name) ? 'A name has no slash in it' : null;
}

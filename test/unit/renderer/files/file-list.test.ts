import { describe, expect, test } from 'vitest';
import { typedPath, type RemoteFile, type RemotePath } from '../../../../preload/contract/remote-files.ts';
import { crumbs, modeText, nameProblem, shownEntries } from '../../../../renderer/files/file-list.ts';

const entry = (name: string, changes: Partial<RemoteFile> = {}): RemoteFile => ({
  name: typedPath(name),
  kind: 'file',
  sizeBytes: 0,
  modifiedMs: 0,
  mode: 0o644,
  owner: 'root',
  group: 'root',
  link: null,
  ...changes,
});
const names = (entries: readonly RemoteFile[]): string[] => entries.map(({ name }) => name);

describe('the entries of a folder', () => {
  const entries = [
    entry('b10', { sizeBytes: 1 }),
    entry('.hidden'),
    entry('b9', { sizeBytes: 2 }),
    entry('logs', { kind: 'folder' }),
    entry('current', { kind: 'link', link: { target: 'v2' as RemotePath, kind: 'folder' } }),
  ];

  test('are in the order of their names with folders first, and links that lead to one', () => {
    const shown = shownEntries(entries, { column: 'name', direction: 'ascending' }, false);
    expect(names(shown)).toEqual(['current', 'logs', 'b9', 'b10']);
  });

  test('turn round within folders and files alone', () => {
    const shown = shownEntries(entries, { column: 'name', direction: 'descending' }, true);
    expect(names(shown)).toEqual(['logs', 'current', 'b10', 'b9', '.hidden']);
  });

  test('are sorted by size, by name where it is the same', () => {
    const shown = shownEntries(entries, { column: 'size', direction: 'descending' }, true);
    expect(names(shown)).toEqual(['current', 'logs', 'b9', 'b10', '.hidden']);
  });
});

test('a path is shown folder by folder', () => {
  expect(crumbs('/' as RemotePath)).toEqual([{ path: '/', label: '/' }]);
  expect(crumbs(typedPath('/srv/ä'))).toEqual([
    { path: '/', label: '/' },
    { path: '/srv', label: 'srv' },
    { path: '/srv/\u00c3\u00a4', label: 'ä' },
  ]);
});

test.each([
  [0o755, 'rwxr-xr-x'],
  [0o000, '---------'],
  [0o4755, 'rwsr-xr-x'],
  [0o2644, 'rw-r-Sr--'],
  [0o1777, 'rwxrwxrwt'],
  [0o1776, 'rwxrwxrwT'],
])('permissions %o are written as ls does', (mode, text) => {
  expect(modeText(mode)).toBe(text);
});

test.each([
  ['notes.txt', null],
  ['', 'Type a name'],
  ['..', 'This name stands for a folder already'],
  ['a/b', 'A name has no slash in it'],
])('a typed name %j', (name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});

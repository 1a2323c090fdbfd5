import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { personsPath } from '../../../../main/terminal/process/auth/paths.ts';

const from = { env: { HOME: '/home/ada', KEYS: '/keys' }, platform: 'linux', home: '/home/ada' } as const;

test.each([
  ['~/.ssh/id', '/home/ada/.ssh/id'],
  ['%d/.ssh/id', '/home/ada/.ssh/id'],
  ['${HOME}/.ssh/id', '/home/ada/.ssh/id'],
  ['${KEYS}/web', '/keys/web'],
  ['~root/id', '/root/id'],
  ['"/home/ada/my keys/id"', '/home/ada/my keys/id'],
  ["'/home/ada/my keys/id'", '/home/ada/my keys/id'],
  ['"~/my keys/id"', '/home/ada/my keys/id'],
  [' /home/ada/id ', '/home/ada/id'],
  [String.raw`~/.ssh/my\ key`, '/home/ada/.ssh/my key'],
  [String.raw`/keys/it\'s\ a\"b\\c`, String.raw`/keys/it's a"b\c`],
  [String.raw`'/keys/my\ key'`, String.raw`/keys/my\ key`],
  [String.raw`/keys/a\b`, String.raw`/keys/a\b`],
  ['file:///home/ada/my%20keys/id', '/home/ada/my keys/id'],
  [`/keys/%u/%i`, `/keys/${userInfo().username}/${userInfo().uid}`],
  ['/keys/100%%', '/keys/100%'],
  ['.ssh/id', '/home/ada/.ssh/id'],
  ['~', '/home/ada'],
  // What is not known may be a file's name.
  ['~nobody-has-this-name/id', '/home/ada/~nobody-has-this-name/id'],
  ['/keys/100%key', '/keys/100%key'],
  ['/keys/${NOT_SET}', '/keys/${NOT_SET}'],
  ['/keys/~/x', '/keys/~/x'],
])('%s', (typed, path) => {
  expect(personsPath(typed, from)).toBe(path);
});

test('a file that has just the typed name is the one that was meant', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paths-'));
  const path = join(folder, 'a%d');
  writeFileSync(path, '');
  expect(personsPath(path, from)).toBe(path);
  rmSync(folder, { recursive: true });
});

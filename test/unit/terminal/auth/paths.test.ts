import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  expandTilde,
  expandTokens,
  expandVariables,
  personsPath,
  withTilde,
} from '../../../../main/terminal/process/auth/paths.ts';

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

test.each([
  ['file://elsewhere.example/home/ada/id', 'file://elsewhere.example/home/ada/id'],
  ['FILE:///home/ada/id', '/home/ada/id'],
  ['"file:///home/ada/id"', '/home/ada/id'],
  ['a file:///home', '/home/ada/a file:/home'],
  ['"/home/ada/id', '/home/ada/"/home/ada/id'],
  ['/home/ada/id"', '/home/ada/id"'],
  ["/it's/'id'", "/it's/'id'"],
  ['"a\nb"', '/home/ada/a\nb'],
])('%j is read as it stands: %j', (typed, path) => {
  expect(personsPath(typed, from)).toBe(path);
});

test('a file that is not there is not what was meant, nor one in this folder', () => {
  expect(personsPath('/nowhere/%d', { ...from, home: '/h' })).toBe('/nowhere//h');
  expect(personsPath('package.json', from)).toBe('/home/ada/package.json');
});

test('on Windows a backslash is no escape, and a path stays as it is', () => {
  const windows = { ...from, platform: 'win32', home: String.raw`C:\Users\ada` } as const;
  expect(personsPath(String.raw`D:\my\ keys\id`, windows)).toBe(String.raw`D:\my\ keys\id`);
  expect(personsPath(String.raw`~\.ssh\id`, windows)).toBe(String.raw`C:\Users\ada\.ssh\id`);
  expect(personsPath('~/.ssh/id', windows)).toBe(String.raw`C:\Users\ada/.ssh/id`);
  expect(personsPath('id', windows)).toBe('id');
});

describe('what is not known stays, and the first of it is named', () => {
  test('of tokens', () => {
    const tokens = { '%': '%', h: 'web' };
    expect(expandTokens('%h/%%/%h', tokens)).toEqual({ text: 'web/%/web', unknown: null });
    expect(expandTokens('%x%h%y%', tokens)).toEqual({ text: '%xweb%y%', unknown: '%x' });
    expect(expandTokens('100%', tokens)).toEqual({ text: '100%', unknown: '%' });
    expect(expandTokens('%\n', tokens).unknown).toBe('%\n');
    expect(expandTokens('%constructor', tokens).unknown).toBe('%c');
  });

  test('of variables', () => {
    const env = { A: 'a', B_2: '', _C: 'c' };
    expect(expandVariables('${A}/${B_2}/${_C}', env)).toEqual({ text: 'a//c', unknown: null });
    expect(expandVariables('${X}${A}${Y}', env)).toEqual({ text: '${X}a${Y}', unknown: 'X' });
    expect(expandVariables('$A ${2} ${A', env)).toEqual({ text: '$A ${2} ${A', unknown: null });
  });
});

test('the home folder of a user is that of the user database', () => {
  expect(expandTilde('~root', from)).toBe('/root');
  expect(expandTilde('~roo/x', from)).toBe('~roo/x');
  expect(expandTilde(String.raw`~\x`, from)).toBe(String.raw`~\x`);
  expect(expandTilde('x~root', from)).toBe('x~root');
});

test('a path in the home folder is shown with its sign, where every program takes it for that folder', () => {
  const { homedir: home } = userInfo();
  const here = { ...from, home };
  expect(withTilde(`${home}/.ssh/id`, here)).toBe('~/.ssh/id');
  expect(withTilde(`${home}\\id`, here)).toBe('~\\id');
  expect(withTilde(home, here)).toBe(home);
  expect(withTilde(`${home}2/id`, here)).toBe(`${home}2/id`);
  expect(withTilde('/keys/id', here)).toBe('/keys/id');
  expect(withTilde('/other/home/id', { ...from, home: '/other/home' })).toBe('/other/home/id');
});

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi, type TestContext } from 'vitest';
import { openJsonStore } from '../../../main/storage/json-store.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evorxa-store-'));
  path = join(folder, 'settings.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const noError = (cause: unknown): void => {
  throw new Error('A write failed.', { cause });
};

/** Runs a command that needs root on Linux, or skips the test and says why. */
function runAsRoot(context: TestContext, command: string, ...args: readonly string[]): void {
  if (process.platform !== 'linux') context.skip('needs Linux');
  if (process.getuid?.() !== 0) context.skip(`needs root for ${command}`);
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) context.skip(`${command}: ${error?.message ?? stderr}`);
}

describe('a store', () => {
  it('starts empty where there is no file, and makes the folders on its way', () => {
    const deep = join(folder, 'a', 'b', 'settings.json');
    const store = openJsonStore(deep, noError);
    expect(store.get('anything')).toBeUndefined();
    expect(store.health()).toEqual({ backupPath: null, readOnly: false });
    expect(existsSync(deep)).toBe(false);
    store.set('a', 1);
    expect(JSON.parse(readFileSync(deep, 'utf8'))).toEqual({ a: 1 });
  });

  it('keeps what it is given, across a restart, beside what it does not know', () => {
    writeFileSync(path, '{"fromLater":[1],"__proto__":{"x":1}}');
    const store = openJsonStore(path, noError);
    store.set('with.dots', { deep: ['ü', null] });
    const again = openJsonStore(path, noError);
    expect(again.get('with.dots')).toEqual({ deep: ['ü', null] });
    expect(again.get('fromLater')).toEqual([1]);
    expect(again.get('__proto__')).toEqual({ x: 1 });
    expect(again.get('constructor')).toBeUndefined();
  });

  it.runIf(process.platform !== 'win32')('is readable by its owner only, also where the file was not', () => {
    writeFileSync(path, '{}', { mode: 0o666 });
    openJsonStore(path, noError).set('a', 1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('leaves no temporary file, and sweeps those of a crash and no others', () => {
    for (const name of [
      'settings.json.tmp-0011223344556677',
      'settings.json.tmp-',
      'other.json.tmp-1',
      'settings.json.bad',
    ]) {
      writeFileSync(join(folder, name), '{');
    }
    openJsonStore(path, noError).set('a', 1);
    expect(readdirSync(folder).sort()).toEqual(['other.json.tmp-1', 'settings.json', 'settings.json.bad']);
  });

  it.runIf(process.platform !== 'win32')('follows a link to a file that is kept elsewhere', () => {
    const target = join(folder, 'dotfiles.json');
    writeFileSync(target, '{"a":1}');
    symlinkSync(target, path);
    openJsonStore(path, noError).set('a', 2);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual({ a: 2 });
  });
});

describe('a broken file', () => {
  it.each([
    ['empty', ''],
    ['half of one', '{"a":'],
    ['braces', '{{'],
    ['an array', '[1,2]'],
    ['a number', '7'],
    ['null', 'null'],
    ['binary', '\0\u0001\ufffd'],
  ])('%s is put aside, and the store starts empty', (_what, text) => {
    writeFileSync(path, text);
    const store = openJsonStore(path, noError);
    expect(store.get('a')).toBeUndefined();
    expect(store.health()).toEqual({ backupPath: `${path}.bad`, readOnly: false });
    expect(readFileSync(`${path}.bad`, 'utf8')).toBe(text);
    store.set('a', 1);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ a: 1 });
    expect(openJsonStore(path, noError).health().backupPath).toBeNull();
  });

  it('a folder in its place is put aside too', () => {
    mkdirSync(path);
    const store = openJsonStore(path, noError);
    store.set('a', 1);
    expect(store.health().backupPath).toBe(`${path}.bad`);
    expect(openJsonStore(path, noError).get('a')).toBe(1);
  });

  it('that cannot be put aside does not keep the store from opening', () => {
    mkdirSync(join(`${path}.bad`, 'full'), { recursive: true });
    writeFileSync(path, '{{');
    const store = openJsonStore(path, noError);
    expect(store.health().backupPath).toBeNull();
    store.set('a', 1);
    expect(openJsonStore(path, noError).get('a')).toBe(1);
  });
});

describe('a place that cannot be written', () => {
  it('under a file: the values hold in memory, and it is told once', () => {
    const blocker = join(folder, 'blocker');
    writeFileSync(blocker, '');
    const onWriteError = vi.fn();
    const store = openJsonStore(join(blocker, 'settings.json'), onWriteError);
    expect(store.health()).toEqual({ backupPath: null, readOnly: true });
    store.set('a', 1);
    store.set('a', 2);
    expect(store.get('a')).toBe(2);
    expect(onWriteError).toHaveBeenCalledTimes(1);
  });

  it('a read-only folder: what is in it is read, the file stays as it was', (context) => {
    writeFileSync(path, '{"a":1}');
    runAsRoot(context, 'chattr', '+i', folder);
    try {
      const onWriteError = vi.fn();
      const store = openJsonStore(path, onWriteError);
      store.set('a', 2);
      expect(store.get('a')).toBe(2);
      expect(store.health().readOnly).toBe(true);
      expect(onWriteError).toHaveBeenCalledTimes(1);
      expect(readFileSync(path, 'utf8')).toBe('{"a":1}');
    } finally {
      spawnSync('chattr', ['-i', folder]);
    }
  });

  it('a full disk: the file stays whole, the values hold, and it heals when there is room', (context) => {
    const small = join(folder, 'small');
    mkdirSync(small);
    runAsRoot(context, 'mount', '-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', small);
    try {
      const file = join(small, 'settings.json');
      const onWriteError = vi.fn();
      const store = openJsonStore(file, onWriteError);
      store.set('kept', 'before');
      const before = readFileSync(file, 'utf8');
      // Larger than what is left, smaller than the disk: a first `write` takes a part of it and does not complain.
      for (const size of [13_000, 60_000]) {
        store.set('large', 'x'.repeat(size));
        expect(readFileSync(file, 'utf8') === before).toBe(true);
      }
      expect(store.health().readOnly).toBe(true);
      expect(onWriteError).toHaveBeenCalledTimes(1);
      expect(readdirSync(small)).toEqual(['settings.json']);
      store.set('large', 'x');
      expect(store.health().readOnly).toBe(false);
      expect(openJsonStore(file, noError).get('large')).toBe('x');
    } finally {
      spawnSync('umount', [small]);
    }
  });

  it('a value that JSON cannot hold is a failed write, not a crash', () => {
    const onWriteError = vi.fn();
    const store = openJsonStore(path, onWriteError);
    store.set('a', 1n);
    expect(onWriteError).toHaveBeenCalledTimes(1);
  });
});

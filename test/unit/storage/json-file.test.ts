import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { openJsonFile, type JsonFileOptions, type Migration } from '../../../main/storage/json-file.ts';
import { makeUnwritable, namesIn, readJson, runAsRoot, TestDisk, useFolder } from './disk.ts';

const folder = useFolder();
const unchanged: Migration = (values) => values;
const noError = (cause: unknown): void => {
  throw new Error('A write failed.', { cause });
};
const open = (path = folder.path('settings.json'), options: Partial<JsonFileOptions> = {}) =>
  openJsonFile(path, { migrations: [unchanged], onProblem: noError, ...options });

describe('a file', () => {
  it('starts empty where there is none, and makes the folders on its way', async () => {
    const path = folder.path('a', 'b', 'settings.json');
    const file = open(path);
    expect(file.get('anything')).toBeUndefined();
    expect(file.health()).toEqual({ setAsidePath: null, problem: null });
    expect(await file.saved()).toEqual({ ok: true, value: undefined });
    expect(existsSync(path)).toBe(false);
    file.set('a', 1);
    expect(file.get('a')).toBe(1);
    await file.saved();
    expect(readJson(path)).toEqual({ version: 1, a: 1 });
  });

  it('keeps what it is given, across a restart, beside what it does not know', async () => {
    writeFileSync(folder.path('settings.json'), '{"fromLater":[1],"__proto__":{"x":1}}');
    const file = open();
    file.set('with.dots', { deep: ['ü', null] });
    file.set('gone', 1);
    file.set('gone', undefined);
    await file.saved();
    const again = open();
    expect(again.get('with.dots')).toEqual({ deep: ['ü', null] });
    expect(again.get('fromLater')).toEqual([1]);
    expect(again.get('__proto__')).toEqual({ x: 1 });
    expect(again.get('constructor')).toBeUndefined();
    expect(readJson(folder.path('settings.json'))).not.toHaveProperty('gone');
  });

  it.runIf(process.platform !== 'win32')('is readable by its owner only, also where it was not', async () => {
    const path = folder.path('settings.json');
    writeFileSync(path, '{}', { mode: 0o666 });
    const file = open();
    file.set('a', 1);
    await file.saved();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('leaves no temporary file, and sweeps those of a crash and no others', async () => {
    for (const name of [
      'settings.json.tmp-001122',
      'settings.json.tmp-',
      'other.json.tmp-1',
      'settings.json.bad',
    ])
      writeFileSync(folder.path(name), '{');
    const file = open();
    file.set('a', 1);
    await file.saved();
    expect(namesIn(folder.path())).toEqual(['other.json.tmp-1', 'settings.json', 'settings.json.bad']);
  });

  it.runIf(process.platform !== 'win32')('follows a link to a file that is kept elsewhere', async () => {
    const target = folder.path('dotfiles.json');
    writeFileSync(target, '{"a":1}');
    symlinkSync(target, folder.path('settings.json'));
    const file = open();
    file.set('a', 2);
    await file.saved();
    expect(lstatSync(folder.path('settings.json')).isSymbolicLink()).toBe(true);
    expect(readJson(target)).toEqual({ version: 1, a: 2 });
  });

  it('is removed with all that is in it, after a write that is on its way', async () => {
    const path = folder.path('settings.json');
    const file = open();
    file.set('a', 1);
    file.remove();
    await file.saved();
    expect([existsSync(path), file.get('a')]).toEqual([false, undefined]);
    file.set('b', 1);
    await file.saved();
    expect(readJson(path)).toEqual({ version: 1, b: 1 });
  });
});

describe('writes', () => {
  it('of one task are one; those that come during a write are one more, and the newest wins', async () => {
    const disk = new TestDisk();
    const file = open(undefined, { calls: disk.calls });
    let letGo = (): void => undefined;
    for (let n = 0; n < 200; n += 1) file.set('n', n);
    disk.gate = new Promise((resolve) => (letGo = resolve));
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    for (let n = 200; n < 400; n += 1) {
      file.set('n', n);
      await Promise.resolve();
    }
    letGo();
    await file.saved();
    expect(disk.replaced).toHaveLength(2);
    expect(readJson(folder.path('settings.json'))).toEqual({ version: 1, n: 399 });
  });

  it('do not happen where nothing changed', async () => {
    const disk = new TestDisk();
    const file = open(undefined, { calls: disk.calls });
    file.set('n', 1);
    await file.saved();
    file.set('n', 1);
    file.set('none', undefined);
    await file.saved();
    expect(disk.replaced).toHaveLength(1);
  });

  it('end only once a set that came during an earlier one is on the disk', async () => {
    const file = open();
    file.set('n', 1);
    const first = file.saved();
    await new Promise((resolve) => setImmediate(resolve));
    file.set('n', 2);
    await Promise.all([first, file.saved()]);
    expect(readJson(folder.path('settings.json'))).toEqual({ version: 1, n: 2 });
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
    ['one of no version that there is', '{"version":"two","a":1}'],
  ])('%s is set aside, and it starts empty', async (_what, text) => {
    const path = folder.path('settings.json');
    writeFileSync(path, text);
    const file = open(path, { nowMs: () => Date.UTC(2026, 10, 29, 3, 5, 7) });
    const setAsidePath = `${path}.broken-2026-11-29T03-05-07-000Z`;
    expect(file.get('a')).toBeUndefined();
    expect(file.health()).toEqual({ setAsidePath, problem: null });
    expect(readFileSync(setAsidePath, 'utf8')).toBe(text);
    file.set('a', 1);
    await file.saved();
    expect(readJson(path)).toEqual({ version: 1, a: 1 });
    expect(open().health().setAsidePath).toBeNull();
  });

  it('takes the place of no other that was set aside', () => {
    const path = folder.path('settings.json');
    const nowMs = (): number => 0;
    for (const text of ['first', 'second']) {
      writeFileSync(path, text);
      open(path, { nowMs });
    }
    const kept = namesIn(folder.path()).map((name) => readFileSync(folder.path(name), 'utf8'));
    expect(kept).toEqual(['first', 'second']);
  });

  it('a folder in its place is set aside too', async () => {
    const path = folder.path('settings.json');
    mkdirSync(path);
    const file = open();
    file.set('a', 1);
    await file.saved();
    expect(file.health().setAsidePath).toContain('.broken-');
    expect(open().get('a')).toBe(1);
  });
});

describe('a file of another version', () => {
  const three: readonly Migration[] = [
    (values) => ({ ...values, trail: '0' }),
    ({ trail, ...values }) => ({ ...values, trail: `${String(trail)}1` }),
    ({ trail, ...values }) => ({ ...values, trail: `${String(trail)}2`, added: true }),
  ];

  it.each([
    ['', '012'],
    ['"version":1,"trail":"x",', 'x12'],
    ['"version":2,"trail":"x",', 'x2'],
    ['"version":3,"trail":"x",', 'x'],
  ])('that is older (%s) goes through each migration from there on', async (head, trail) => {
    writeFileSync(folder.path('settings.json'), `{${head}"kept":1}`);
    const file = open(undefined, { migrations: three });
    expect([file.get('trail'), file.get('kept')]).toEqual([trail, 1]);
    file.set('more', 1);
    await file.saved();
    expect(readJson(folder.path('settings.json'))).toMatchObject({ version: 3, trail, kept: 1, more: 1 });
  });

  it('that is newer is read as far as it can be, holds changes in memory, and is never written', async () => {
    const text = '{"version":2,"a":1,"new":{"form":true}}';
    writeFileSync(folder.path('settings.json'), text);
    const disk = new TestDisk();
    const file = open(undefined, { calls: disk.calls });
    expect(file.health()).toEqual({ setAsidePath: null, problem: 'newer' });
    expect(file.get('a')).toBe(1);
    file.set('a', 2);
    expect(file.get('a')).toBe(2);
    expect(await file.saved()).toEqual({ ok: false, error: { kind: 'newer' } });
    expect(disk.callCount).toBe(0);
    expect(readFileSync(folder.path('settings.json'), 'utf8')).toBe(text);
    expect(file.health().problem).toBe('newer');
  });
});

describe('a place that cannot be written', () => {
  it('under a file: the values hold in memory, and it is told once', async () => {
    writeFileSync(folder.path('blocker'), '');
    const onProblem = vi.fn();
    const file = open(folder.path('blocker', 'settings.json'), { onProblem });
    expect(file.health()).toEqual({ setAsidePath: null, problem: 'unwritable' });
    file.set('a', 1);
    expect(await file.saved()).toMatchObject({ ok: false, error: { kind: 'unwritable' } });
    file.set('a', 2);
    await file.saved();
    expect(file.get('a')).toBe(2);
    // It was known from the beginning: who opens it looks at its health.
    expect(onProblem).not.toHaveBeenCalled();
  });

  it('a read-only folder: what is in it is read, the file stays as it was', async (context) => {
    writeFileSync(folder.path('settings.json'), '{"a":1}');
    const makeWritable = makeUnwritable(context, folder.path());
    try {
      const file = open(undefined, { onProblem: () => undefined });
      file.set('a', 2);
      expect(await file.saved()).toMatchObject({ ok: false, error: { kind: 'unwritable' } });
      expect(file.get('a')).toBe(2);
      expect(file.health().problem).toBe('unwritable');
      expect(readFileSync(folder.path('settings.json'), 'utf8')).toBe('{"a":1}');
    } finally {
      makeWritable();
    }
  });

  it('that fills up: the file stays whole, it is told once, and it heals when there is room', async () => {
    const disk = new TestDisk();
    const onProblem = vi.fn();
    const file = open(undefined, { calls: disk.calls, onProblem });
    file.set('kept', 'before');
    await file.saved();
    disk.fault = 'ENOSPC';
    file.set('kept', 'after');
    expect(await file.saved()).toMatchObject({ ok: false, error: { cause: { code: 'ENOSPC' } } });
    file.set('kept', 'after that');
    await file.saved();
    expect(file.health().problem).toBe('unwritable');
    expect(onProblem.mock.calls).toMatchObject([[{ code: 'ENOSPC' }]]);
    expect(readJson(folder.path('settings.json'))).toEqual({ version: 1, kept: 'before' });
    expect(namesIn(folder.path())).toEqual(['settings.json']);
    disk.fault = null;
    // Nothing was set since: what failed is tried again by whoever asks.
    expect(await file.saved()).toMatchObject({ ok: true });
    expect(onProblem).toHaveBeenLastCalledWith(null);
    expect(readJson(folder.path('settings.json'))).toEqual({ version: 1, kept: 'after that' });
  });

  it('a full disk, a real one', async (context) => {
    const small = folder.path('small');
    mkdirSync(small);
    runAsRoot(context, 'mount', '-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', small);
    try {
      const path = folder.path('small', 'settings.json');
      const file = open(path, { onProblem: () => undefined });
      file.set('kept', 'before');
      await file.saved();
      const before = readFileSync(path, 'utf8');
      // Larger than what is left, smaller than the disk: a first `write` takes a part of it and does not complain.
      for (const size of [13_000, 60_000]) {
        file.set('large', 'x'.repeat(size));
        expect((await file.saved()).ok).toBe(false);
        expect(readFileSync(path, 'utf8') === before).toBe(true);
      }
      expect(namesIn(small)).toEqual(['settings.json']);
      file.set('large', 'x');
      expect((await file.saved()).ok).toBe(true);
      expect(open(path).get('large')).toBe('x');
    } finally {
      spawnSync('umount', [small]);
    }
  });

  it('a value that JSON cannot hold is a failed write, not a crash', async () => {
    const onProblem = vi.fn();
    const file = open(undefined, { onProblem });
    file.set('a', 1n);
    await file.saved();
    expect(onProblem).toHaveBeenCalledTimes(1);
  });
});

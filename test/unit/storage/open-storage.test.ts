import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openStorage } from '../../../main/storage/index.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { makeUnwritable, namesIn, readJson, TestDisk, useFolder } from './disk.ts';

const folder = useFolder();
const ada = '11111111-1111-4111-8111-111111111111' as AccountId;
const bob = '22222222-2222-4222-8222-222222222222' as AccountId;

const open = (
  disk = new TestDisk(),
  onProblem: (cause: unknown) => void = () => undefined,
  inFolder = folder.path(),
) =>
  openStorage({
    folder: inFolder,
    isInMemory: (id) => id === 'demo',
    onProblem,
    monotonicMs: () => 0,
    calls: disk.calls,
  });

/** `settings.json` as the last version that had no other file wrote it. */
const single = {
  preferences: { theme: 'dark' },
  window: { bounds: { x: 1, y: 2, width: 900, height: 700 }, maximized: false },
  saidInTray: true,
  accounts: [
    { id: ada, name: 'Ada' },
    { id: bob, name: 'Bob' },
  ],
  currentAccountId: bob,
  keptSecrets: [`ssh:${ada}:web:password:root@h:22`],
  pendingRemovals: ['token:gone@https://a.example'],
  told: [`${ada}/low-balance`, `${bob}/runway`, `${ada}/web/gone`, 'gone-account/runway'],
  marks: { [ada]: { web: { note: 'mine' } } },
  alerts: { [ada]: { rules: [], firing: [] } },
  activity: { [bob]: [{ key: 'k' }] },
  notices: { [ada]: [{ key: `${ada}/n` }] },
  actionNotes: { [bob]: { db: { deletion: null, reboot: null } } },
  creations: {
    [ada]: { draft: { name: 'new' }, attempt: { askedAtMs: 7 }, funds: null, made: [] },
    [bob]: { draft: { name: 'b' }, attempt: null, funds: null, made: [] },
  },
  connections: { [`${ada}/web`]: { port: 22 }, [`${ada}/a/b`]: { port: 23 } },
  connectionKeys: { [`${bob}/db`]: 'SHA256:x' },
  expectedHostKeys: [{ accountId: ada, host: 'h', port: 22, sinceMs: 5 }],
  holds: [{ id: 'h1', accountId: ada, phase: 'held' }],
};

const expected = {
  settings: { version: 1, preferences: single.preferences, window: single.window, saidInTray: true },
  accounts: {
    version: 1,
    accounts: single.accounts,
    currentAccountId: bob,
    keptSecrets: single.keptSecrets,
    pendingRemovals: single.pendingRemovals,
  },
  journal: { version: 1, creations: { [ada]: { askedAtMs: 7 } }, holds: single.holds },
  ada: {
    version: 1,
    told: [`${ada}/low-balance`, `${ada}/web/gone`],
    marks: { web: { note: 'mine' } },
    alerts: { rules: [], firing: [] },
    notices: [{ key: `${ada}/n` }],
    creation: { draft: { name: 'new' }, funds: null, made: [] },
    connections: { web: { port: 22 }, 'a/b': { port: 23 } },
    expectedHostKeys: [{ host: 'h', port: 22, sinceMs: 5 }],
  },
  bob: {
    version: 1,
    told: [`${bob}/runway`],
    activity: [{ key: 'k' }],
    actionNotes: { db: { deletion: null, reboot: null } },
    creation: { draft: { name: 'b' }, funds: null, made: [] },
    connectionKeys: { db: 'SHA256:x' },
  },
};

const write = (name: string, content: object): void =>
  writeFileSync(folder.path(name), JSON.stringify(content));

function onDisk(inFolder = folder.path()) {
  return {
    settings: readJson(join(inFolder, 'settings.json')),
    accounts: readJson(join(inFolder, 'accounts.json')),
    journal: readJson(join(inFolder, 'journal.json')),
    ada: readJson(join(inFolder, 'accounts', `${ada}.json`)),
    bob: readJson(join(inFolder, 'accounts', `${bob}.json`)),
  };
}

describe('the one file of an earlier version', () => {
  it('becomes one for each thing, and is in memory at once', async () => {
    write('settings.json', single);
    const storage = open();
    expect(storage.accounts.get('accounts')).toEqual(single.accounts);
    expect(storage.accountFiles.of(ada).get('marks')).toEqual(expected.ada.marks);
    expect(storage.journal.get('holds')).toEqual(single.holds);
    await storage.flush();
    expect(onDisk()).toEqual(expected);
    expect(namesIn(folder.path())).toEqual(['accounts', 'accounts.json', 'journal.json', 'settings.json']);
    expect(namesIn(folder.path('accounts'))).toEqual([`${ada}.json`, `${bob}.json`]);
  });

  it('is complete, in the old or in the new ones, wherever a crash comes', async () => {
    const run = (name: string, disk?: TestDisk): ReturnType<typeof open> => {
      const inFolder = folder.path(name);
      mkdirSync(inFolder, { recursive: true });
      const path = join(inFolder, 'settings.json');
      if (!existsSync(path)) writeFileSync(path, JSON.stringify(single));
      return open(disk, undefined, inFolder);
    };
    const counting = new TestDisk();
    await run('counted', counting).flush();
    expect(counting.callCount).toBeGreaterThan(20);
    for (let calls = 0; calls < counting.callCount; calls += 1) {
      const dying = new TestDisk();
      dying.callsLeft = calls;
      // Where calls are left the last of them had been counted for a write that came to nothing.
      let hasEnded = false;
      void run(`run-${calls}`, dying)
        .flush()
        .then(() => (hasEnded = true));
      await vi.waitFor(() => expect(dying.isDead || hasEnded).toBe(true), { interval: 1 });
      const next = run(`run-${calls}`);
      expect(next.accounts.get('accounts')).toEqual(single.accounts);
      expect(next.journal.get('creations')).toEqual(expected.journal.creations);
      expect(next.accountFiles.of(ada).get('marks')).toEqual(expected.ada.marks);
      await next.flush();
      expect(onDisk(folder.path(`run-${calls}`))).toEqual(expected);
    }
  });

  it('is left whole while a new one cannot be written, and used all the same', async () => {
    write('settings.json', single);
    const disk = new TestDisk();
    disk.fault = 'ENOSPC';
    const storage = open(disk);
    await storage.flush();
    expect(storage.accounts.get('accounts')).toEqual(single.accounts);
    expect(readJson(folder.path('settings.json'))).toEqual(single);
    // A preference is set when there is room for that alone: what is not elsewhere yet stays in the file.
    disk.fault = null;
    storage.settings.set('saidInTray', false);
    await storage.flush();
    expect(onDisk()).toEqual({ ...expected, settings: { ...expected.settings, saidInTray: false } });
  });

  it('of the first versions has one list of notices, and rubbish is no reason to fail', async () => {
    write('settings.json', {
      accounts: [{ id: ada }, 7],
      notices: [{ key: `${ada}/1` }, { key: `${bob}/1` }, { key: `${ada}/2` }, 'x', { key: 5 }],
      told: 5,
      marks: [1],
      creations: { [ada]: 3 },
      connections: [[]],
      connectionKeys: false,
      expectedHostKeys: [null, { host: 1 }],
      holds: {},
      currentAccountId: [],
    });
    const storage = open();
    expect(storage.accountFiles.of(ada).get('notices')).toEqual([{ key: `${ada}/1` }, { key: `${ada}/2` }]);
    expect(storage.accountFiles.of(bob).get('notices')).toEqual([{ key: `${bob}/1` }]);
    await storage.flush();
    expect(readJson(folder.path('settings.json'))).toEqual({ version: 1 });
  });

  it('that an earlier version wrote again later adds what is new, and takes nothing back', async () => {
    write('settings.json', single);
    await open().flush();
    const carol = { id: '33333333-3333-4333-8333-333333333333', name: 'Carol' };
    write('settings.json', {
      ...expected.settings,
      accounts: [carol, { id: ada, name: 'Someone else' }],
      currentAccountId: carol.id,
      keptSecrets: ['ssh:c'],
      marks: { [carol.id]: { db: { note: 'hers' } }, [ada]: { web: { note: 'old' } } },
      holds: [{ id: 'h2' }, { id: 'h1', phase: 'sending' }],
    });
    const storage = open();
    await storage.flush();
    expect(storage.accounts.get('accounts')).toEqual([...single.accounts, carol]);
    expect(storage.accounts.get('currentAccountId')).toBe(bob);
    expect(storage.accounts.get('keptSecrets')).toEqual([...single.keptSecrets, 'ssh:c']);
    expect(storage.journal.get('holds')).toEqual([...single.holds, { id: 'h2' }]);
    expect(storage.accountFiles.of(ada).get('marks')).toEqual(expected.ada.marks);
    expect(storage.accountFiles.of(carol.id as AccountId).get('marks')).toEqual({ db: { note: 'hers' } });
    expect(readJson(folder.path('settings.json'))).toEqual(expected.settings);
  });
});

describe('the files together', () => {
  it('say which were set aside, which are newer, and whether something cannot be written', async () => {
    mkdirSync(folder.path('accounts'));
    write('settings.json', { version: 1, preferences: { theme: 'dark' } });
    writeFileSync(folder.path('accounts.json'), '{{');
    write('journal.json', { version: 2 });
    writeFileSync(folder.path('accounts', `${ada}.json`), 'x');
    write(`accounts/${bob}.json`, { version: 1, marks: { db: 1 } });
    const heard = vi.fn();
    const disk = new TestDisk();
    const storage = open(disk, heard);
    storage.accountFiles.of(ada);
    expect(storage.health()).toEqual({
      settingsBackupPath: null,
      otherBackupPaths: [
        expect.stringContaining('accounts.json.broken-') as string,
        expect.stringContaining(`${ada}.json.broken-`) as string,
      ],
      isUnwritable: false,
      newerPaths: [folder.path('journal.json')],
    });
    expect(storage.settings.get('preferences')).toEqual({ theme: 'dark' });
    expect(storage.accountFiles.of(bob).get('marks')).toEqual({ db: 1 });

    disk.fault = 'EROFS';
    storage.settings.set('saidInTray', true);
    await storage.flush();
    expect(storage.health().isUnwritable).toBe(true);
    expect(heard).toHaveBeenLastCalledWith(expect.objectContaining({ code: 'EROFS' }));
    disk.fault = null;
    await storage.flush();
    expect(storage.health().isUnwritable).toBe(false);
  });

  it('of a newer version stay as they are, byte by byte, while the others are written', async () => {
    const text = '{ "version": 2, "accounts": [{"id":"later"}] }';
    writeFileSync(folder.path('accounts.json'), text);
    const storage = open();
    expect(storage.accounts.get('accounts')).toEqual([{ id: 'later' }]);
    storage.accounts.set('accounts', []);
    storage.settings.set('saidInTray', true);
    await storage.flush();
    expect(readFileSync(folder.path('accounts.json'), 'utf8')).toBe(text);
    expect(readJson(folder.path('settings.json'))).toEqual({ version: 1, saidInTray: true });
  });

  it('of a newer version keep the one file from being split', async () => {
    write('settings.json', { ...single, version: 2 });
    const before = readFileSync(folder.path('settings.json'), 'utf8');
    await open().flush();
    expect(readFileSync(folder.path('settings.json'), 'utf8')).toBe(before);
    expect(existsSync(folder.path('accounts.json'))).toBe(false);
  });

  it('are all on the disk once they are flushed, each written few times', async () => {
    const disk = new TestDisk();
    const storage = open(disk);
    for (let n = 0; n < 200; n += 1) {
      storage.settings.set('n', n);
      storage.accounts.set('n', n);
      storage.accountFiles.of(ada).set('n', n);
      storage.accountFiles.of(bob).set('n', n);
    }
    await storage.flush();
    expect(disk.replaced.length).toBeLessThanOrEqual(8);
    for (const name of ['settings.json', 'accounts.json', `accounts/${ada}.json`, `accounts/${bob}.json`])
      expect(readJson(folder.path(name))).toEqual({ version: 1, n: 199 });
  });

  it('in a folder that cannot be written are read, and say so', async (context) => {
    write('settings.json', { version: 1, preferences: { theme: 'dark' } });
    const makeWritable = makeUnwritable(context, folder.path());
    try {
      const storage = open();
      expect(storage.settings.get('preferences')).toEqual({ theme: 'dark' });
      expect(storage.health().isUnwritable).toBe(true);
      await storage.flush();
    } finally {
      makeWritable();
    }
  });
});

describe('the file of an account that is gone', () => {
  const gone = '33333333-3333-4333-8333-333333333333' as AccountId;
  const odd = `id-${'0123456789abcdef'.repeat(4)}.json`;
  const content = { version: 1, marks: { web: { note: 'mine' } } };
  const leave = (...names: readonly string[]): void => {
    mkdirSync(folder.path('accounts'));
    for (const name of names) write(`accounts/${name}`, content);
  };

  it('is removed; those of the list, of the journal, set aside and of others stay', async () => {
    write('accounts.json', { version: 1, accounts: [{ id: ada, name: 'Ada' }] });
    write('journal.json', {
      version: 1,
      holds: [{ id: 'h1', accountId: bob, phase: 'sending' }],
      creations: { '44444444-4444-4444-8444-444444444444': { askedAtMs: 7 } },
    });
    const kept = [
      `${ada}.json`,
      `${bob}.json`,
      '44444444-4444-4444-8444-444444444444.json',
      `${gone}.json.broken-2026-11-29T09-00-00-000Z`,
      'notes.json',
    ];
    leave(...kept, `${gone}.json`, odd);
    await open().removeOrphans();
    expect(namesIn(folder.path('accounts'))).toEqual([...kept].sort());
  });

  it('goes also where nobody is signed in, and stays while it is open', async () => {
    write('accounts.json', { version: 1, accounts: [] });
    leave(`${ada}.json`, `${bob}.json`);
    const storage = open();
    expect(storage.accountFiles.of(bob).get('marks')).toEqual(content.marks);
    await storage.removeOrphans();
    expect(namesIn(folder.path('accounts'))).toEqual([`${bob}.json`]);
  });

  it.each([
    ['accounts.json', '{ broken'],
    ['accounts.json', JSON.stringify({ version: 1 })],
    ['accounts.json', JSON.stringify({ version: 1, accounts: [{ name: 'without an id' }] })],
    ['accounts.json', JSON.stringify({ version: 99, accounts: [] })],
    ['journal.json', '{ broken'],
    ['journal.json', JSON.stringify({ version: 99 })],
    ['journal.json', JSON.stringify({ version: 1, holds: [{ id: 'h1' }] })],
  ])('stays where it is not known who is signed in or what is pending: %s %s', async (name, text) => {
    write('accounts.json', { version: 1, accounts: [] });
    writeFileSync(folder.path(name), text);
    leave(`${gone}.json`);
    await open().removeOrphans();
    expect(namesIn(folder.path('accounts'))).toEqual([`${gone}.json`]);
  });

  it('is nothing in a folder that is not there', async () => {
    write('accounts.json', { version: 1, accounts: [] });
    await expect(open().removeOrphans()).resolves.toBeUndefined();
  });
});

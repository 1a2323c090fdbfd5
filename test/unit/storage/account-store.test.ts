import * as z from 'zod/mini';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openAccountFiles } from '../../../main/storage/account-files.ts';
import { createAccountStore } from '../../../main/storage/account-store.ts';
import { openJsonFile } from '../../../main/storage/json-file.ts';
import { readableList, readableRecord } from '../../../main/storage/lenient.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { namesIn, readJson, useFolder } from './disk.ts';

const folder = useFolder();
const ada = '11111111-1111-4111-8111-111111111111' as AccountId;
const bob = '22222222-2222-4222-8222-222222222222' as AccountId;
const demo = 'demo' as AccountId;

const open = () =>
  openAccountFiles({
    folder: folder.path('accounts'),
    isInMemory: (id) => id === demo,
    open: (path) => openJsonFile(path, { migrations: [(values) => values] }),
  });
const numbersIn = (files: ReturnType<typeof open>) =>
  createAccountStore({ files, key: 'numbers', schema: readableList(z.number()), empty: [] });
const saved = async (files: ReturnType<typeof open>): Promise<void> => {
  for (const file of files.opened()) await file.saved();
};

describe('the files of accounts', () => {
  it('are one for each, under its id', async () => {
    const files = open();
    files.of(ada).set('a', 1);
    files.of(bob).set('b', 2);
    await saved(files);
    expect(namesIn(folder.path('accounts'))).toEqual([`${ada}.json`, `${bob}.json`]);
    expect(readJson(folder.path('accounts', `${bob}.json`))).toEqual({ version: 1, b: 2 });
  });

  it.each(['../../etc/passwd', 'CON', '', 'a/b', '..', 'ä'.repeat(300)])(
    'stay in their folder, whatever an id is: %j',
    async (id) => {
      const files = open();
      files.of(id as AccountId).set('a', 1);
      await saved(files);
      expect(namesIn(folder.path())).toEqual(['accounts']);
      expect(namesIn(folder.path('accounts'))).toEqual([expect.stringMatching(/^id-[0-9a-f]{64}\.json$/)]);
      expect(
        open()
          .of(id as AccountId)
          .get('a'),
      ).toBe(1);
    },
  );

  it('are none for the demo, whose state lives as long as the app', () => {
    const files = open();
    files.of(demo).set('a', 1);
    expect(files.of(demo).get('a')).toBe(1);
    files.forget(demo);
    expect(files.of(demo).get('a')).toBeUndefined();
    expect(namesIn(folder.path())).toEqual([]);
  });

  it('go with their account, and with no other', async () => {
    const files = open();
    files.of(ada).set('a', 1);
    files.of(bob).set('b', 2);
    await saved(files);
    files.forget(ada);
    await saved(files);
    expect(namesIn(folder.path('accounts'))).toEqual([`${bob}.json`]);
    expect(files.of(ada).get('a')).toBeUndefined();
  });

  it('take nothing along when one is broken', () => {
    mkdirSync(folder.path('accounts'));
    writeFileSync(folder.path('accounts', `${ada}.json`), '{"version":1,');
    writeFileSync(folder.path('accounts', `${bob}.json`), '{"version":1,"numbers":[7]}');
    const files = open();
    const numbers = numbersIn(files);
    expect([numbers.of(ada), numbers.of(bob)]).toEqual([[], [7]]);
    expect(files.opened().map((file) => file.health().setAsidePath !== null)).toEqual([true, false]);
  });
});

describe('what is kept of each account', () => {
  it('comes back after a restart, for its own account', async () => {
    const files = open();
    numbersIn(files).set(ada, [1, 2]);
    await saved(files);
    expect(numbersIn(open()).of(ada)).toEqual([1, 2]);
    expect(numbersIn(open()).of(bob)).toEqual([]);
  });

  it('lies beside what else is kept, and goes without it', async () => {
    const files = open();
    const numbers = numbersIn(files);
    const words = createAccountStore({ files, key: 'words', schema: readableList(z.string()), empty: [] });
    numbers.set(ada, [1]);
    words.set(ada, ['a']);
    expect([numbers.forgetAccount(ada), numbers.forgetAccount(bob)]).toEqual([true, false]);
    expect([numbers.of(ada), words.of(ada)]).toEqual([[], ['a']]);
    await saved(files);
    expect(readJson(folder.path('accounts', `${ada}.json`))).toEqual({ version: 1, words: ['a'] });
  });

  it('is without what cannot be read', () => {
    const files = open();
    files.of(ada).set('numbers', [1, 'x', null, 2]);
    files.of(bob).set('numbers', { 0: 1 });
    expect([numbersIn(files).of(ada), numbersIn(files).of(bob)]).toEqual([[1, 2], []]);
    files.of(ada).set('byName', JSON.parse('{"a":1,"b":"x","__proto__":3}'));
    files.of(bob).set('byName', [1]);
    const byName = createAccountStore({
      files,
      key: 'byName',
      schema: readableRecord(z.number()),
      empty: {},
    });
    expect(Object.entries(byName.of(ada))).toEqual([
      ['a', 1],
      ['__proto__', 3],
    ]);
    expect(byName.of(bob)).toEqual({});
  });

  it('is what an account has of which nothing can be read, where the whole has one form', () => {
    const files = open();
    const schema = z.object({ n: z.number() });
    const store = createAccountStore({ files, key: 'one', schema, empty: { n: 0 } });
    files.of(ada).set('one', { n: 'x' });
    expect([store.of(ada), store.of(bob)]).toEqual([{ n: 0 }, { n: 0 }]);
  });
});

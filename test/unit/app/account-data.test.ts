import { writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { createAccountData, type AccountDataOptions } from '../../../main/app/account-data.ts';
import { openStores } from '../../../main/app/stores.ts';
import { accountId, instanceId } from '../monitor/builders.ts';
import { namesIn, readJson, useFolder } from '../storage/disk.ts';
import { FakeAccountFiles, FakeJournal } from '../storage/fakes.ts';

const folder = useFolder();

const fakeStorage = (files = new FakeAccountFiles()) => ({ accountFiles: files, journal: new FakeJournal() });

function opened(storage: AccountDataOptions['storage'], isSignedIn = true) {
  const onUnreadable = vi.fn();
  const shown = vi.fn();
  const push = { changed: vi.fn() };
  const kept = createAccountData({
    storage,
    publish: { annotations: push, alerts: push, notices: push, activity: { changed: shown } },
    shownId: () => accountId,
    isSignedIn: () => isSignedIn,
    onAnnotations: () => undefined,
    onRules: () => undefined,
    onUnreadable,
    report: (cause) => {
      throw cause;
    },
  });
  return { kept, onUnreadable, shown };
}

it('takes over what was done from the notices of an older version, and loses nothing', async () => {
  const notice = { title: 'web: deleted', body: '', instanceId: 'web' };
  const done = { ...notice, key: `${accountId}/web/done/delete-now/3`, kind: 'done', atMs: 3 };
  const gone = { ...notice, key: `${accountId}/web/gone/4`, kind: 'gone', atMs: 4 };
  writeFileSync(
    folder.path('settings.json'),
    JSON.stringify({ preferences: { theme: 'dark' }, notices: { [accountId]: [gone, done] } }),
  );
  const stores = openStores(folder.path());
  const { kept, onUnreadable } = opened(stores.storage);
  expect(kept.activity.of(accountId)).toMatchObject([{ kind: 'deleted', name: 'web', atMs: 3 }]);
  expect(kept.notices.of(accountId)).toEqual([gone]);
  expect(onUnreadable).not.toHaveBeenCalled();
  await stores.storage.flush();
  expect(readJson(folder.path('settings.json'))).toEqual({ version: 1, preferences: { theme: 'dark' } });
  // The next run has it from the account's own file.
  const next = opened(openStores(folder.path()).storage);
  expect(next.kept.activity.of(accountId)).toEqual(kept.activity.of(accountId));
  expect(next.kept.notices.of(accountId)).toEqual([gone]);
});

it('says what it could not read', () => {
  const files = new FakeAccountFiles();
  files.of(accountId).set('notices', [7]);
  const { kept, onUnreadable } = opened(fakeStorage(files));
  expect(kept.notices.of(accountId)).toEqual([]);
  expect(onUnreadable).toHaveBeenCalledExactlyOnceWith('notices', 1);
});

it('shows what is recorded, and records nothing of an account that has signed out', () => {
  const action = { kind: 'boot', instanceId: instanceId('web'), name: 'web' } as const;
  const here = opened(fakeStorage());
  here.kept.recorderOf(accountId).ended(action, { outcome: 'done' });
  expect(here.shown).toHaveBeenCalledExactlyOnceWith(here.kept.activity.of(accountId));
  expect(here.kept.activity.of(accountId)).toMatchObject([{ kind: 'boot', name: 'web', actor: 'person' }]);
  const left = opened(fakeStorage(), false);
  left.kept.recorderOf(accountId).ended(action, { outcome: 'done' });
  expect(left.kept.activity.of(accountId)).toEqual([]);
});

it('removes the file of an account that signs out', async () => {
  const { storage } = openStores(folder.path());
  const { kept } = opened(storage);
  const action = { kind: 'boot', instanceId: instanceId('web'), name: 'web' } as const;
  kept.recorderOf(accountId).ended(action, { outcome: 'done' });
  await storage.flush();
  expect(namesIn(folder.path('accounts'))).toHaveLength(1);
  kept.forgetAccount(accountId);
  await storage.flush();
  expect(namesIn(folder.path('accounts'))).toEqual([]);
});

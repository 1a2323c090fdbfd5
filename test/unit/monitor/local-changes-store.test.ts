import { expect, it } from 'vitest';
import { createLocalChangesStore } from '../../../main/monitor/local-changes-store.ts';
import type { LocalChanges } from '../../../main/monitor/index.ts';
import { accountId, instanceId } from './builders.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const localChanges = new Map<ReturnType<typeof instanceId>, LocalChanges>([
  [instanceId('web'), { deletion: { atMs: 5, isShown: false }, reboot: null }],
]);

it('what was done here is known after a restart, until its account signs out', () => {
  const files = new FakeAccountFiles();
  createLocalChangesStore(files).set(accountId, localChanges);
  const next = createLocalChangesStore(files);
  expect(next.of(accountId)).toEqual(localChanges);
  next.forgetAccount(accountId);
  expect(createLocalChangesStore(files).of(accountId).size).toBe(0);
});

it('what cannot be read is left out', () => {
  const files = new FakeAccountFiles();
  files.of(accountId).set('actionNotes', {
    web: { deletion: 'soon' },
    db: { deletion: null, reboot: null },
  });
  expect([...createLocalChangesStore(files).of(accountId).keys()]).toEqual(['db']);
});

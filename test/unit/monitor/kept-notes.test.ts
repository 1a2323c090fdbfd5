import { expect, it } from 'vitest';
import { createKeptNotes } from '../../../main/monitor/kept-notes.ts';
import type { ActionNotes } from '../../../main/monitor/index.ts';
import { accountId, instanceId } from './builders.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const notes = new Map<ReturnType<typeof instanceId>, ActionNotes>([
  [instanceId('web'), { deletion: { atMs: 5, isShown: false }, reboot: null }],
]);

it('what was done here is known after a restart, until its account signs out', () => {
  const files = new FakeAccountFiles();
  createKeptNotes(files).set(accountId, notes);
  const next = createKeptNotes(files);
  expect(next.of(accountId)).toEqual(notes);
  next.forgetAccount(accountId);
  expect(createKeptNotes(files).of(accountId).size).toBe(0);
});

it('what cannot be read is left out', () => {
  const files = new FakeAccountFiles();
  files.of(accountId).set('actionNotes', {
    web: { deletion: 'soon' },
    db: { deletion: null, reboot: null },
  });
  expect([...createKeptNotes(files).of(accountId).keys()]).toEqual(['db']);
});

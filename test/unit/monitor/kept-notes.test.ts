import { expect, it } from 'vitest';
import { createKeptNotes } from '../../../main/monitor/kept-notes.ts';
import type { ActionNotes } from '../../../main/monitor/index.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { accountId, instanceId } from './builders.ts';
import { FakeStore } from '../accounts/fakes.ts';

const demo = 'demo' as AccountId;
const isInMemory = (id: AccountId): boolean => id === demo;
const notes = new Map<ReturnType<typeof instanceId>, ActionNotes>([
  [instanceId('web'), { deletion: { atMs: 5, isShown: false }, reboot: null }],
]);

it('what was done here is known after a restart, until its account signs out', () => {
  const store = new FakeStore();
  createKeptNotes(store, isInMemory).set(accountId, notes);
  const next = createKeptNotes(store, isInMemory);
  expect(next.of(accountId)).toEqual(notes);
  expect(next.of(demo).size).toBe(0);
  next.forgetAccount(accountId);
  expect(createKeptNotes(store, isInMemory).of(accountId).size).toBe(0);
});

it('of the demo account nothing is written', () => {
  const store = new FakeStore();
  const kept = createKeptNotes(store, isInMemory);
  kept.set(demo, notes);
  expect(kept.of(demo)).toBe(notes);
  expect(store.values.size).toBe(0);
});

it('what cannot be read is left out', () => {
  const store = new FakeStore();
  store.set('actionNotes', {
    [accountId]: { web: { deletion: 'soon' }, db: { deletion: null, reboot: null } },
    x: 3,
  });
  expect([...createKeptNotes(store, isInMemory).of(accountId).keys()]).toEqual(['db']);
});

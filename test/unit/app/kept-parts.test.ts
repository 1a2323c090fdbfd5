import { expect, it, vi } from 'vitest';
import { createKeptParts } from '../../../main/app/kept-parts.ts';
import { FakeStore } from '../accounts/fakes.ts';
import { accountId, instanceId } from '../monitor/builders.ts';

function opened(store: FakeStore, isSignedIn = true) {
  const onUnreadable = vi.fn();
  const shown = vi.fn();
  const push = { changed: vi.fn() };
  const kept = createKeptParts({
    store,
    publish: { marks: push, alerts: push, notices: push, activity: { changed: shown } },
    shownId: () => accountId,
    isSignedIn: () => isSignedIn,
    onMarks: () => undefined,
    onRules: () => undefined,
    onUnreadable,
    report: (cause) => {
      throw cause;
    },
  });
  return { kept, onUnreadable, shown };
}

it('takes over what was done from the notices of an older version, and loses nothing', () => {
  const store = new FakeStore();
  const notice = { title: 'web: deleted', body: '', instanceId: 'web' };
  const done = { ...notice, key: `${accountId}/web/done/delete-now/3`, kind: 'done', atMs: 3 };
  const gone = { ...notice, key: `${accountId}/web/gone/4`, kind: 'gone', atMs: 4 };
  store.set('notices', { [accountId]: [gone, done] });
  const { kept, onUnreadable } = opened(store);
  expect(kept.activity.of(accountId)).toMatchObject([{ kind: 'deleted', name: 'web', atMs: 3 }]);
  expect(kept.notices.of(accountId)).toEqual([gone]);
  expect(onUnreadable).not.toHaveBeenCalled();
});

it('says what it could not read', () => {
  const store = new FakeStore();
  store.set('notices', { [accountId]: [7] });
  expect(opened(store).onUnreadable).toHaveBeenCalledExactlyOnceWith('notices', 1);
});

it('shows what is recorded, and records nothing of an account that has signed out', () => {
  const action = { kind: 'boot', instanceId: instanceId('web'), name: 'web' } as const;
  const here = opened(new FakeStore());
  here.kept.recorderOf(accountId).ended(action, { outcome: 'done' });
  expect(here.shown).toHaveBeenCalledExactlyOnceWith(here.kept.activity.of(accountId));
  expect(here.kept.activity.of(accountId)).toMatchObject([{ kind: 'boot', name: 'web', actor: 'person' }]);
  const left = opened(new FakeStore(), false);
  left.kept.recorderOf(accountId).ended(action, { outcome: 'done' });
  expect(left.kept.activity.of(accountId)).toEqual([]);
});

import { describe, expect, it, vi } from 'vitest';
import { createActivityLog, createRecorders } from '../../../main/activity/index.ts';
import { moveDoneNotices } from '../../../main/activity/older-entries.ts';
import { createNoticeLog } from '../../../main/notices/index.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { FakeStore } from '../accounts/fakes.ts';
import { accountId, instanceId, unavailable } from '../monitor/builders.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { recording } from './recording.ts';

const web = instanceId('web');
const restart = { kind: 'restart', instanceId: web, name: 'web' } as const;

describe('what is done', () => {
  it('is recorded once it has ended, by what it was and what it came to', async () => {
    const { entries, accounts, record } = recording();
    const answer = await record.run(restart, () => Promise.resolve(ok(1)));
    expect(answer).toEqual(ok(1));
    expect(await record.run(restart, () => Promise.resolve(fail(unavailable)))).toEqual(fail(unavailable));
    await record.run({ ...restart, actor: 'app' }, () =>
      Promise.resolve(fail({ kind: 'unknown-outcome', message: 'Lost.' } as const)),
    );
    await record.run(restart, () => Promise.resolve(fail({ kind: 'aborted' } as const)));
    const common = { kind: 'restart', instanceId: 'web', name: 'web', atMs: 7 };
    expect(entries).toMatchObject([
      { ...common, key: 'key-0', actor: 'person', outcome: 'done', detail: null },
      { ...common, key: 'key-1', actor: 'person', outcome: 'refused', detail: expect.any(String) as string },
      { ...common, actor: 'app', outcome: 'unknown' },
      { ...common, outcome: 'unknown' },
    ]);
    expect(accounts).toEqual([accountId, accountId, accountId, accountId]);
  });

  it('is recorded by what the answer says of it', async () => {
    const { entries, record } = recording();
    await record.run(
      { kind: 'key-made', name: 'laptop' },
      () => Promise.resolve(ok({ charged: '$5.00 was charged.' })),
      ({ charged }) => ({ outcome: 'done', detail: charged }),
    );
    expect(entries).toMatchObject([
      { kind: 'key-made', name: 'laptop', instanceId: null, outcome: 'done', detail: '$5.00 was charged.' },
    ]);
  });

  it.each([
    { kind: 'busy', message: 'It is restarting.' },
    { kind: 'bad-request', message: 'No.' },
    { kind: 'no-account' },
  ] as const)('is not recorded where nothing could be asked for: $kind', async (error) => {
    const { entries, record } = recording();
    await record.run(restart, () => Promise.resolve(fail(error)));
    expect(entries).toEqual([]);
  });

  it('is recorded where it was refused before anything was sent, with the reason', async () => {
    const { entries, record } = recording();
    await record.run(restart, () =>
      Promise.resolve(fail({ kind: 'refused', message: 'It is not running.' } as const)),
    );
    expect(entries).toMatchObject([{ kind: 'restart', outcome: 'refused', detail: 'It is not running.' }]);
  });

  it('stands where it cannot be written down, which is reported', async () => {
    const bug = new Error('no room');
    const reported: unknown[] = [];
    const record = createRecorders({
      log: {
        put: () => {
          throw bug;
        },
      },
      isSignedIn: () => true,
      nowMs: () => 7,
      newKey: () => 'key',
      redact: String,
      report: (cause) => reported.push(cause),
    })(accountId);
    expect(await record.run(restart, () => Promise.resolve(ok(1)))).toEqual(ok(1));
    expect(reported).toEqual([bug]);
  });

  it('is recorded as not known where our own code throws, and the error goes on', async () => {
    const { entries, record } = recording();
    const broken = record.run(restart, () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    expect(entries).toMatchObject([{ kind: 'restart', outcome: 'unknown' }]);
  });

  it('is not recorded of an account that has signed out meanwhile', async () => {
    const { entries, record, signedOut } = recording();
    await record.run(restart, () => {
      signedOut.add(accountId);
      return Promise.resolve(ok(1));
    });
    expect(entries).toEqual([]);
  });

  it('is recorded without a secret that the instance repeats', async () => {
    const { entries, record } = recording();
    await record.run(restart, () =>
      Promise.resolve(fail({ kind: 'invalid', message: 'hunter2 is not allowed', fields: {} } as const)),
    );
    expect(entries).toMatchObject([{ outcome: 'refused' }]);
    expect(JSON.stringify(entries)).not.toContain('hunter2');
    expect(entries[0]?.detail).toContain('***');
  });
});

const entry: Activity = {
  key: 'a',
  actor: 'app',
  kind: 'deleted',
  instanceId: web,
  name: 'web',
  outcome: 'unknown',
  detail: null,
  atMs: 7,
};

function opening(files: FakeAccountFiles) {
  const unreadable: unknown[] = [];
  const onUnreadable = (key: string, count: number) => void unreadable.push([key, count]);
  const options = { files, onChange: vi.fn(), onUnreadable };
  const log = createActivityLog(options);
  return { log, options, unreadable };
}

describe('the record', () => {
  it('is kept by account, and what cannot be read is dropped and said', () => {
    const files = new FakeAccountFiles();
    opening(files).log.put(accountId, entry);
    const again = opening(files);
    expect(again.log.of(accountId)).toEqual([entry]);
    expect(again.unreadable).toEqual([]);
    const file = files.of(accountId);
    file.set('activity', [{ ...entry, kind: 'party' }, entry, 3]);
    const broken = opening(files);
    expect(broken.log.of(accountId)).toEqual([entry]);
    expect(broken.unreadable).toEqual([['activity', 2]]);
    file.set('activity', 'x');
    const another = opening(files);
    expect([another.log.of(accountId), another.unreadable]).toEqual([[], [['activity', 1]]]);
  });

  it('has the newest thousand of an account', () => {
    const { log } = opening(new FakeAccountFiles());
    for (let count = 0; count < 1_001; count += 1) log.put(accountId, { ...entry, key: `key-${count}` });
    const kept = log.of(accountId);
    expect([kept.length, kept[0]?.key, kept.at(-1)?.key]).toEqual([1_000, 'key-1000', 'key-1']);
  });

  it('has an event once: a later end takes the place of the first, the same one changes nothing', () => {
    const { log } = opening(new FakeAccountFiles());
    log.put(accountId, entry);
    log.put(accountId, { ...entry, key: 'b' });
    log.put(accountId, { ...entry, atMs: 8 });
    expect(log.of(accountId)).toEqual([{ ...entry, key: 'b' }, entry]);
    log.put(accountId, { ...entry, outcome: 'done', atMs: 9 });
    expect(log.of(accountId)).toEqual([
      { ...entry, key: 'b' },
      { ...entry, outcome: 'done', atMs: 9 },
    ]);
  });

  it('takes over the entries of the version before, which knew no actors', () => {
    const files = new FakeAccountFiles();
    const older = {
      key: 'o',
      kind: 'boot',
      instanceId: 'web',
      subject: 'web',
      detail: 'No answer.',
      atMs: 3,
    };
    files.of(accountId).set('activity', [
      { ...older, outcome: 'failed' },
      {
        ...older,
        key: 'p',
        kind: 'power-many',
        instanceId: null,
        subject: '3 instances',
        outcome: 'unknown',
        detail: null,
      },
      {
        ...older,
        key: 'q',
        kind: 'key-deleted',
        instanceId: null,
        subject: null,
        outcome: 'done',
        detail: null,
      },
    ]);
    const { log, unreadable } = opening(files);
    expect(log.of(accountId)).toEqual([
      {
        ...{ key: 'o', actor: 'person', kind: 'boot', instanceId: 'web', name: 'web' },
        ...{ outcome: 'refused', detail: 'No answer.', atMs: 3 },
      },
      {
        ...{ key: 'p', actor: 'person', kind: 'power-many', instanceId: null, name: '3 instances' },
        ...{ outcome: 'unknown', detail: null, atMs: 3 },
      },
      {
        ...{ key: 'q', actor: 'person', kind: 'key-deleted', instanceId: null, name: null },
        ...{ outcome: 'done', detail: null, atMs: 3 },
      },
    ]);
    expect(unreadable).toEqual([]);
  });
});

const doneNotice = (action: string, words: string, atMs: number, body = '') => ({
  key: `${accountId}/web/done/${action}/${atMs}`,
  kind: 'done',
  title: `db: old: ${words}`,
  body,
  instanceId: 'web',
  atMs,
});
const stopped = {
  key: `${accountId}/web/stopped/1`,
  kind: 'stopped',
  title: 'web stopped',
  body: 'By itself.',
  instanceId: 'web',
  atMs: 5,
};

/** The account's file as it is made of the one that held everything. */
function splitOff(store: FakeStore): FakeAccountFiles {
  moveDoneNotices(store);
  const files = new FakeAccountFiles();
  for (const key of ['activity', 'notices']) {
    const kept: unknown = store.get(key);
    const own = Array.isArray(kept) ? kept : (kept as Record<string, unknown> | undefined)?.[accountId];
    files.of(accountId).set(key, own);
  }
  return files;
}

describe('what older versions kept among the notices', () => {
  const all = [
    doneNotice('cancel-deletion', 'deletion canceled', 9),
    doneNotice('reset-password', 'password reset', 8),
    stopped,
    doneNotice('reinstall', 'reinstall started', 7),
    doneNotice('delete-at-end', 'deletion scheduled', 6),
    doneNotice('delete-now', 'deleted', 4, '$6.67 was refunded.'),
    doneNotice('reactivate', 'reactivated', 3, '$5.00 was charged.'),
    doneNotice('upgrade', 'upgrade started', 2),
  ];
  const restarted = { ...entry, key: 'r', kind: 'restart', atMs: 5 };

  it.each([
    ['by account', { [accountId]: all }],
    ['in one list', all],
  ])('%s becomes part of the record, in the order of time, and is a notice no longer', (_how, notices) => {
    const store = new FakeStore();
    store.set('activity', { [accountId]: [restarted] });
    store.set('notices', notices);
    const { log, options, unreadable } = opening(splitOff(store));
    expect(log.of(accountId).map(({ atMs, kind }) => [atMs, kind])).toEqual([
      [9, 'deletion-canceled'],
      [8, 'password-reset'],
      [7, 'reinstalled'],
      [6, 'deletion-scheduled'],
      [5, 'restart'],
      [4, 'deleted'],
      [3, 'reactivated'],
      [2, 'upgraded'],
    ]);
    expect(log.of(accountId)[5]).toEqual({
      ...{ key: `${accountId}/web/done/delete-now/4`, actor: 'person', kind: 'deleted', instanceId: 'web' },
      ...{ name: 'db: old', outcome: 'done', detail: '$6.67 was refunded.', atMs: 4 },
    });
    expect(createNoticeLog(options).of(accountId)).toEqual([stopped]);
    expect(unreadable).toEqual([]);
  });

  it('is taken over once, also where the app ended in between', () => {
    const store = new FakeStore();
    store.set('notices', { [accountId]: all });
    splitOff(store);
    const moved = opening(splitOff(store)).log.of(accountId);
    expect(moved).toHaveLength(7);
    store.set('notices', { [accountId]: all });
    expect(opening(splitOff(store)).log.of(accountId)).toEqual(moved);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createNoticeLog } from '../../../main/notices/notice-log.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { FakeStore } from '../accounts/fakes.ts';

const ada = 'ada' as AccountId;
const bob = 'bob' as AccountId;
const demo = 'demo' as AccountId;

const notice = (n: number, accountId = ada): Notice => ({
  key: `${accountId}/key-${n}`,
  kind: 'stopped',
  title: `server-${n} stopped`,
  body: 'At 13:58.',
  instanceId: null,
  atMs: n,
});

function opened(store = new FakeStore()) {
  const onChange = vi.fn();
  const onUnreadable = vi.fn();
  const isInMemory = (id: AccountId): boolean => id === demo;
  return { store, onChange, log: createNoticeLog({ store, isInMemory, onChange, onUnreadable }) };
}

describe('the log of notices', () => {
  it('has the newest of each account first, also after a restart', () => {
    const { store, onChange, log } = opened();
    log.add([notice(1), notice(2), notice(3, bob)]);
    log.add([notice(4)]);
    expect(log.of(ada)).toEqual([notice(4), notice(2), notice(1)]);
    expect(log.of(bob)).toEqual([notice(3, bob)]);
    expect(onChange).toHaveBeenLastCalledWith(ada, log.of(ada));
    expect(opened(store).log.of(ada)).toEqual(log.of(ada));
  });

  it('tells nobody when there is nothing new', () => {
    const { onChange, log } = opened();
    log.add([]);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('keeps the last five hundred of an account', () => {
    const { log } = opened();
    log.add([notice(0, bob)]);
    log.add(Array.from({ length: 550 }, (_, n) => notice(n)));
    expect(log.of(ada)).toHaveLength(500);
    expect(log.of(ada)[0]).toEqual(notice(549));
    expect(log.of(bob)).toHaveLength(1);
  });

  it('marks one that was not shown where it stands, and keeps that', () => {
    const { store, onChange, log } = opened();
    log.add([notice(1), notice(2), notice(1, bob)]);
    onChange.mockClear();
    log.markNotShown(notice(1));
    log.markNotShown(notice(3));
    const marked = [notice(2), { ...notice(1), notShown: true }];
    expect(onChange.mock.calls).toEqual([[ada, marked]]);
    expect(opened(store).log.of(ada)).toEqual(marked);
    expect(log.of(bob)).toEqual([notice(1, bob)]);
  });

  it('of the demo stays in memory; that of who signs out is dropped', () => {
    const { store, log } = opened();
    log.add([notice(1, demo), notice(2)]);
    expect(Object.keys(store.get('notices') as object)).toEqual([ada]);
    expect(log.of(demo)).toHaveLength(1);
    log.forgetAccount(ada);
    expect(store.get('notices')).toEqual({});
  });

  it('takes over the one list that was kept before, and leaves out what it cannot read', () => {
    const store = new FakeStore();
    store.set('notices', [notice(2), notice(3, bob), notice(1), { ...notice(4), kind: 'party' }, 'x', null]);
    const { log } = opened(store);
    expect(log.of(ada)).toEqual([notice(2), notice(1)]);
    expect(log.of(bob)).toEqual([notice(3, bob)]);
    store.set('notices', 'nothing of the kind');
    expect(opened(store).log.of(ada)).toEqual([]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createNoticeLog } from '../../../main/notices/notice-log.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { FakeStore } from '../accounts/fakes.ts';

const notice = (n: number): Notice => ({
  key: `key-${n}`,
  kind: 'stopped',
  title: `server-${n} stopped`,
  body: 'At 13:58.',
  instanceId: null,
  atMs: n,
});

describe('the log of notices', () => {
  it('has the newest first, also after a restart', () => {
    const store = new FakeStore();
    const onChange = vi.fn();
    const log = createNoticeLog(store, onChange);
    log.add([notice(1), notice(2)]);
    log.add([notice(3)]);
    expect(log.list()).toEqual([notice(3), notice(2), notice(1)]);
    expect(onChange).toHaveBeenLastCalledWith(log.list());
    expect(createNoticeLog(store, onChange).list()).toEqual(log.list());
  });

  it('tells nobody when there is nothing new', () => {
    const onChange = vi.fn();
    createNoticeLog(new FakeStore(), onChange).add([]);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('keeps the last two hundred', () => {
    const log = createNoticeLog(new FakeStore(), () => undefined);
    log.add(Array.from({ length: 250 }, (_, n) => notice(n)));
    expect(log.list()).toHaveLength(200);
    expect(log.list()[0]).toEqual(notice(249));
  });

  it('leaves out what it cannot read', () => {
    const store = new FakeStore();
    store.set('notices', [notice(1), { ...notice(2), kind: 'party' }, 'x', null]);
    expect(createNoticeLog(store, () => undefined).list()).toEqual([notice(1)]);
    store.set('notices', 'nothing of the kind');
    expect(createNoticeLog(store, () => undefined).list()).toEqual([]);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createNoticeLog } from '../../../main/notices/notice-log.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const ada = 'ada' as AccountId;
const bob = 'bob' as AccountId;

const notice = (n: number, accountId = ada): Notice => ({
  key: `${accountId}/key-${n}`,
  kind: 'stopped',
  title: `instance-${n} stopped`,
  body: 'At 13:58.',
  instanceId: null,
  atMs: n,
});

function opened(files = new FakeAccountFiles()) {
  const onChange = vi.fn();
  const onUnreadable = vi.fn();
  return { files, onChange, log: createNoticeLog({ files, onChange, onUnreadable }) };
}

describe('the log of notices', () => {
  it('has the newest of each account first, also after a restart', () => {
    const { files, onChange, log } = opened();
    log.add([notice(1), notice(2), notice(3, bob)]);
    log.add([notice(4)]);
    expect(log.of(ada)).toEqual([notice(4), notice(2), notice(1)]);
    expect(log.of(bob)).toEqual([notice(3, bob)]);
    expect(onChange).toHaveBeenLastCalledWith(ada, log.of(ada));
    expect(opened(files).log.of(ada)).toEqual(log.of(ada));
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

  it('annotations one that was not shown where it stands, and keeps that', () => {
    const { files, onChange, log } = opened();
    log.add([notice(1), notice(2), notice(1, bob)]);
    onChange.mockClear();
    log.markNotShown(notice(1));
    log.markNotShown(notice(3));
    const marked = [notice(2), { ...notice(1), notShown: true }];
    expect(onChange.mock.calls).toEqual([[ada, marked]]);
    expect(opened(files).log.of(ada)).toEqual(marked);
    expect(log.of(bob)).toEqual([notice(1, bob)]);
  });

  it('of who signs out is dropped, and no other', () => {
    const { files, log } = opened();
    log.add([notice(1, bob), notice(2)]);
    log.forgetAccount(ada);
    expect(log.of(ada)).toEqual([]);
    expect(files.content()).toEqual({ bob: { notices: [notice(1, bob)] } });
  });

  it('leaves out what it cannot read', () => {
    const files = new FakeAccountFiles();
    files.of(ada).set('notices', [notice(2), notice(1), { ...notice(4), kind: 'party' }, 'x', null]);
    expect(opened(files).log.of(ada)).toEqual([notice(2), notice(1)]);
    files.of(ada).set('notices', 'nothing of the kind');
    expect(opened(files).log.of(ada)).toEqual([]);
  });
});

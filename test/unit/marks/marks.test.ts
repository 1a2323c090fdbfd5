import { describe, expect, it, vi } from 'vitest';
import { createMarks } from '../../../main/marks/index.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import { noMarks } from '../../../preload/contract/marks.ts';
import { FakeStore } from '../accounts/fakes.ts';

const account = 'account' as AccountId;
const demo = 'demo' as AccountId;
const web = 'web-1' as InstanceId;
const isInMemory = (id: AccountId): boolean => id === demo;
const onChange = (): void => undefined;

describe('the marks of servers', () => {
  it('are kept across restarts, by account', () => {
    const store = new FakeStore();
    const heard = vi.fn();
    const marks = createMarks({ store, isInMemory, onChange: heard });
    marks.update(account, web, { isFavourite: true });
    marks.update(account, web, { tags: ['prod'], note: undefined });
    const expected = { ...noMarks, isFavourite: true, tags: ['prod'] };
    expect(heard).toHaveBeenLastCalledWith(account, { [web]: expected });
    expect(createMarks({ store, isInMemory, onChange }).get(account, web)).toEqual(expected);
    expect(marks.get('other' as AccountId, web)).toEqual(noMarks);
  });

  it('leave nothing behind once all are taken off', () => {
    const store = new FakeStore();
    const marks = createMarks({ store, isInMemory, onChange });
    marks.update(account, web, { isLocked: true });
    marks.update(account, web, { isLocked: false });
    expect(marks.of(account)).toEqual({});
    expect(store.get('marks')).toEqual({ [account]: {} });
  });

  it('of the demo account are not written', () => {
    const store = new FakeStore();
    const marks = createMarks({ store, isInMemory, onChange });
    marks.update(demo, web, { note: 'try me' });
    expect(marks.get(demo, web).note).toBe('try me');
    expect(store.get('marks')).toEqual({});
  });

  it('go with their account', () => {
    const store = new FakeStore();
    const marks = createMarks({ store, isInMemory, onChange });
    marks.update(account, web, { note: 'mine' });
    marks.forgetAccount(account);
    expect(marks.of(account)).toEqual({});
    expect(store.get('marks')).toEqual({});
  });

  it('that cannot be read are left out', () => {
    const store = new FakeStore();
    store.set('marks', { [account]: { [web]: noMarks, 'web-2': { ...noMarks, tags: 'prod' }, 'web-3': 7 } });
    expect(createMarks({ store, isInMemory, onChange }).of(account)).toEqual({ [web]: noMarks });
    store.set('marks', 'nothing of the kind');
    expect(createMarks({ store, isInMemory, onChange }).of(account)).toEqual({});
  });
});

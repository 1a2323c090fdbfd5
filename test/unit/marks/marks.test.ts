import { describe, expect, it, vi } from 'vitest';
import { createMarks } from '../../../main/marks/index.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import { noMarks } from '../../../preload/contract/marks.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const account = 'account' as AccountId;
const web = 'web-1' as InstanceId;
const onChange = (): void => undefined;

describe('the marks of servers', () => {
  it('are kept across restarts, by account', () => {
    const files = new FakeAccountFiles();
    const heard = vi.fn();
    const marks = createMarks({ files, onChange: heard });
    marks.update(account, web, { isFavourite: true });
    marks.update(account, web, { tags: ['prod'], note: undefined });
    const expected = { ...noMarks, isFavourite: true, tags: ['prod'] };
    expect(heard).toHaveBeenLastCalledWith(account, { [web]: expected });
    expect(createMarks({ files, onChange }).get(account, web)).toEqual(expected);
    expect(marks.get('other' as AccountId, web)).toEqual(noMarks);
  });

  it('leave nothing behind once all are taken off', () => {
    const files = new FakeAccountFiles();
    const marks = createMarks({ files, onChange });
    marks.update(account, web, { isLocked: true });
    marks.update(account, web, { isLocked: false });
    expect(marks.of(account)).toEqual({});
    expect(files.content()).toEqual({ [account]: { marks: {} } });
  });

  it('go with their account', () => {
    const files = new FakeAccountFiles();
    const marks = createMarks({ files, onChange });
    marks.update(account, web, { note: 'mine' });
    marks.forgetAccount(account);
    expect(marks.of(account)).toEqual({});
    expect(files.content()).toEqual({});
  });

  it('that cannot be read are left out', () => {
    const files = new FakeAccountFiles();
    const stored = { [web]: noMarks, 'web-2': { ...noMarks, tags: 'prod' }, 'web-3': 7 };
    files.of(account).set('marks', stored);
    expect(createMarks({ files, onChange }).of(account)).toEqual({ [web]: noMarks });
    files.of(account).set('marks', 'nothing of the kind');
    expect(createMarks({ files, onChange }).of(account)).toEqual({});
  });
});

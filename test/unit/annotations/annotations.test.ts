import * as z from 'zod/mini';
import { describe, expect, it, vi } from 'vitest';
import { createAnnotations } from '../../../main/annotations/index.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import { instanceAnnotationsPatch, noAnnotations } from '../../../preload/contract/annotations.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const account = 'account' as AccountId;
const web = 'web-1' as InstanceId;
const onChange = (): void => undefined;

describe('the annotations of instances', () => {
  it('are kept across restarts, by account', () => {
    const files = new FakeAccountFiles();
    const heard = vi.fn();
    const annotations = createAnnotations({ files, onChange: heard });
    annotations.update(account, web, { isFavourite: true });
    annotations.update(account, web, { tags: ['prod'], note: undefined });
    const expected = { ...noAnnotations, isFavourite: true, tags: ['prod'] };
    expect(heard).toHaveBeenLastCalledWith(account, { [web]: expected });
    expect(createAnnotations({ files, onChange }).get(account, web)).toEqual(expected);
    expect(annotations.get('other' as AccountId, web)).toEqual(noAnnotations);
  });

  it('have the same set of favourites until something changes', () => {
    const annotations = createAnnotations({ files: new FakeAccountFiles(), onChange });
    expect(annotations.favourites(account)).toEqual(new Set());
    annotations.update(account, web, { isFavourite: true });
    annotations.update(account, 'db' as InstanceId, { isLocked: true });
    const favourites = annotations.favourites(account);
    expect(favourites).toEqual(new Set([web]));
    expect(annotations.favourites(account)).toBe(favourites);
    annotations.update(account, web, { isFavourite: false });
    expect(annotations.favourites(account)).toEqual(new Set());
  });

  it('leave nothing behind once all are taken off', () => {
    const files = new FakeAccountFiles();
    const annotations = createAnnotations({ files, onChange });
    annotations.update(account, web, { isLocked: true });
    annotations.update(account, web, { isLocked: false });
    expect(annotations.of(account)).toEqual({});
    expect(files.content()).toEqual({ [account]: { marks: {} } });
  });

  it('go with their account', () => {
    const files = new FakeAccountFiles();
    const annotations = createAnnotations({ files, onChange });
    annotations.update(account, web, { note: 'mine' });
    annotations.forgetAccount(account);
    expect(annotations.of(account)).toEqual({});
    expect(files.content()).toEqual({});
  });

  it('that cannot be read are left out', () => {
    const files = new FakeAccountFiles();
    const stored = { [web]: noAnnotations, 'web-2': { ...noAnnotations, tags: 'prod' }, 'web-3': 7 };
    files.of(account).set('marks', stored);
    expect(createAnnotations({ files, onChange }).of(account)).toEqual({ [web]: noAnnotations });
    files.of(account).set('marks', 'nothing of the kind');
    expect(createAnnotations({ files, onChange }).of(account)).toEqual({});
  });

  it('of a version of the app that muted nothing are read, and a change of something else keeps a mute', () => {
    const files = new FakeAccountFiles();
    const before = { isFavourite: false, isLocked: false, note: 'mine', tags: [] };
    files.of(account).set('marks', { [web]: before });
    const annotations = createAnnotations({ files, onChange });
    expect(annotations.get(account, web)).toEqual({ ...noAnnotations, note: 'mine' });
    annotations.update(account, web, { mutedUntil: 'until-turned-off', note: '' });
    const patch = z.parse(instanceAnnotationsPatch, { isFavourite: false });
    annotations.update(account, web, patch);
    expect(annotations.of(account)).toEqual({ [web]: { ...noAnnotations, mutedUntil: 'until-turned-off' } });
    annotations.update(account, web, { mutedUntil: null });
    expect(annotations.of(account)).toEqual({});
  });
});

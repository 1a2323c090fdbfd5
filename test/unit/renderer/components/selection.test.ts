import { describe, expect, it } from 'vitest';
import { keyPress } from '../../../support/key-press.ts';
import {
  allTurned,
  keysAfter,
  selectedShare,
  toggled,
  withRange,
} from '../../../../renderer/components/data/selection.ts';

const order = ['a', 'b', 'c', 'd'];
const set = (...keys: readonly string[]): ReadonlySet<string> => new Set(keys);

describe('rows that are selected', () => {
  it('are turned over one by one', () => {
    expect(toggled(set('a'), 'b')).toEqual(set('a', 'b'));
    expect(toggled(set('a', 'b'), 'a')).toEqual(set('b'));
  });

  it('are added from the last one on, in either direction', () => {
    expect(withRange(set('b'), order, 'b', 'd')).toEqual(set('b', 'c', 'd'));
    expect(withRange(set('d'), order, 'd', 'b')).toEqual(set('d', 'c', 'b'));
    expect(withRange(set(), order, null, 'c')).toEqual(set('c'));
    expect(withRange(set('x'), order, 'gone', 'c')).toEqual(set('x', 'c'));
    expect(withRange(set('a'), order, 'a', 'gone')).toEqual(set('a'));
  });

  it('are some, all or none of those in the table', () => {
    expect(selectedShare(set('elsewhere'), order)).toBe('none');
    expect(selectedShare(set('a', 'elsewhere'), order)).toBe('some');
    expect(selectedShare(set(...order), order)).toBe('all');
  });

  it('are all or none by one click', () => {
    expect(allTurned(set('a', 'x'), order)).toEqual(set('x', ...order));
    expect(allTurned(set(...order), order)).toEqual(set());
  });

  it('follow the keys of a list, and leave the others alone', () => {
    const press = (key: string, more: Partial<KeyboardEvent> = {}, keys = set('a')) =>
      keysAfter({ ...keyPress(key), ...more }, keys, order, 'c', 'a');
    expect(press(' ')).toEqual(set('a', 'c'));
    expect(press(' ', { shiftKey: true })).toEqual(set('a', 'b', 'c'));
    expect(press('a', { ctrlKey: true })).toEqual(set(...order));
    expect(press('A', { metaKey: true })).toEqual(set(...order));
    expect(press('ф', { code: 'KeyA', ctrlKey: true })).toEqual(set(...order));
    expect(press('a', { ctrlKey: true, altKey: true })).toBeNull();
    expect(press('Escape')).toEqual(set());
    expect(press('Escape', {}, set())).toBeNull();
    expect(press('a')).toBeNull();
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RowSelector } from '../../../../renderer/components/data/row-selector.ts';
import { keyPress } from '../../../support/key-press.ts';

interface Row {
  readonly id: string;
}

const removeAllRanges = vi.fn();
vi.stubGlobal('getSelection', () => ({ removeAllRanges }));

let rows: readonly Row[];
let keys: ReadonlySet<string>;
let isSelectable: boolean;
let selector: RowSelector<Row>;

beforeEach(() => {
  rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  keys = new Set();
  isSelectable = true;
  removeAllRanges.mockReset();
  selector = new RowSelector<Row>(() => ({
    selection: isSelectable ? { keys, onChange: (next) => (keys = next), nameOf: ({ id }) => id } : null,
    rows,
    rowKey: ({ id }) => id,
  }));
});

const row = (id: string): Row => ({ id });
const click = (more: Partial<MouseEvent> = {}): MouseEvent =>
  ({ ctrlKey: false, metaKey: false, shiftKey: false, ...more }) as MouseEvent;
const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  Object.assign(new Event('keydown', { cancelable: true }), {
    ...keyPress(key, key === ' ' ? 'Space' : ''),
    ...more,
  }) as unknown as KeyboardEvent;
const selected = (): string => [...keys].join('');

describe('a click', () => {
  it('without a modifier opens the row: it is not for the selection', () => {
    expect(selector.takesClick(click(), row('a'))).toBe(false);
    expect(selected()).toBe('');
  });

  it.each([{ ctrlKey: true }, { metaKey: true }])('with %j turns the row over', (more) => {
    expect(selector.takesClick(click(more), row('b'))).toBe(true);
    expect(selected()).toBe('b');
    selector.takesClick(click(more), row('b'));
    expect(selected()).toBe('');
  });

  it('with Shift takes all from the last one to it, and annotations no text', () => {
    selector.takesClick(click({ ctrlKey: true }), row('b'));
    selector.takesClick(click({ shiftKey: true }), row('d'));
    expect(selected()).toBe('bcd');
    expect(removeAllRanges).toHaveBeenCalled();
  });

  it('on a table without a selection is none for it', () => {
    isSelectable = false;
    expect(selector.takesClick(click({ ctrlKey: true }), row('a'))).toBe(false);
  });
});

describe('a key', () => {
  it('turns the row over, and begins the next range there', () => {
    const space = press(' ');
    expect(selector.takesKey(space, row('b'))).toBe(true);
    expect(space.defaultPrevented).toBe(true);
    selector.takesKey(press(' ', { shiftKey: true }), row('d'));
    expect(selected()).toBe('bcd');
  });

  it('that is not for the selection is left to others', () => {
    for (const key of ['Enter', 'x', 'Escape']) {
      const other = press(key);
      expect(selector.takesKey(other, row('a'))).toBe(false);
      expect(other.defaultPrevented).toBe(false);
    }
  });

  it('Escape empties what is selected', () => {
    selector.selectAll();
    expect(selector.takesKey(press('Escape'), row('a'))).toBe(true);
    expect(selected()).toBe('');
  });

  it('on a table without a selection is none for it', () => {
    isSelectable = false;
    expect(selector.takesKey(press(' '), row('a'))).toBe(false);
  });
});

describe('the whole table', () => {
  it('is selected by one click, and emptied by the next', () => {
    selector.selectAll();
    expect([selected(), selector.share]).toEqual(['abcd', 'all']);
    selector.selectAll();
    expect([selected(), selector.share]).toEqual(['', 'none']);
  });

  it('is the table as it is now: a range goes by its present order', () => {
    selector.select(row('a'), false);
    rows = ['d', 'a', 'c', 'b'].map((id) => ({ id }));
    selector.select(row('b'), true);
    expect([...keys].toSorted().join('')).toBe('abc');
    expect(selector.share).toBe('some');
  });

  it('has no share of a table that cannot be selected', () => {
    isSelectable = false;
    expect(selector.share).toBe('none');
  });
});

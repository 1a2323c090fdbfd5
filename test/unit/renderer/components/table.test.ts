import { describe, expect, test } from 'vitest';
import {
  gridTemplate,
  nextRow,
  nextSort,
  type TableColumn,
  visibleColumns,
} from '../../../../renderer/components/data/table.ts';

type Id = 'name' | 'plan' | 'month';
const columns: readonly TableColumn<Id>[] = [
  { id: 'name', label: 'Name', width: 'minmax(120px, 1fr)' },
  { id: 'plan', label: 'Plan', width: '120px', hideBelowPx: 700 },
  { id: 'month', label: 'Month', width: '60px', align: 'end' },
];

test('a narrow table leaves out what it can do without', () => {
  expect(visibleColumns(columns, 699).map(({ id }) => id)).toEqual(['name', 'month']);
  expect(visibleColumns(columns, 700).map(({ id }) => id)).toEqual(['name', 'plan', 'month']);
});

test('the tracks are those of the columns, with one for actions where there are any', () => {
  expect(gridTemplate(columns)).toBe('minmax(120px, 1fr) 120px 60px');
  expect(gridTemplate(columns, '64px')).toBe('minmax(120px, 1fr) 120px 60px 64px');
});

test('a heading sorts upwards first, then turns round', () => {
  const first = nextSort<Id>(null, 'name');
  expect(first).toEqual({ column: 'name', direction: 'ascending' });
  const second = nextSort<Id>(first, 'name');
  expect(second).toEqual({ column: 'name', direction: 'descending' });
  expect(nextSort<Id>(second, 'name')).toEqual(first);
  expect(nextSort<Id>(second, 'month')).toEqual({ column: 'month', direction: 'ascending' });
});

describe('keys', () => {
  test.each([
    ['ArrowDown', 5, 6],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 95, 99],
    ['PageUp', 12, 2],
    ['Home', 50, 0],
    ['End', 0, 99],
  ])('%s from row %d leads to row %d of 100', (key, from, to) => {
    expect(nextRow(key, from, 100, 10)).toBe(to);
  });

  test('other keys are left alone', () => {
    expect(nextRow('a', 5, 100, 10)).toBeNull();
    expect(nextRow('Tab', 5, 100, 10)).toBeNull();
  });
});

import { chordOf, type KeyPress } from '../chord.ts';

/** The rows of a table that are selected, by key, and what it takes to change that. */
export interface TableSelection<Row> {
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
  /** What a row is called, for its checkbox. */
  readonly nameOf: (row: Row) => string;
}

/** The selection with one row turned over. */
export function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The selection with all rows from `anchor` to `key`, in the order of the table; of `key` alone where there is no anchor. */
export function withRange(
  keys: ReadonlySet<string>,
  order: readonly string[],
  anchor: string | null,
  key: string,
): ReadonlySet<string> {
  const to = order.indexOf(key);
  const from = anchor === null ? -1 : order.indexOf(anchor);
  if (to === -1) return keys;
  const range = from === -1 ? [key] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return new Set([...keys, ...range]);
}

/** How much of the table is selected, for the checkbox of its heading. */
export function selectedShare(keys: ReadonlySet<string>, order: readonly string[]): 'none' | 'some' | 'all' {
  const count = order.filter((key) => keys.has(key)).length;
  if (count === 0) return 'none';
  return count === order.length ? 'all' : 'some';
}

/** All rows of the table, or none of them where all were selected. What is selected elsewhere stays. */
export function allTurned(keys: ReadonlySet<string>, order: readonly string[]): ReadonlySet<string> {
  return selectedShare(keys, order) === 'all' ? new Set() : new Set([...keys, ...order]);
}

/** What a key on the row `rowKey` makes of a selection; null for a key that it has no use for. */
export function keysAfter(
  press: KeyPress,
  keys: ReadonlySet<string>,
  order: readonly string[],
  rowKey: string,
  anchor: string | null,
): ReadonlySet<string> | null {
  switch (chordOf(press)) {
    case 'Space':
      return toggled(keys, rowKey);
    case 'Shift+Space':
      return withRange(keys, order, anchor, rowKey);
    case 'Control+A':
    case 'Meta+A':
      return allTurned(keys, order);
    case 'Escape':
      return keys.size > 0 ? new Set() : null;
    default:
      return null;
  }
}

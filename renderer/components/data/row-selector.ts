import { allTurned, keysAfter, selectedShare, toggled, withRange, type TableSelection } from './selection.ts';

/** The table whose rows are selected, as it is now. */
export interface SelectableTable<Row> {
  /** Null: its rows cannot be selected. */
  readonly selection: TableSelection<Row> | null;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** Turns clicks and keys on the rows of a table into its selection, and remembers where a range begins. */
export class RowSelector<Row> {
  readonly #table: () => SelectableTable<Row>;
  #anchorKey: string | null = null;

  constructor(table: () => SelectableTable<Row>) {
    this.#table = table;
  }

  /** How much of the table is selected. */
  get share(): ReturnType<typeof selectedShare> {
    const keys = this.#table().selection?.keys;
    // Most of the time: no need to walk through 10,000 rows.
    return keys === undefined || keys.size === 0 ? 'none' : selectedShare(keys, this.#order());
  }

  /** Turns one row over, or takes all from the last one to it. */
  select(row: Row, asRange: boolean): void {
    const { selection, rowKey } = this.#table();
    const key = rowKey(row);
    const keys = selection?.keys ?? new Set<string>();
    selection?.onChange(asRange ? withRange(keys, this.#order(), this.#anchorKey, key) : toggled(keys, key));
    this.#anchorKey = key;
  }

  selectAll(): void {
    const { selection } = this.#table();
    selection?.onChange(allTurned(selection.keys, this.#order()));
  }

  /** Whether the click on a row was one for the selection: with Ctrl, Cmd or Shift. */
  takesClick({ ctrlKey, metaKey, shiftKey }: MouseEvent, row: Row): boolean {
    if (this.#table().selection === null || !(ctrlKey || metaKey || shiftKey)) return false;
    // Shift and a click mark text too.
    getSelection()?.removeAllRanges();
    this.select(row, shiftKey);
    return true;
  }

  /** Whether the key on a row was one for the selection: Space, Ctrl+A, Escape. */
  takesKey(event: KeyboardEvent, row: Row): boolean {
    const { selection, rowKey } = this.#table();
    if (selection === null) return false;
    const next = keysAfter(event, selection.keys, this.#order(), rowKey(row), this.#anchorKey);
    if (next === null) return false;
    event.preventDefault();
    this.#anchorKey = rowKey(row);
    selection.onChange(next);
    return true;
  }

  #order(): readonly string[] {
    const { rows, rowKey } = this.#table();
    return rows.map(rowKey);
  }
}

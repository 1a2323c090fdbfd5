/** One column of a table. Rows are grids of their own, so widths are px, fr or minmax, never `auto`. */
export interface TableColumn<ColumnId extends string> {
  readonly id: ColumnId;
  readonly label: string;
  /** A grid track: "120px", "minmax(120px, 1.4fr)". */
  readonly width: string;
  readonly align?: 'start' | 'end';
  readonly sortable?: boolean;
  /** Not drawn while the table is narrower than this. */
  readonly hideBelowPx?: number;
}

/** By which column a table is sorted, and which way. */
export interface TableSort<ColumnId extends string> {
  readonly column: ColumnId;
  readonly direction: 'ascending' | 'descending';
}

/** The columns that a table of this width draws. */
export function visibleColumns<ColumnId extends string>(
  columns: readonly TableColumn<ColumnId>[],
  widthPx: number,
): readonly TableColumn<ColumnId>[] {
  return columns.filter((column) => widthPx >= (column.hideBelowPx ?? 0));
}

/** The `grid-template-columns` of a row; `actionsWidth` is the last track, for what can be done with it. */
export function gridTemplate(columns: readonly TableColumn<string>[], actionsWidth?: string): string {
  const tracks = columns.map((column) => column.width);
  return (actionsWidth === undefined ? tracks : [...tracks, actionsWidth]).join(' ');
}

/** What a click on a column's heading sorts by: a new column rises, the same one turns round. */
export function nextSort<ColumnId extends string>(
  current: TableSort<ColumnId> | null,
  column: ColumnId,
): TableSort<ColumnId> {
  const turned = current?.column === column && current.direction === 'ascending';
  return { column, direction: turned ? 'descending' : 'ascending' };
}

/** Where a key of a list moves to from `index`; null for a key that does not move. */
export function nextRow(key: string, index: number, rowCount: number, pageRows: number): number | null {
  const last = rowCount - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, index + pageRows);
    case 'PageUp':
      return Math.max(0, index - pageRows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** How large a table's box is, in CSS pixels, without its scrollbars. */
export interface TableSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Where a table stands: it outlives the table, so that the way back leads to the same rows. */
export interface TablePlace {
  scrollTopPx: number;
  /** The row that the keyboard is on; null before there is one. */
  rowKey: string | null;
}

/** The place of a table that is shown for the first time. */
export function tableStart(): TablePlace {
  return { scrollTopPx: 0, rowKey: null };
}

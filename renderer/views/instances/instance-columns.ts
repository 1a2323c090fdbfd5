import type { TableColumn } from '../../components/data/table.ts';
import type { InstanceColumn } from './instance-rows.ts';

/** A column goes where the least widths of the rest, the gaps, the margins and the actions leave no room. */
const columns: readonly TableColumn<InstanceColumn>[] = [
  { id: 'state', label: 'State', width: 'minmax(126px, 0.5fr)', sortable: true },
  { id: 'name', label: 'Name', width: 'minmax(160px, 2fr)', sortable: true },
  { id: 'plan', label: 'Plan', width: 'minmax(148px, 0.8fr)', sortable: true, hideBelowPx: 730 },
  { id: 'cpu', label: 'CPU', width: '80px', hideBelowPx: 1018 },
  { id: 'address', label: 'Address', width: 'minmax(116px, 0.6fr)', sortable: true },
  { id: 'renews', label: 'Renews', width: '100px', align: 'end', sortable: true, hideBelowPx: 832 },
  { id: 'month', label: 'Price', width: '76px', align: 'end', sortable: true, hideBelowPx: 928 },
];

/** The columns of the list; the CPU's only where the token may read metrics. */
export function instanceColumns(hasMetrics: boolean): readonly TableColumn<InstanceColumn>[] {
  return hasMetrics ? columns : columns.filter(({ id }) => id !== 'cpu');
}

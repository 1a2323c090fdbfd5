import type { AccountId, ProjectId } from '../../../preload/contract/brands.ts';
import { tableStart, type TableSize, type TableSort } from '../../components/data/table.ts';
import type { AnnotationFilter } from './annotated-rows.ts';
import type { InstanceColumn, InstanceFilter, StateFilter } from './instance-rows.ts';

/**
 * How the list is narrowed and sorted. It outlives the list's page, so that the way back from an instance leads
 * to the same rows; another account starts again, since its projects are others.
 */
class ListView implements InstanceFilter, AnnotationFilter {
  search = $state('');
  state = $state<StateFilter>('all');
  projectId = $state<ProjectId | 'all'>('all');
  annotation = $state<AnnotationFilter['annotation']>('all');
  /** Null: by attention. */
  sort = $state.raw<TableSort<InstanceColumn> | null>(null);
  /** Where the list stands. */
  place = tableStart();
  /** How large the list was last: what it is drawn for at first when it is shown again. Null before it was shown. */
  size: TableSize | null = null;
  /** Ids of the instances that are selected; also of such as the filters hide. */
  selected = $state.raw<ReadonlySet<string>>(new Set());
  #accountId: AccountId | null = null;

  /** To be called when the list is shown for an account. */
  showAccount(accountId: AccountId | null): void {
    if (accountId !== this.#accountId) {
      this.clear();
      this.place = tableStart();
    }
    this.#accountId = accountId;
  }

  /** Shows everything; the order stays. */
  clear(): void {
    this.search = '';
    this.state = 'all';
    this.projectId = 'all';
    this.annotation = 'all';
  }

  /** Sorts by a column; null goes back to what needs attention first. */
  sortBy(sort: TableSort<InstanceColumn> | null): void {
    this.sort = sort;
  }
}

/** How the one list of the window is narrowed, sorted and scrolled. */
export const listView = new ListView();

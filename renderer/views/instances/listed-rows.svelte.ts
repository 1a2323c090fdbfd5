import type { AnnotationsById } from '../../../preload/contract/annotations.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { annotationChoices, annotationText, favouritesFirst, withAnnotation } from './annotated-rows.ts';
import {
  countStates,
  inStates,
  monthlyTotal,
  namesFirst,
  searchInstances,
  sortInstances,
} from './instance-rows.ts';
import { listView } from './list-view.svelte.ts';

/** The instances that the list shows, in its order, and what its toolbar says of them. To be made in a component. */
export function listedRows(all: () => readonly Instance[], noted: () => AnnotationsById) {
  const choices = $derived(annotationChoices(all(), noted()));
  /** The last instance with the chosen annotation may have lost it. */
  const annotation = $derived(
    choices.some(({ value }) => value === listView.annotation) ? listView.annotation : 'all',
  );
  /** Sorted before it is narrowed: a key of the search sorts nothing. */
  const ordered = $derived.by(() => {
    const sorted = sortInstances(all(), listView.sort);
    return listView.sort === null ? favouritesFirst(sorted, noted()) : sorted;
  });
  const found = $derived(
    withAnnotation(
      searchInstances(ordered, listView, (instance) => annotationText(noted(), instance)),
      noted(),
      annotation,
    ),
  );
  const counts = $derived(countStates(found));
  const inState = $derived(inStates(found, listView.state));
  const rows = $derived(listView.sort === null ? namesFirst(inState, listView.search) : inState);
  const total = $derived(monthlyTotal(rows));
  return {
    get rows() {
      return rows;
    },
    get toolbar() {
      return { counts, choices, annotation, total };
    },
  };
}

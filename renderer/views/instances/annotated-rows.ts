import { needsAttention } from '../../../preload/contract/attention.ts';
import { compareNames } from '../../../preload/contract/compare-names.ts';
import { formatWhole } from '../../../preload/contract/format.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { AnnotationsById } from '../../../preload/contract/annotations.ts';

/** What the user chose to see of what they noted themselves. */
export interface AnnotationFilter {
  /** Instances with this tag; `favourites`: those with a star. */
  readonly annotation: 'all' | 'favourites' | `tag:${string}`;
}

/** One choice of the filter by annotations, with how many instances have it. */
export interface AnnotationChoice {
  readonly value: AnnotationFilter['annotation'];
  readonly label: string;
}

/** The choices that instances of the list have: favourites first, then the tags by name. None while nothing is marked. */
export function annotationChoices(
  instances: readonly Instance[],
  annotations: AnnotationsById,
): readonly AnnotationChoice[] {
  const counts = new Map<string, number>();
  let favourites = 0;
  for (const { id } of instances) {
    const of = annotations[id];
    if (of === undefined) continue;
    if (of.isFavourite) favourites += 1;
    for (const tag of of.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const tags = [...counts].toSorted(([one], [other]) => compareNames(one, other));
  return [
    ...(favourites > 0
      ? [{ value: 'favourites' as const, label: `Favourites (${formatWhole(favourites)})` }]
      : []),
    ...tags.map(([tag, count]) => ({
      value: `tag:${tag}` as const,
      label: `#${tag} (${formatWhole(count)})`,
    })),
  ];
}

/** Those of the instances that a choice means. */
export function withAnnotation(
  instances: readonly Instance[],
  annotations: AnnotationsById,
  annotation: AnnotationFilter['annotation'],
): readonly Instance[] {
  if (annotation === 'all') return instances;
  return instances.filter(({ id }) => {
    const of = annotations[id];
    if (of === undefined) return false;
    return annotation === 'favourites' ? of.isFavourite : of.tags.includes(annotation.slice('tag:'.length));
  });
}

/** The same order, but favourites come right after what needs attention. */
export function favouritesFirst(
  instances: readonly Instance[],
  annotations: AnnotationsById,
): readonly Instance[] {
  const rank = ({ id, state }: Instance): number => {
    if (needsAttention(state.kind)) return 0;
    return annotations[id]?.isFavourite === true ? 1 : 2;
  };
  // Most accounts have none: no walk along ten thousand instances for that.
  const hasFavourites = Object.values(annotations).some(({ isFavourite }) => isFavourite);
  return hasFavourites && instances.some((instance) => rank(instance) === 1)
    ? instances.toSorted((one, other) => rank(one) - rank(other))
    : instances;
}

/** What was noted of an instance, a text each. */
export function notesOf(annotations: AnnotationsById, { id }: Instance): readonly string[] {
  const of = annotations[id];
  return of === undefined ? [] : [...of.tags.map((tag) => `#${tag}`), of.note];
}

/** What a search looks through of what was noted, in small letters. */
export function annotationText(annotations: AnnotationsById, instance: Instance): string {
  return notesOf(annotations, instance).join('\n').toLowerCase();
}

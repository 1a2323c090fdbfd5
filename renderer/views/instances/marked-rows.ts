import { needsAttention } from '../../../preload/contract/attention.ts';
import { formatWhole } from '../../../preload/contract/format.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { MarksById } from '../../../preload/contract/marks.ts';

/** What a person chose to see of what they noted themselves. */
export interface MarkFilter {
  /** Servers with this tag; `favourites`: those with a star. */
  readonly mark: 'all' | 'favourites' | `tag:${string}`;
}

/** One choice of the filter by marks, with how many servers have it. */
export interface MarkChoice {
  readonly value: MarkFilter['mark'];
  readonly label: string;
}

/** The choices that servers of the list have: favourites first, then the tags by name. None while nothing is marked. */
export function markChoices(instances: readonly Instance[], marks: MarksById): readonly MarkChoice[] {
  const counts = new Map<string, number>();
  let favourites = 0;
  for (const { id } of instances) {
    const of = marks[id];
    if (of === undefined) continue;
    if (of.isFavourite) favourites += 1;
    for (const tag of of.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const tags = [...counts].toSorted(([one], [other]) => one.localeCompare(other));
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

/** Those of the servers that a choice means. */
export function inMark(
  instances: readonly Instance[],
  marks: MarksById,
  mark: MarkFilter['mark'],
): readonly Instance[] {
  if (mark === 'all') return instances;
  return instances.filter(({ id }) => {
    const of = marks[id];
    if (of === undefined) return false;
    return mark === 'favourites' ? of.isFavourite : of.tags.includes(mark.slice('tag:'.length));
  });
}

/** The same order, but favourites come right after what needs attention. */
export function favouritesFirst(instances: readonly Instance[], marks: MarksById): readonly Instance[] {
  const rank = ({ id, state }: Instance): number => {
    if (needsAttention(state.kind)) return 0;
    return marks[id]?.isFavourite === true ? 1 : 2;
  };
  // Most accounts have none: no walk along ten thousand servers for that.
  const hasFavourites = Object.values(marks).some(({ isFavourite }) => isFavourite);
  return hasFavourites && instances.some((instance) => rank(instance) === 1)
    ? instances.toSorted((one, other) => rank(one) - rank(other))
    : instances;
}

/** What was noted of a server, a text each. */
export function notesOf(marks: MarksById, { id }: Instance): readonly string[] {
  const of = marks[id];
  return of === undefined ? [] : [...of.tags.map((tag) => `#${tag}`), of.note];
}

/** What a search looks through of what was noted, in small letters. */
export function markText(marks: MarksById, instance: Instance): string {
  return notesOf(marks, instance).join('\n').toLowerCase();
}

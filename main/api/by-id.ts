/** Finds a member of a list by its id; `likelyIndex` is where it is looked for first. */
export type FindById<T extends { readonly id: string }> = (
  id: T['id'],
  likelyIndex?: number,
) => T | undefined;

/**
 * A look-up in a list whose members mostly keep their place from one answer to the next: the map of all of them is
 * made when one is not where it was expected.
 */
export function byId<T extends { readonly id: string }>(items: readonly (T | null)[]): FindById<T> {
  let known: Map<string, T> | undefined;
  return (id, likelyIndex = -1) => {
    const likely = items[likelyIndex];
    if (likely?.id === id) return likely;
    known ??= new Map(items.flatMap((item) => (item === null ? [] : [[item.id, item]])));
    return known.get(id);
  };
}

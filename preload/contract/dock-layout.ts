import type { SessionId } from './brands.ts';

/**
 * How the panes of a tab stand: one, or several beside (`row`) or below (`column`) each other. The sizes of a split's
 * parts are shares of it: together they are 1.
 */
export type PaneTree<P> =
  | { readonly type: 'pane'; readonly pane: P }
  | {
      readonly type: 'split';
      readonly direction: 'row' | 'column';
      readonly parts: readonly { readonly share: number; readonly tree: PaneTree<P> }[];
    };

/** A tab of the dock. */
export interface LayoutTab<P> {
  readonly tree: PaneTree<P>;
  /** The pane of it that had the keyboard last. */
  readonly front: P;
}

/** All tabs of the dock in their order; `front` is the pane that is in front of all. */
export interface DockLayout<P> {
  readonly tabs: readonly LayoutTab<P>[];
  readonly front: P | null;
}

/** What the window is given of its dock. */
export interface LoadedDock {
  readonly layout: DockLayout<SessionId>;
  /** Names of instances whose panes were not restored: the account's list has them no longer. */
  readonly goneTitles: readonly string[];
}

/** A dock without tabs. */
export const emptyLayout: DockLayout<never> = { tabs: [], front: null };

/** The panes of a tree, from the left and the top. */
export function panesOf<P>(tree: PaneTree<P>): readonly P[] {
  return tree.type === 'pane' ? [tree.pane] : tree.parts.flatMap((part) => panesOf(part.tree));
}

/**
 * The same tree with other panes in the places of its own; one that is given null is left out, and its neighbours take
 * its place. Null where none is left.
 */
export function mapPanes<P, Q>(tree: PaneTree<P>, change: (pane: P) => Q | null): PaneTree<Q> | null {
  if (tree.type === 'pane') {
    const pane = change(tree.pane);
    return pane === null ? null : { type: 'pane', pane };
  }
  const parts = tree.parts.flatMap(({ share, tree: part }) => {
    const changed = mapPanes(part, change);
    return changed === null ? [] : [{ share, tree: changed }];
  });
  return splitOf(tree.direction, parts);
}

/** The same for all tabs of a layout. */
export function mapLayout<P, Q>(layout: DockLayout<P>, change: (pane: P) => Q | null): DockLayout<Q> {
  const changed = new Map<P, Q | null>();
  const once = (pane: P): Q | null => {
    if (!changed.has(pane)) changed.set(pane, change(pane));
    return changed.get(pane) ?? null;
  };
  const tabs = layout.tabs.flatMap(({ tree, front }) => {
    const mapped = mapPanes(tree, once);
    const [first] = mapped === null ? [] : panesOf(mapped);
    return mapped === null || first === undefined ? [] : [{ tree: mapped, front: once(front) ?? first }];
  });
  const front = layout.front === null ? null : once(layout.front);
  return { tabs, front: front ?? tabs.at(-1)?.front ?? null };
}

/**
 * A split of these parts, whatever their shares come to: parts that are splits of the same direction are taken apart,
 * and one part alone is no split.
 */
export function splitOf<P>(
  direction: 'row' | 'column',
  parts: readonly { readonly share: number; readonly tree: PaneTree<P> }[],
): PaneTree<P> | null {
  const [first] = parts;
  if (first === undefined) return null;
  if (parts.length === 1) return first.tree;
  const flat = parts.flatMap(({ share, tree }) =>
    tree.type === 'split' && tree.direction === direction
      ? tree.parts.map((inner) => ({ share: share * inner.share, tree: inner.tree }))
      : [{ share, tree }],
  );
  const sum = flat.reduce((total, { share }) => total + share, 0);
  return {
    type: 'split',
    direction,
    parts: flat.map(({ share, tree }) => ({ share: sum > 0 ? share / sum : 1 / flat.length, tree })),
  };
}

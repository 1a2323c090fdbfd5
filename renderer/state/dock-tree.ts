import {
  mapLayout,
  panesOf,
  splitOf,
  type DockLayout,
  type LayoutTab,
  type PaneTree,
} from '../../preload/contract/dock-layout.ts';

/** On which side of a pane something is put. */
export type Side = 'left' | 'right' | 'up' | 'down';

/** Below this share a pane cannot be made smaller. */
export const leastShare = 0.08;

const directionOf = (side: Side): 'row' | 'column' =>
  side === 'left' || side === 'right' ? 'row' : 'column';
const isBefore = (side: Side): boolean => side === 'left' || side === 'up';

/** Puts a tree beside a pane: both have half of the place that the pane had. */
export function insertBeside<P>(tree: PaneTree<P>, at: P, added: PaneTree<P>, side: Side): PaneTree<P> {
  if (tree.type === 'pane') {
    if (tree.pane !== at) return tree;
    const both = isBefore(side) ? [added, tree] : [tree, added];
    return splitOf(
      directionOf(side),
      both.map((part) => ({ share: 0.5, tree: part })),
    ) as PaneTree<P>;
  }
  // As a split of its own first; `splitOf` takes it apart where it has the direction of this one.
  const parts = tree.parts.map(({ share, tree: part }) => ({
    share,
    tree: insertBeside(part, at, added, side),
  }));
  return splitOf(tree.direction, parts) as PaneTree<P>;
}

/** All panes of each split with the same share. */
export function withEqualShares<P>(tree: PaneTree<P>): PaneTree<P> {
  if (tree.type === 'pane') return tree;
  const share = 1 / tree.parts.length;
  return { ...tree, parts: tree.parts.map((part) => ({ share, tree: withEqualShares(part.tree) })) };
}

/**
 * Moves the line behind the part `index` of the split at `path` by so much of that split's length, as far as both
 * parts keep their least share.
 */
export function withLineMoved<P>(
  tree: PaneTree<P>,
  path: readonly number[],
  index: number,
  by: number,
): PaneTree<P> {
  if (tree.type === 'pane') return tree;
  const [step, ...rest] = path;
  if (step !== undefined)
    return {
      ...tree,
      parts: tree.parts.map((part, at) =>
        at === step ? { ...part, tree: withLineMoved(part.tree, rest, index, by) } : part,
      ),
    };
  const [before, after] = [tree.parts[index], tree.parts[index + 1]];
  if (before === undefined || after === undefined) return tree;
  const both = before.share + after.share;
  const least = Math.min(leastShare, both / 2);
  const share = Math.min(both - least, Math.max(least, before.share + by));
  const parts = tree.parts.map((part, at) =>
    at === index ? { ...part, share } : at === index + 1 ? { ...part, share: both - share } : part,
  );
  return { ...tree, parts };
}

/** The line that a pane moves in a direction: of the innermost split of it that has one there. */
export function lineOf<P>(
  tree: PaneTree<P>,
  pane: P,
  side: Side,
): { readonly path: readonly number[]; readonly index: number; readonly by: 1 | -1 } | null {
  if (tree.type === 'pane') return null;
  const at = tree.parts.findIndex((part) => panesOf(part.tree).includes(pane));
  const part = tree.parts[at];
  if (part === undefined) return null;
  const inner = lineOf(part.tree, pane, side);
  if (inner !== null) return { ...inner, path: [at, ...inner.path] };
  if (tree.direction !== directionOf(side)) return null;
  // The last part has its line before it.
  const index = at === tree.parts.length - 1 ? at - 1 : at;
  return { path: [], index, by: isBefore(side) ? -1 : 1 };
}

/** The tab that has a pane. */
export const tabOf = <P>(layout: DockLayout<P>, pane: P | null): LayoutTab<P> | undefined =>
  pane === null ? undefined : layout.tabs.find(({ tree }) => panesOf(tree).includes(pane));

/** Brings a pane to the front, in its tab and of all. */
export function withFront<P>(layout: DockLayout<P>, pane: P): DockLayout<P> {
  const tab = tabOf(layout, pane);
  if (tab === undefined) return layout;
  return { tabs: layout.tabs.map((each) => (each === tab ? { ...each, front: pane } : each)), front: pane };
}

/** Leaves out a pane; what was beside it in its tab, or the tab beside that, comes to the front. */
export function withoutPaneIn<P>(layout: DockLayout<P>, pane: P): DockLayout<P> {
  const index = layout.tabs.findIndex(({ tree }) => panesOf(tree).includes(pane));
  const left = mapLayout(layout, (each) => (each === pane ? null : each));
  if (layout.front !== pane) return left;
  const isTabLeft = left.tabs.length === layout.tabs.length;
  const next = left.tabs[isTabLeft ? index : Math.min(index, left.tabs.length - 1)];
  return { ...left, front: next?.front ?? null };
}

/** Adds a pane as a tab of its own, in front. */
export const withTab = <P>(layout: DockLayout<P>, pane: P, index = layout.tabs.length): DockLayout<P> => ({
  tabs: layout.tabs.toSpliced(index, 0, { tree: { type: 'pane', pane }, front: pane }),
  front: pane,
});

/** Puts a pane that is new, or elsewhere now, beside another one, in front. */
export function withPaneBeside<P>(layout: DockLayout<P>, pane: P, at: P, side: Side): DockLayout<P> {
  if (pane === at || tabOf(layout, at) === undefined) return layout;
  return besideIn(withoutPaneIn(layout, pane), { type: 'pane', pane }, at, side, pane);
}

/** Puts all panes of a tab beside a pane of another tab, as they stand. */
export function withTabBeside<P>(layout: DockLayout<P>, tabPane: P, at: P, side: Side): DockLayout<P> {
  const tab = tabOf(layout, tabPane);
  if (tab === undefined || tab === tabOf(layout, at) || tabOf(layout, at) === undefined) return layout;
  const others = { ...layout, tabs: layout.tabs.filter((each) => each !== tab) };
  return besideIn(others, tab.tree, at, side, tab.front);
}

function besideIn<P>(layout: DockLayout<P>, tree: PaneTree<P>, at: P, side: Side, front: P): DockLayout<P> {
  const tab = tabOf(layout, at);
  const tabs = layout.tabs.map((each) =>
    each === tab ? { tree: insertBeside(each.tree, at, tree, side), front } : each,
  );
  return { tabs, front };
}

/** Makes a pane of a split a tab of its own, before the tab that is at `index` now. */
export function withPaneAsTab<P>(layout: DockLayout<P>, pane: P, index: number): DockLayout<P> {
  const tab = tabOf(layout, pane);
  if (tab === undefined || tab.tree.type === 'pane') return withTabMoved(layout, pane, index);
  return withTab(withoutPaneIn(layout, pane), pane, index);
}

/** Moves the tab of a pane before the tab that is at `index` now. */
export function withTabMoved<P>(layout: DockLayout<P>, pane: P, index: number): DockLayout<P> {
  const from = layout.tabs.findIndex(({ tree }) => panesOf(tree).includes(pane));
  const tab = layout.tabs[from];
  if (tab === undefined) return layout;
  const tabs = layout.tabs.toSpliced(from, 1);
  return { ...layout, tabs: tabs.toSpliced(index > from ? index - 1 : index, 0, tab) };
}

/** Changes the tree of the tab that a pane is in. */
export function withTree<P>(
  layout: DockLayout<P>,
  pane: P,
  change: (tree: PaneTree<P>) => PaneTree<P>,
): DockLayout<P> {
  const tab = tabOf(layout, pane);
  return {
    ...layout,
    tabs: layout.tabs.map((each) => (each === tab ? { ...each, tree: change(each.tree) } : each)),
  };
}

/** The layout of these panes alone: those that went are left out, and those that came are tabs at the end. */
export function reconciled<P>(layout: DockLayout<P>, panes: readonly P[]): DockLayout<P> {
  const there = new Set(panes);
  const known = new Set(layout.tabs.flatMap(({ tree }) => panesOf(tree)));
  const gone = [...known].filter((pane) => !there.has(pane));
  const fresh = panes.filter((pane) => !known.has(pane));
  const left = gone.reduce(withoutPaneIn, layout);
  return fresh.reduce((grown, pane) => withTab(grown, pane), left);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeParse } from 'zod/mini';
import {
  emptyLayout,
  mapLayout,
  panesOf,
  type DockLayout,
  type PaneTree,
} from '../../../../preload/contract/dock-layout.ts';
import { dockLayout } from '../../../../preload/contract/dock-layout-schema.ts';
import { linesOf, neighbourOf, placesOf, sideAt } from '../../../../renderer/dock/pane-places.ts';
import {
  lineOf,
  reconciled,
  tabOf,
  withEqualShares,
  withFront,
  withLineMoved,
  withPaneAsTab,
  withPaneBeside,
  withTab,
  withTabBeside,
  withTabMoved,
  withTree,
  withoutPaneIn,
  type Side,
} from '../../../../renderer/state/dock-tree.ts';

type Layout = DockLayout<string>;
const sides = ['left', 'right', 'up', 'down'] as const;
const pane = (name: string): PaneTree<string> => ({ type: 'pane', pane: name });
const tabs = (...names: readonly string[]): Layout =>
  names.reduce<Layout>((layout, name) => withTab(layout, name), emptyLayout);
const drawn = (tree: PaneTree<string>): string =>
  tree.type === 'pane'
    ? tree.pane
    : `${tree.direction === 'row' ? '(' : '['}${tree.parts
        .map((part) => `${drawn(part.tree)}:${Math.round(part.share * 100)}`)
        .join(' ')}${tree.direction === 'row' ? ')' : ']'}`;
const shown = ({ tabs: all, front }: Layout): string =>
  `${all.map(({ tree }) => drawn(tree)).join(' | ')} < ${front ?? ''}`;

/** What has to be so of every layout. */
function check(layout: Layout, expected: readonly string[]): void {
  const panes = layout.tabs.flatMap(({ tree }) => panesOf(tree));
  expect([...panes].sort()).toEqual([...expected].sort());
  expect(safeParse(dockLayout, layout).success).toBe(true);
  for (const { tree, front } of layout.tabs) {
    expect(panesOf(tree)).toContain(front);
    checkTree(tree);
    const area = [...placesOf(tree).values()].reduce((sum, { width, height }) => sum + width * height, 0);
    expect(area).toBeCloseTo(1, 9);
    expect(linesOf(tree)).toHaveLength(panesOf(tree).length - 1);
  }
  expect(layout.front === null ? panes.length === 0 : panes.includes(layout.front)).toBe(true);
}
function checkTree(tree: PaneTree<string>): void {
  if (tree.type === 'pane') return;
  expect(tree.parts.length).toBeGreaterThan(1);
  expect(tree.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  for (const { tree: part } of tree.parts) {
    if (part.type === 'split') expect(part.direction).not.toBe(tree.direction);
    checkTree(part);
  }
}

it('loses and doubles no pane, and has shares that come to 1, whatever is done', () => {
  const step = fc.record({
    kind: fc.constantFrom(
      'tab',
      'split',
      'close',
      'move',
      'join',
      'out',
      'order',
      'line',
      'equal',
      'front',
      'follow',
    ),
    one: fc.nat(),
    other: fc.nat(),
    side: fc.constantFrom(...sides),
    by: fc.double({ min: -2, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let layout: Layout = emptyLayout;
      let panes: string[] = [];
      let made = 0;
      for (const { kind, one, other, side, by } of steps) {
        const a = panes[one % Math.max(1, panes.length)] ?? 'none';
        const b = panes[other % Math.max(1, panes.length)] ?? 'none';
        const added = `p${made}`;
        if (kind === 'tab' || panes.length === 0) {
          made += 1;
          panes = [...panes, added];
          layout = withTab(layout, added);
        } else if (kind === 'split') {
          made += 1;
          panes = [...panes, added];
          layout = withPaneBeside(layout, added, a, side);
        } else if (kind === 'close') {
          panes = panes.filter((each) => each !== a);
          layout = withoutPaneIn(layout, a);
        } else if (kind === 'move') layout = withPaneBeside(layout, a, b, side);
        else if (kind === 'join') layout = withTabBeside(layout, a, b, side);
        else if (kind === 'out') layout = withPaneAsTab(layout, a, other % (layout.tabs.length + 1));
        else if (kind === 'order') layout = withTabMoved(layout, a, other % (layout.tabs.length + 1));
        else if (kind === 'equal') layout = withTree(layout, a, withEqualShares);
        else if (kind === 'front') layout = withFront(layout, a);
        else if (kind === 'line') {
          layout = withTree(layout, a, (tree) => {
            const line = lineOf(tree, a, side);
            return line === null ? tree : withLineMoved(tree, line.path, line.index, by);
          });
        } else {
          panes = [...panes.filter((each) => each !== b), 'new'];
          panes = [...new Set(panes)];
          layout = reconciled(layout, panes);
        }
        check(layout, panes);
      }
    }),
    { numRuns: 300 },
  );
});

describe('a split', () => {
  it('halves the pane that it is of; one of the same direction has no split within it', () => {
    let layout = withPaneBeside(tabs('a'), 'b', 'a', 'right');
    expect(shown(layout)).toBe('(a:50 b:50) < b');
    layout = withPaneBeside(layout, 'c', 'b', 'right');
    expect(shown(layout)).toBe('(a:50 b:25 c:25) < c');
    layout = withPaneBeside(layout, 'd', 'a', 'down');
    expect(shown(layout)).toBe('([a:50 d:50]:50 b:25 c:25) < d');
    layout = withPaneBeside(layout, 'e', 'd', 'left');
    expect(shown(layout)).toBe('([a:50 (e:50 d:50):50]:50 b:25 c:25) < e');
  });

  it('gives the place of a pane that is closed to the others, and the keyboard to one beside it', () => {
    const layout = withPaneBeside(withPaneBeside(tabs('x', 'a'), 'b', 'a', 'right'), 'c', 'b', 'down');
    expect(shown(withoutPaneIn(layout, 'c'))).toBe('x | (a:50 b:50) < a');
    expect(shown(withoutPaneIn(layout, 'a'))).toBe('x | [b:50 c:50] < c');
    expect(shown(withoutPaneIn(tabs('a', 'b', 'c'), 'c'))).toBe('a | b < b');
    expect(shown(withoutPaneIn(withFront(tabs('a', 'b', 'c'), 'a'), 'a'))).toBe('b | c < b');
  });

  it('takes a tab with all its panes, and gives a pane back as a tab', () => {
    const two = withPaneBeside(tabs('a', 'b'), 'c', 'b', 'down');
    const joined = withTabBeside(two, 'c', 'a', 'left');
    expect(shown(joined)).toBe('([b:50 c:50]:50 a:50) < c');
    expect(shown(withPaneAsTab(joined, 'b', 0))).toBe('b | (c:50 a:50) < b');
    expect(withTabBeside(joined, 'b', 'a', 'up')).toBe(joined);
    expect(withPaneBeside(joined, 'a', 'a', 'up')).toBe(joined);
  });

  it('has lines that move until a pane is at its least', () => {
    const { tabs: all } = withPaneBeside(tabs('a'), 'b', 'a', 'right');
    const [tab] = all;
    const tree = tab?.tree ?? pane('none');
    expect(drawn(withLineMoved(tree, [], 0, 0.2))).toBe('(a:70 b:30)');
    expect(drawn(withLineMoved(tree, [], 0, -3))).toBe('(a:8 b:92)');
    expect(drawn(withEqualShares(withLineMoved(tree, [], 0, 0.2)))).toBe('(a:50 b:50)');
    expect(lineOf(tree, 'b', 'left')).toEqual({ path: [], index: 0, by: -1 });
    expect(lineOf(tree, 'b', 'up')).toBeNull();
  });
});

describe('tabs', () => {
  it('are ordered as they are moved', () => {
    const layout = tabs('a', 'b', 'c');
    expect(shown(withTabMoved(layout, 'a', 3))).toBe('b | c | a < c');
    expect(shown(withTabMoved(layout, 'a', 1))).toBe('a | b | c < c');
    expect(shown(withTabMoved(layout, 'c', 0))).toBe('c | a | b < c');
  });

  it('follow the sessions that are there', () => {
    const layout = withPaneBeside(tabs('a', 'b'), 'c', 'a', 'right');
    expect(shown(reconciled(layout, ['c', 'b', 'd']))).toBe('c | b | d < d');
    expect(shown(reconciled(layout, ['a', 'b', 'c']))).toBe(shown(layout));
    expect(reconciled(layout, [])).toEqual(emptyLayout);
  });

  it('keep their places where panes become others', () => {
    const layout = withPaneBeside(tabs('a', 'b'), 'c', 'a', 'right');
    const upper = mapLayout(layout, (name) => (name === 'b' ? null : name.toUpperCase()));
    expect(shown(upper)).toBe('(A:50 C:50) < C');
    expect(tabOf(upper, 'B')).toBeUndefined();
  });
});

describe('places', () => {
  const [tab] = withPaneBeside(withPaneBeside(tabs('a'), 'b', 'a', 'right'), 'c', 'b', 'down').tabs;
  const places = placesOf(tab?.tree ?? pane('none'));

  it.each<[string, Side, string | null]>([
    ['a', 'right', 'b'],
    ['b', 'left', 'a'],
    ['c', 'left', 'a'],
    ['b', 'down', 'c'],
    ['c', 'up', 'b'],
    ['a', 'left', null],
    ['a', 'down', null],
  ])('beside %s on the %s is %s', (from, side, to) => {
    expect(neighbourOf(places, from, side)).toBe(to);
  });

  it('tell the nearest side of the pane at a point', () => {
    expect(sideAt(places, 0.02, 0.5)).toEqual({ pane: 'a', side: 'left' });
    expect(sideAt(places, 0.75, 0.45)).toEqual({ pane: 'b', side: 'down' });
    expect(sideAt(places, 0.75, 0.55)).toEqual({ pane: 'c', side: 'up' });
    expect(sideAt(places, 1.5, 0.5)).toBeNull();
  });
});

import type { PaneTree } from '../../preload/contract/dock-layout.ts';
import type { Side } from '../state/dock-tree.ts';

/** Where something is in the place of all panes, in shares of it. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A line between two parts of a split. */
export interface SplitLine extends Place {
  /** The way to its split, and the part before it. */
  readonly path: readonly number[];
  readonly index: number;
  readonly direction: 'row' | 'column';
  /** How long the split is in its direction, in shares of the place of all panes. */
  readonly splitShare: number;
  /** The share of the part before it in both parts that it is between. */
  readonly value: number;
}

const whole: Place = { left: 0, top: 0, width: 1, height: 1 };

/** Where each pane of a tree is. */
export function placesOf<P>(tree: PaneTree<P>, within: Place = whole): ReadonlyMap<P, Place> {
  if (tree.type === 'pane') return new Map([[tree.pane, within]]);
  return new Map(partsOf(tree, within).flatMap(({ place, tree: part }) => [...placesOf(part, place)]));
}

/** The lines between the panes of a tree. */
export function linesOf<P>(
  tree: PaneTree<P>,
  within: Place = whole,
  path: readonly number[] = [],
): readonly SplitLine[] {
  if (tree.type === 'pane') return [];
  const isRow = tree.direction === 'row';
  const parts = partsOf(tree, within);
  return parts.flatMap(({ place, tree: part }, index) => {
    const inner = linesOf(part, place, [...path, index]);
    const [before, after] = [tree.parts[index], tree.parts[index + 1]];
    if (before === undefined || after === undefined) return inner;
    const line: SplitLine = {
      ...place,
      ...(isRow
        ? { left: place.left + place.width, width: 0 }
        : { top: place.top + place.height, height: 0 }),
      path,
      index,
      direction: tree.direction,
      splitShare: isRow ? within.width : within.height,
      value: before.share / (before.share + after.share),
    };
    return [line, ...inner];
  });
}

function partsOf<P>(
  tree: PaneTree<P> & { readonly type: 'split' },
  within: Place,
): readonly { readonly place: Place; readonly tree: PaneTree<P> }[] {
  let at = 0;
  return tree.parts.map(({ share, tree: part }) => {
    const place =
      tree.direction === 'row'
        ? { ...within, left: within.left + at * within.width, width: share * within.width }
        : { ...within, top: within.top + at * within.height, height: share * within.height };
    at += share;
    return { place, tree: part };
  });
}

/** The pane beside a pane: of those on that side the nearest, and of these the one across from its middle. */
export function neighbourOf<P>(places: ReadonlyMap<P, Place>, pane: P, side: Side): P | null {
  const from = places.get(pane);
  if (from === undefined) return null;
  const isRow = side === 'left' || side === 'right';
  const middle = isRow ? from.top + from.height / 2 : from.left + from.width / 2;
  const distances = [...places].flatMap(([each, place]) => {
    if (each === pane) return [];
    const gap = {
      left: from.left - (place.left + place.width),
      right: place.left - (from.left + from.width),
      up: from.top - (place.top + place.height),
      down: place.top - (from.top + from.height),
    }[side];
    if (gap < -1e-6) return [];
    const [start, length] = isRow ? [place.top, place.height] : [place.left, place.width];
    const aside = middle < start ? start - middle : middle > start + length ? middle - start - length : 0;
    return [{ each, distance: gap + aside * 10 }];
  });
  return distances.sort((one, other) => one.distance - other.distance)[0]?.each ?? null;
}

/** The pane at a point, and its side that is nearest to it. */
export function sideAt<P>(
  places: ReadonlyMap<P, Place>,
  x: number,
  y: number,
): { readonly pane: P; readonly side: Side } | null {
  for (const [pane, { left, top, width, height }] of places) {
    const [across, down] = [(x - left) / width, (y - top) / height];
    if (across < 0 || across > 1 || down < 0 || down > 1) continue;
    const [horizontal, vertical] = [across - 0.5, down - 0.5];
    const side =
      Math.abs(horizontal) > Math.abs(vertical)
        ? horizontal < 0
          ? 'left'
          : 'right'
        : vertical < 0
          ? 'up'
          : 'down';
    return { pane, side };
  }
  return null;
}

/** The half of a place on one side of it. */
export function halfOf({ left, top, width, height }: Place, side: Side): Place {
  const isRow = side === 'left' || side === 'right';
  return {
    left: side === 'right' ? left + width / 2 : left,
    top: side === 'down' ? top + height / 2 : top,
    width: isRow ? width / 2 : width,
    height: isRow ? height : height / 2,
  };
}

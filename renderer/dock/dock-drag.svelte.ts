import type { SessionId } from '../../preload/contract/brands.ts';
import { panesOf } from '../../preload/contract/dock-layout.ts';
import {
  tabOf,
  withPaneAsTab,
  withPaneBeside,
  withTabBeside,
  withTabMoved,
  type Side,
} from '../state/dock-tree.ts';
import { terminalDock } from '../state/dock.svelte.ts';
import { placesOf, sideAt } from './pane-places.ts';

/** So far the pointer goes before it drags. */
const thresholdPx = 6;

/** Where what is dragged would be put. */
type DropTarget =
  | { readonly kind: 'tabs'; readonly index: number }
  | { readonly kind: 'side'; readonly pane: SessionId; readonly side: Side };

/** What is dragged: a whole tab by its tab, or one pane by its head. */
interface Dragged {
  readonly id: SessionId;
  readonly isTab: boolean;
}

/** A drag of a tab, or of a pane out of its split, to the tabs or to a side of a pane. */
export class DockDrag {
  #pressed: (Dragged & { readonly x: number; readonly y: number }) | null = null;
  #target = $state.raw<DropTarget | null>(null);
  #isDragging = $state(false);

  get target(): DropTarget | null {
    return this.#target;
  }

  get isDragging(): boolean {
    return this.#isDragging;
  }

  /** The pointer is pressed somewhere in the dock. */
  press(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const handle = event.target.closest<HTMLElement>('[data-drag-tab], [data-drag-pane]');
    const { dragTab, dragPane } = handle?.dataset ?? {};
    const id = (dragTab ?? dragPane) as SessionId | undefined;
    if (id === undefined) return;
    this.#pressed = { id, isTab: dragTab !== undefined, x: event.clientX, y: event.clientY };
  }

  /** The pointer moves, anywhere in the window. */
  move(event: PointerEvent, dock: HTMLElement): void {
    const from = this.#pressed;
    if (from === null) return;
    if (!this.#isDragging && Math.hypot(event.clientX - from.x, event.clientY - from.y) < thresholdPx) return;
    this.#isDragging = true;
    this.#target = targetAt(from, event.clientX, event.clientY, dock);
  }

  /** The pointer is let go: what was dragged goes where it would be put. */
  drop(): void {
    const [from, to] = [this.#pressed, this.#target];
    const isDragging = this.#isDragging;
    this.cancel();
    if (from === null || to === null || !isDragging) return;
    terminalDock.change((layout) => {
      if (to.kind === 'tabs')
        return from.isTab
          ? withTabMoved(layout, from.id, to.index)
          : withPaneAsTab(layout, from.id, to.index);
      return from.isTab
        ? withTabBeside(layout, from.id, to.pane, to.side)
        : withPaneBeside(layout, from.id, to.pane, to.side);
    });
    terminalDock.show(from.id);
  }

  cancel(): void {
    this.#pressed = null;
    this.#target = null;
    this.#isDragging = false;
  }
}

function targetAt(from: Dragged, x: number, y: number, dock: HTMLElement): DropTarget | null {
  const strip = dock.querySelector('[role=tablist]')?.parentElement?.getBoundingClientRect();
  if (strip !== undefined && contains(strip, x, y)) {
    const tabs = [...dock.querySelectorAll('[data-drag-tab]')].map((tab) => tab.getBoundingClientRect());
    const index = tabs.findIndex(({ left, width }) => x < left + width / 2);
    return { kind: 'tabs', index: index === -1 ? tabs.length : index };
  }
  const area = dock.querySelector('[data-panes]')?.getBoundingClientRect();
  const { layout } = terminalDock;
  const tab = tabOf(layout, layout.front);
  if (area === undefined || tab === undefined || !contains(area, x, y)) return null;
  const at = sideAt(placesOf(tab.tree), (x - area.left) / area.width, (y - area.top) / area.height);
  if (at === null || at.pane === from.id) return null;
  // A tab cannot be put into itself.
  return from.isTab && panesOf(tab.tree).includes(from.id) ? null : { kind: 'side', ...at };
}

const contains = ({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

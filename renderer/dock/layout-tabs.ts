import type { SessionId } from '../../preload/contract/brands.ts';
import { panesOf, type DockLayout } from '../../preload/contract/dock-layout.ts';
import type { DockTab, TabMark } from '../components/layout/tab.ts';
import { dockTab, type DockEntry } from './dock-entry.ts';

/**
 * The tabs of a layout: each is called by its first pane, and looks like the one that has the keyboard. A bell that rang
 * in any of its panes marks it, and so does what any of them is marked with.
 */
export function layoutTabs(
  layout: DockLayout<SessionId>,
  entryOf: (id: SessionId) => DockEntry | undefined,
  {
    hasRung,
    marksOf,
  }: {
    readonly hasRung: (id: SessionId) => boolean;
    readonly marksOf: (id: SessionId) => readonly TabMark[];
  },
): readonly DockTab[] {
  return layout.tabs.flatMap(({ tree, front }) => {
    const panes = panesOf(tree);
    const [first = front] = panes;
    const entry = entryOf(front);
    if (entry === undefined) return [];
    const marks = [...new Map(panes.flatMap(marksOf).map((mark) => [mark.word, mark])).values()];
    const tab = { ...dockTab(entry), id: first, hasRung: panes.some(hasRung), marks, panelIds: panes };
    return [panes.length === 1 ? tab : { ...tab, count: panes.length }];
  });
}

import { SvelteSet } from 'svelte/reactivity';
import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import { emptyLayout, panesOf, type DockLayout } from '../../preload/contract/dock-layout.ts';
import type { Result } from '../../preload/contract/result.ts';
import { client } from '../client.ts';
import { act } from './act.ts';
import { reconciled, tabOf, withFront, withPaneBeside, withTab, type Side } from './dock-tree.ts';
import { snapshot } from './snapshot.svelte.ts';

const heightKey = 'dock-height-px';
const openKey = 'dock-is-open';
/** Room for a dozen lines, and for the page above. */
const defaultHeightPx = (): number => Math.max(212, Math.round(window.innerHeight * 0.4));
/** Below this the text of a console cannot be read. */
const consoleHeightPx = 400;

/** A session, a shell or a console, as the dock knows it. */
export interface DockSession {
  readonly id: SessionId;
  /** Restored from the last run and not asked for yet: it comes neither to the front nor opens the dock. */
  readonly isRestored?: boolean;
}

/**
 * The dock below the pages: whether it shows, how high it is, how its sessions stand in it, and which is in front. What was
 * kept of it is read when it is needed: the first question to `localStorage` holds the page while Chromium opens a database.
 */
class Dock {
  #isOpen = $state(false);
  #wasRestored = false;
  #known: ReadonlySet<SessionId> = new Set();
  /** Panes of the kept layout whose sessions main has not told yet: they keep their places. */
  #awaited: readonly SessionId[] = [];
  #layout = $state.raw<DockLayout<SessionId>>(emptyLayout);
  /** Null: as it was kept. */
  #heightPx = $state<number | null>(null);
  #keptHeightPx: number | null = null;
  #isMaximized = $state(false);
  readonly #rung = new SvelteSet<SessionId>();

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The tabs and their panes. */
  get layout(): DockLayout<SessionId> {
    return this.#layout;
  }

  get activeId(): SessionId | null {
    return this.#layout.front;
  }

  get heightPx(): number {
    // It is asked for at the start, by a dock that does not show and whose height nobody sees.
    const isSeen = this.#isOpen || this.#heightPx !== null || this.#keptHeightPx !== null;
    return isSeen ? this.#chosenHeightPx() : defaultHeightPx();
  }

  #chosenHeightPx(): number {
    if (this.#heightPx !== null) return this.#heightPx;
    this.#keptHeightPx ??= Number(localStorage.getItem(heightKey)) || defaultHeightPx();
    return this.#keptHeightPx;
  }

  /** Whether a session is seen: it is in the tab in front, and the dock shows. */
  isSeen(id: SessionId): boolean {
    const tab = tabOf(this.#layout, this.#layout.front);
    return this.#isOpen && tab !== undefined && panesOf(tab.tree).includes(id);
  }

  /** The bell rang in it, and nobody has looked since. */
  hasRung(id: SessionId): boolean {
    return this.#rung.has(id);
  }

  /** The bell rings in a session. What is looked at needs no mark. */
  ring(id: SessionId): void {
    if (!this.isSeen(id)) this.#rung.add(id);
  }

  /** It takes the page's place too; another page that is asked for brings the page back. */
  get isMaximized(): boolean {
    return this.#isMaximized && this.#isOpen;
  }

  maximize(): void {
    this.#isMaximized = true;
  }

  /** Back to its height below the page. */
  restore(): void {
    this.#isMaximized = false;
  }

  /**
   * Follows the list of sessions, shells and consoles: one that was opened elsewhere, as from the tray, comes to the front; and so does what
   * is there when a window is made again.
   */
  follow(sessions: readonly DockSession[]): void {
    const fresh = sessions.filter(({ id, isRestored }) => !this.#known.has(id) && isRestored !== true).at(-1);
    this.#known = new Set(sessions.map(({ id }) => id));
    const { front } = this.#layout;
    this.#awaited = this.#awaited.filter((id) => !this.#known.has(id));
    const grown = reconciled(this.#layout, [...this.#known, ...this.#awaited]);
    // Tabs that were restored come behind what is in front.
    this.#layout = front !== null && this.#known.has(front) ? withFront(grown, front) : grown;
    if (fresh !== undefined) this.show(fresh.id);
  }

  /** Takes the layout that main has kept, for the sessions that are there. It shows where it did in the last run. */
  takeKept(kept: DockLayout<SessionId>): void {
    const keptPanes = kept.tabs.flatMap(({ tree }) => panesOf(tree));
    this.#awaited = keptPanes.filter((id) => !this.#known.has(id));
    const { front } = this.#layout;
    // Sessions that were restored may be told later than the layout.
    const both = reconciled(kept, [...new Set([...keptPanes, ...this.#known])]);
    const isNew = front !== null && !keptPanes.includes(front);
    this.#layout = isNew || kept.front === null ? both : withFront(both, kept.front);
    const wasOpen = !this.#wasRestored && this.#layout.tabs.length > 0;
    this.#wasRestored = true;
    if (wasOpen && localStorage.getItem(openKey) === 'yes') this.#setOpen(true);
  }

  /** Changes how the panes stand. */
  change(change: (layout: DockLayout<SessionId>) => DockLayout<SessionId>): void {
    this.#layout = change(this.#layout);
    this.#see();
  }

  /** Brings a session to the front, and the dock into view. */
  show(id: SessionId): void {
    this.change((layout) => withFront(tabOf(layout, id) === undefined ? withTab(layout, id) : layout, id));
    this.#setOpen(true);
  }

  /** Hides the dock; its sessions go on. */
  hide(): void {
    this.#setOpen(false);
    this.#isMaximized = false;
  }

  toggle(): void {
    this.#setOpen(!this.#isOpen);
  }

  #setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
    localStorage.setItem(openKey, isOpen ? 'yes' : 'no');
    this.#see();
  }

  #see(): void {
    for (const id of this.#rung) if (this.isSeen(id)) this.#rung.delete(id);
  }

  /** Gives a console room to be read; the height that the user chose is kept for the next start. */
  makeRoomForConsole(): void {
    this.#heightPx = Math.max(this.#chosenHeightPx(), consoleHeightPx);
  }

  /** Makes the dock higher by what a question lacks to be seen whole, as far as the window goes; kept as for a console. */
  makeRoom(missingPx: number): void {
    const heightPx = this.#chosenHeightPx();
    this.#heightPx = heightPx + Math.max(0, Math.min(missingPx, 600 - heightPx));
  }

  resize(heightPx: number): void {
    this.#heightPx = heightPx;
    localStorage.setItem(heightKey, String(Math.round(heightPx)));
  }
}

export const terminalDock = new Dock();

/** Opens a shell on an instance beside a pane of the dock. */
export async function openShellBeside(instanceId: InstanceId, at: SessionId, side: Side): Promise<void> {
  const opened = await act(client.terminal.open({ instanceId }), null, {
    about: `SSH to ${nameOf(instanceId)}`,
  });
  if (!opened.ok) return;
  const { sessionId } = opened.value;
  terminalDock.change((layout) => withPaneBeside(layout, sessionId, at, side));
  terminalDock.show(sessionId);
}

/** Opens a shell on an instance in a new tab of the dock. */
export function openShell(instanceId: InstanceId): Promise<void> {
  return openTab(client.terminal.open({ instanceId }), `SSH to ${nameOf(instanceId)}`);
}

/** Opens the files of an instance in a new tab of the dock. */
export function openFiles(instanceId: InstanceId): Promise<void> {
  terminalDock.makeRoomForConsole();
  return openTab(client.files.open({ instanceId }), `Files of ${nameOf(instanceId)}`);
}

/** Opens the console of an instance in a new tab of the dock. */
export function openConsole(instanceId: InstanceId): Promise<void> {
  terminalDock.makeRoomForConsole();
  return openTab(client.console.open({ instanceId }), `Console of ${nameOf(instanceId)}`);
}

function nameOf(instanceId: InstanceId): string {
  return snapshot.nameOf(instanceId) ?? 'an instance';
}

async function openTab(
  opening: Promise<Result<{ readonly sessionId: SessionId }>>,
  about: string,
): Promise<void> {
  const opened = await act(opening, null, { about });
  if (opened.ok) terminalDock.show(opened.value.sessionId);
}

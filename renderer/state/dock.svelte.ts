import { SvelteSet } from 'svelte/reactivity';
import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { Result } from '../../preload/contract/result.ts';
import { client } from '../client.ts';
import { act } from './act.ts';
import { snapshot } from './snapshot.svelte.ts';

const heightKey = 'dock-height-px';
/** Room for a dozen lines, and for the page above. */
const defaultHeightPx = Math.max(212, Math.round(window.innerHeight * 0.4));
/** Below this the text of a console cannot be read. */
const consoleHeightPx = 400;

/** The dock below the pages: whether it shows, how high it is, and which session is in front. */
class Dock {
  #isOpen = $state(false);
  #known: ReadonlySet<SessionId> = new Set();
  #activeId = $state.raw<SessionId | null>(null);
  #heightPx = $state(Number(localStorage.getItem(heightKey)) || defaultHeightPx);
  #isMaximized = $state(false);
  readonly #rung = new SvelteSet<SessionId>();

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get activeId(): SessionId | null {
    return this.#activeId;
  }

  get heightPx(): number {
    return this.#heightPx;
  }

  /** The bell rang in it, and nobody has looked since. */
  hasRung(id: SessionId): boolean {
    return this.#rung.has(id);
  }

  /** The bell rings in a session. What is looked at needs no mark. */
  ring(id: SessionId): void {
    if (!this.#isOpen || id !== this.#activeId) this.#rung.add(id);
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
  follow(sessions: readonly { readonly id: SessionId }[]): void {
    const fresh = sessions.filter(({ id }) => !this.#known.has(id)).at(-1);
    this.#known = new Set(sessions.map(({ id }) => id));
    if (fresh !== undefined) this.show(fresh.id);
  }

  /** Brings a session to the front, and the dock into view. */
  show(id: SessionId): void {
    this.#activeId = id;
    this.#rung.delete(id);
    this.#isOpen = true;
  }

  /** Hides the dock; its sessions go on. */
  hide(): void {
    this.#isOpen = false;
    this.#isMaximized = false;
  }

  toggle(): void {
    this.#isOpen = !this.#isOpen;
    if (this.#isOpen && this.#activeId !== null) this.#rung.delete(this.#activeId);
  }

  /** Gives a console room to be read; the height that the user chose is kept for the next start. */
  makeRoomForConsole(): void {
    this.#heightPx = Math.max(this.#heightPx, consoleHeightPx);
  }

  /** Makes the dock higher by what a question lacks to be seen whole, as far as the window goes; kept as for a console. */
  makeRoom(missingPx: number): void {
    this.#heightPx += Math.max(0, Math.min(missingPx, 600 - this.#heightPx));
  }

  resize(heightPx: number): void {
    this.#heightPx = heightPx;
    localStorage.setItem(heightKey, String(Math.round(heightPx)));
  }
}

export const terminalDock = new Dock();

/** Opens a shell on an instance in a new tab of the dock. */
export function openShell(instanceId: InstanceId): Promise<void> {
  return openTab(client.terminal.open({ instanceId }), `SSH to ${nameOf(instanceId)}`);
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

import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import { client } from '../client.ts';
import { act } from '../state/act.ts';

const heightKey = 'dock-height-px';
const defaultHeightPx = 212;

/** The dock below the pages: whether it shows, how high it is, and which session is in front. */
class Dock {
  #isOpen = $state(false);
  #activeId = $state.raw<SessionId | null>(null);
  #heightPx = $state(Number(localStorage.getItem(heightKey)) || defaultHeightPx);

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get activeId(): SessionId | null {
    return this.#activeId;
  }

  get heightPx(): number {
    return this.#heightPx;
  }

  /** Brings a session to the front, and the dock into view. */
  show(id: SessionId): void {
    this.#activeId = id;
    this.#isOpen = true;
  }

  /** Hides the dock; its sessions go on. */
  hide(): void {
    this.#isOpen = false;
  }

  toggle(): void {
    this.#isOpen = !this.#isOpen;
  }

  resize(heightPx: number): void {
    this.#heightPx = heightPx;
    localStorage.setItem(heightKey, String(Math.round(heightPx)));
  }
}

export const terminalDock = new Dock();

/** Opens a shell on an instance in a new tab of the dock. */
export async function openShell(instanceId: InstanceId): Promise<void> {
  const opened = await act(client.terminal.open({ instanceId }), null);
  if (opened.ok) terminalDock.show(opened.value.sessionId);
}

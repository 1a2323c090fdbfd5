import type { SessionId } from '../../preload/contract/brands.ts';
import { shownTerminals } from './shown-terminals.svelte.ts';

/**
 * The terminals that are typed into together: what a person types or pastes in one of them goes to all. It lives as long as
 * the window's page, and a terminal that is not open any longer is none of them.
 */
class Broadcast {
  #members = $state.raw<ReadonlySet<SessionId>>(new Set());
  /** Whether its terminals are being chosen. */
  isChoosing = $state(false);

  /** Its terminals; none, or two and more. */
  get members(): ReadonlySet<SessionId> {
    return this.#members;
  }

  has(id: SessionId): boolean {
    return this.#members.has(id);
  }

  /** Types into these together from now on, and into no others. One alone is no broadcast. */
  choose(ids: Iterable<SessionId>): void {
    const chosen = new Set(ids);
    this.#members = chosen.size < 2 ? new Set() : chosen;
  }

  /** A terminal is typed into by itself again. */
  leave(id: SessionId): void {
    if (this.has(id)) this.choose([...this.#members].filter((each) => each !== id));
  }

  /** Every terminal is typed into by itself again. */
  stop(): void {
    this.choose([]);
  }

  /** Sends what was typed in one of its terminals to the others, as it is. */
  type(from: SessionId, text: string): void {
    for (const id of this.#othersThan(from)) shownTerminals.get(id)?.type(text);
  }

  /** Pastes what was pasted in one of its terminals into the others, each as its program takes a paste. */
  paste(from: SessionId, text: string): void {
    for (const id of this.#othersThan(from)) shownTerminals.get(id)?.paste(text);
  }

  #othersThan(from: SessionId): readonly SessionId[] {
    return this.has(from) ? [...this.#members].filter((id) => id !== from) : [];
  }
}

export const broadcast = new Broadcast();

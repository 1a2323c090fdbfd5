import { SvelteMap } from 'svelte/reactivity';
import type { AgentTurn } from '../../../preload/contract/agent.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';

/** What is being written to the agent of each instance. It outlives the page, so that no text is lost. */
class Drafts {
  readonly #texts = new SvelteMap<InstanceId, string>();
  /** Instances whose failed message was put back already: once is enough. */
  readonly #putBack = new Set<InstanceId>();

  get(id: InstanceId): string {
    return this.#texts.get(id) ?? '';
  }

  set(id: InstanceId, text: string): void {
    this.#texts.set(id, text);
  }

  /** Takes in how a turn is: the message of one that failed comes back, before what was written since. */
  sawTurn(id: InstanceId, turn: AgentTurn): void {
    if (turn.phase !== 'failed') {
      this.#putBack.delete(id);
      return;
    }
    if (this.#putBack.has(id)) return;
    this.#putBack.add(id);
    // After a restart the message is not known.
    if (turn.message === '') return;
    const written = this.get(id);
    if (written !== turn.message) this.set(id, written === '' ? turn.message : `${turn.message}\n${written}`);
  }
}

/** The messages that were typed and not sent. */
export const drafts = new Drafts();

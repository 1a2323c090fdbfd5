import { SvelteMap } from 'svelte/reactivity';
import type { AgentTurn } from '../../../preload/contract/agent.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { withAttached, withoutAttached } from './attaching.ts';

/** A text that was added to a message, and what it is. */
export interface AttachedText {
  readonly title: string;
  readonly text: string;
}

/** What is being written to the agent of each instance. It outlives the page, so that no text is lost. */
class Drafts {
  readonly #texts = new SvelteMap<InstanceId, string>();
  readonly #attached = new SvelteMap<InstanceId, readonly AttachedText[]>();
  /** Instances whose failed message was put back already: once is enough. */
  readonly #putBack = new Set<InstanceId>();

  get(id: InstanceId): string {
    return this.#texts.get(id) ?? '';
  }

  set(id: InstanceId, text: string): void {
    this.#texts.set(id, text);
  }

  /** Adds a text to what is being written. The message is what is written, and nothing else. */
  attach(id: InstanceId, attached: AttachedText): void {
    this.#attached.set(id, [...this.attachedTo(id), attached]);
    this.set(id, withAttached(this.get(id), attached.text));
  }

  /** Takes out what was added. */
  detach(id: InstanceId, text: string): void {
    this.set(id, withoutAttached(this.get(id), text));
  }

  /** What was added and is in the message as it was: what was changed there is the user's own. */
  attachedTo(id: InstanceId): readonly AttachedText[] {
    const written = this.get(id);
    const all = (this.#attached.get(id) ?? []).filter(({ text }) => written.includes(text));
    return [...new Map(all.map((each) => [each.text, each])).values()];
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

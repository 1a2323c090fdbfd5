import type { ShieldIpId } from '../../preload/contract/brands.ts';
import type { ShieldEdit } from '../../preload/contract/firewall.ts';
import { accounts } from './app.svelte.ts';

/** What is staged for one address, until it is applied or discarded. */
export class ShieldDraft {
  #edits = $state.raw<readonly ShieldEdit[]>([]);
  /** This computer's address as the instance sees it, as typed. */
  peerAddress = $state('');

  get edits(): readonly ShieldEdit[] {
    return this.#edits;
  }

  /** Stages a change, in place of an earlier one of the same rule or policy. */
  stage(edit: ShieldEdit): void {
    const isThere = this.#edits.some((each) => keyOf(each) === keyOf(edit));
    this.#edits = isThere
      ? this.#edits.map((each) => (keyOf(each) === keyOf(edit) ? edit : each))
      : [...this.#edits, edit];
  }

  /** Takes back what is staged of one rule, by its id or key, or of a policy, by `policy in` or `policy out`. */
  discard(key: string): void {
    this.#edits = this.#edits.filter((each) => keyOf(each) !== key);
  }

  /** Stages these changes and no others. */
  stageAll(edits: readonly ShieldEdit[]): void {
    this.#edits = edits;
  }

  discardAll(): void {
    this.#edits = [];
  }
}

/** What a staged change is about: a rule's id, a new rule's key, or a policy. */
export function keyOf(edit: ShieldEdit): string {
  if (edit.kind === 'policy') return `policy ${edit.direction}`;
  return edit.kind === 'add' ? edit.key : edit.ruleId;
}

// Not reactive: what is in a draft is, and a draft never goes.
const drafts: Record<string, ShieldDraft> = {};

/** What is staged for an address of the account that is shown. It stays while the window does. */
export function shieldDraft(ipId: ShieldIpId): ShieldDraft {
  const key = `${accounts.current?.currentId ?? ''} ${ipId}`;
  const found = drafts[key] ?? new ShieldDraft();
  drafts[key] = found;
  return found;
}

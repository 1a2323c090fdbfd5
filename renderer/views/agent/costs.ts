import type { ConversationNote } from '../../../preload/contract/agent.ts';
import { formatCents, formatCounted, formatWhole } from '../../../preload/contract/format.ts';

/** What the turns of a conversation that were sent from this computer cost; null where none was. */
export function costInWords({ costCents, turns, unpricedTurns }: ConversationNote): string | null {
  if (turns === 0) return null;
  if (unpricedTurns === turns) return `The cost of ${formatCounted(turns, 'turn')} is not known.`;
  const sum = `${formatCounted(turns, 'turn')} from this computer cost ${formatCents(costCents)}`;
  return unpricedTurns === 0 ? `${sum}.` : `${sum}; of ${formatWhole(unpricedTurns)} it is not known.`;
}

/**
 * Whether to ask before the next turn of a conversation, by what it has cost and the budget (cents; 0: never).
 * `allowedCents`: what it had cost when the user last said to go on; then it asks after as much again.
 */
export function asksFirst(costCents: number, budgetCents: number, allowedCents: number | null): boolean {
  return budgetCents > 0 && costCents >= (allowedCents ?? 0) + budgetCents;
}

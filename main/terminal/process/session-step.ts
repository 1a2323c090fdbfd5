import type { SessionPhase } from '../../../preload/contract/terminal.ts';

/** Whether a session does the same as before: at the same server, if only with another latency. */
export function isSameStep(one: SessionPhase, other: SessionPhase): boolean {
  return one.phase === other.phase && jumpHostOf(one) === jumpHostOf(other);
}

function jumpHostOf(state: SessionPhase): string | null {
  return 'jumpHost' in state ? (state.jumpHost ?? null) : null;
}

import type { AgentTurn } from '../../preload/contract/agent.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { formatCents } from '../../preload/contract/format.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { displayName } from '../domain/index.ts';

/** What to tell when a turn ended and nobody was looking; null while it has not ended. */
export function turnNotice(
  accountId: AccountId,
  instance: Pick<Instance, 'id' | 'name'>,
  turn: AgentTurn,
  nowMs: number,
): Notice | null {
  const name = displayName(instance);
  const common = { kind: 'agent', instanceId: instance.id, atMs: nowMs } as const;
  const keyOf = (atMs: number) => `${accountId}/${instance.id}/agent/${atMs}`;
  switch (turn.phase) {
    case 'done': {
      const minutes = Math.round((turn.endedAtMs - turn.startedAtMs) / 60_000);
      const took = minutes < 1 ? 'It took less than a minute' : `It took ${minutes} min`;
      const cost = turn.costCents === null ? '' : ` and cost ${formatCents(turn.costCents)}`;
      return {
        ...common,
        key: keyOf(turn.endedAtMs),
        title: `The agent finished on ${name}`,
        body: `${took}${cost}.`,
      };
    }
    case 'failed':
      return {
        ...common,
        key: keyOf(nowMs),
        title: `No answer from the agent on ${name}`,
        body: turn.sentence,
      };
    case 'idle':
    case 'working':
    case 'not-waiting':
      return null;
  }
}

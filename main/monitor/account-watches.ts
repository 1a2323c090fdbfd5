import type { AgentTurn, Conversation, ConversationSummary } from '../../preload/contract/agent.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { WatchData, WatchKey, WatchKind, WatchUpdate } from '../../preload/contract/watch.ts';
import type { ApiClient } from '../api/index.ts';
import type { AccountMonitor } from './account-monitor.ts';
import { createLoader } from './loaders/index.ts';
import { Watches } from './watches.ts';

/** What the watches know of the agent's turns, and tell them. */
export interface TurnsView {
  turnOf(id: InstanceId): AgentTurn;
  isWorking(id: InstanceId): boolean;
  sawConversations(id: InstanceId, conversations: readonly ConversationSummary[]): void;
  sawConversation(id: InstanceId, conversation: Conversation): void;
}

export interface AccountWatchesOptions {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monitor: AccountMonitor;
  readonly turns: TurnsView;
  readonly onUpdate: (update: WatchUpdate) => void;
}

export interface AccountWatches {
  readonly watches: Watches;
  /** An agent's turn became another: it is shown at once, and what it changes is asked for. */
  readonly turnChanged: (id: InstanceId, turn: AgentTurn) => void;
}

/** The watches of one account, joined with its monitor and its agent's turns. */
export function createAccountWatches({
  client,
  monitor,
  turns,
  onUpdate,
}: AccountWatchesOptions): AccountWatches {
  const { context } = monitor;
  const watches = new Watches({
    context,
    onUpdate,
    onHeard: monitor.heard,
    isAgentWorking: (id) => turns.isWorking(id),
    load: createLoader({
      client,
      monotonicMs: () => context.clock.monotonicMs(),
      nowMs: () => context.clock.now(),
      instances: () => monitor.snapshot().instances,
      turnOf: (id) => turns.turnOf(id),
      sawLive: monitor.sawLive,
      sawConversations: (id, conversations) => turns.sawConversations(id, conversations),
      sawConversation: (id, conversation) => turns.sawConversation(id, conversation),
    }),
  });

  const ask = (key: WatchKey): void => {
    watches.refreshAnew(key).catch(context.onBug);
  };

  return {
    watches,
    turnChanged: (instanceId, turn) => {
      watches.patch({ kind: 'agent', instanceId }, (data) => withTurn(instanceId, turn, data));
      watches.reschedule();
      if (turn.phase !== 'done' && turn.phase !== 'failed') return;
      const { conversationId } = turn;
      ask({ kind: 'agent', instanceId });
      ask({ kind: 'agent-credits' });
      if (conversationId !== null) ask({ kind: 'conversation', instanceId, conversationId });
    },
  };
}

/** A turn is shown also where the list of conversations has not come yet. */
function withTurn(
  instanceId: InstanceId,
  turn: AgentTurn,
  data: WatchData[WatchKind] | null,
): WatchData['agent'] {
  const conversations = data !== null && 'conversations' in data ? data.conversations : [];
  return { instanceId, conversations, turn };
}

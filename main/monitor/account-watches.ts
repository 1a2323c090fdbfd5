import type {
  AgentTurn,
  Conversation,
  ConversationNotes,
  ConversationSummary,
} from '../../preload/contract/agent.ts';
import type { ConversationId, InstanceId } from '../../preload/contract/brands.ts';
import type { FollowedWafApp, WafApp } from '../../preload/contract/waf.ts';
import type { WatchKey, WatchUpdate } from '../../preload/contract/watch.ts';
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
  /** Gives a transcript as it crosses to the window: long outputs cut. */
  readonly forWindow: (id: InstanceId, conversation: Conversation) => Conversation;
  /** Gives a WAF application with what this app knows of its certificates. */
  readonly sawWafApp: (app: WafApp) => FollowedWafApp;
  /** The same for a list of them; `isWhole`: each of its rows came and could be used. */
  readonly sawWafApps: (apps: readonly WafApp[], isWhole: boolean) => readonly FollowedWafApp[];
  /** What is kept on this computer of an instance's conversations. */
  readonly notesOf: (id: InstanceId) => ConversationNotes;
  readonly onUpdate: (update: WatchUpdate) => void;
}

export interface AccountWatches {
  readonly watches: Watches;
  /** An agent's turn became another: it is shown at once, and what it changes is asked for. */
  readonly turnChanged: (id: InstanceId, turn: AgentTurn) => void;
  /** The answer to a message is here: it is shown at once, then the whole transcript is asked for. */
  readonly turnAnswered: (
    id: InstanceId,
    conversationId: ConversationId,
    change: (entries: Conversation['entries']) => Conversation['entries'],
  ) => void;
  /** A WAF application was read elsewhere: it is shown at once. */
  readonly wafAppRead: (app: FollowedWafApp) => void;
}

/** The watches of one account, joined with its monitor and its agent's turns. */
export function createAccountWatches({
  client,
  monitor,
  turns,
  forWindow,
  sawWafApp,
  sawWafApps,
  notesOf,
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
      notesOf,
      sawLive: monitor.sawLive,
      sawConversations: (id, conversations) => turns.sawConversations(id, conversations),
      sawConversation: (id, conversation) => turns.sawConversation(id, conversation),
      forWindow,
      sawWafApp,
      sawWafApps,
    }),
  });

  const ask = (key: WatchKey): void => {
    watches.refreshAfterCurrent(key).catch(context.onBug);
  };

  /** Turns whose transcript was asked for when their answer came. */
  const answered = new Set<InstanceId>();

  return {
    watches,
    wafAppRead: (app) => {
      watches.patch({ kind: 'waf-app', appId: app.id }, () => app);
      watches.patch(
        { kind: 'waf-apps' },
        (apps) => apps?.map((each) => (each.id === app.id ? app : each)) ?? null,
      );
    },
    turnAnswered: (instanceId, conversationId, change) => {
      const key = { kind: 'conversation', instanceId, conversationId } as const;
      watches.patch(key, (data) => {
        const seen = data ?? { id: conversationId, title: '', entries: [] };
        return { ...seen, entries: change(seen.entries) };
      });
      answered.add(instanceId);
      ask(key);
    },
    turnChanged: (instanceId, turn) => {
      watches.patch({ kind: 'agent', instanceId }, (data) => ({
        instanceId,
        // A turn is shown also where the list of conversations has not come yet.
        conversations: data?.conversations ?? [],
        turn,
        notes: notesOf(instanceId),
      }));
      watches.reschedule();
      if (turn.phase !== 'done' && turn.phase !== 'failed') return;
      const { conversationId } = turn;
      ask({ kind: 'agent', instanceId });
      ask({ kind: 'agent-credits' });
      const wasAnswered = answered.delete(instanceId);
      if (conversationId !== null && !wasAnswered) ask({ kind: 'conversation', instanceId, conversationId });
    },
  };
}

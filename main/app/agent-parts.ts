import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { AgentTurn } from '../../preload/contract/agent.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { WatchUpdate } from '../../preload/contract/watch.ts';
import type { Recorder } from '../activity/index.ts';
import {
  AgentChanges,
  AgentTurns,
  Attachments,
  crossingEntries,
  Transcripts,
  turnNotice,
  withAnswer,
  type NotesOfAccount,
  type SentTurnsOfAccount,
  type TurnAnswer,
} from '../agent/index.ts';
import type { ApiClient } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import {
  createAccountWatches,
  joinInstances,
  type AccountMonitor,
  type AccountWatches,
  type AccountWatchesOptions,
} from '../monitor/index.ts';
import { createSignal } from './signal.ts';

/** What the agents of an account take. */
export interface AgentPartsOptions {
  readonly accountId: AccountId;
  readonly client: ApiClient;
  readonly monitor: AccountMonitor;
  readonly record: Recorder;
  readonly notes: NotesOfAccount;
  readonly sentTurns: SentTurnsOfAccount;
  readonly nameOf: (id: InstanceId) => string | null;
  /** What else is made of WAF applications that are read for the window. */
  readonly waf: Pick<AccountWatchesOptions, 'sawWafApp' | 'sawWafApps'>;
  readonly onWatch: (update: WatchUpdate) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly onBug: (cause: unknown) => void;
}

/** The agents of an account, and what is watched of it: a turn is followed in the window by what is watched. */
export interface AgentParts extends AccountWatches {
  readonly turns: AgentTurns;
  readonly agentChanges: AgentChanges;
  readonly transcripts: Transcripts;
  readonly attachments: Attachments;
}

/** Joins the turns of an account's agents with what is watched, the notes and the notices. */
export function createAgentParts(options: AgentPartsOptions): AgentParts {
  const { accountId, client, monitor, record, notes, nameOf, onNotices, onBug } = options;
  /** With a key: how a turn ended can be learned after its request was lost. */
  const turnAction = (instanceId: InstanceId, startedAtMs: number) =>
    ({
      kind: 'agent-turn',
      actor: 'agent',
      instanceId,
      name: nameOf(instanceId),
      key: `agent-turn/${instanceId}/${startedAtMs}`,
    }) as const;
  const answers = createSignal<{ readonly instanceId: InstanceId; readonly answer: TurnAnswer }>();
  const turnChanges = createSignal<{ readonly instanceId: InstanceId; readonly turn: AgentTurn }>();
  const turns = new AgentTurns({
    client,
    clock: systemClock,
    sent: options.sentTurns,
    knownEntries: (instanceId, conversationId) =>
      accountWatches.watches.known({ kind: 'conversation', instanceId, conversationId })?.entries ?? null,
    onBug,
    record: (instanceId, startedAtMs, send) => record.run(turnAction(instanceId, startedAtMs), send),
    recordEnd: (instanceId, startedAtMs, end) => record.ended(turnAction(instanceId, startedAtMs), end),
    onAnswer: (instanceId, answer) => answers.tell({ instanceId, answer }),
    onChange: (instanceId, turn) => turnChanges.tell({ instanceId, turn }),
  });
  const agentChanges = new AgentChanges({ client, turns, record, nameOf, onBug });
  const transcripts = new Transcripts(client);
  const accountWatches = createAccountWatches({
    client,
    monitor,
    turns,
    forWindow: (instanceId, conversation) => transcripts.keep(instanceId, conversation),
    ...options.waf,
    notesOf: (instanceId) => notes.of(instanceId),
    onUpdate: options.onWatch,
  });
  const { watches, turnChanged, turnAnswered } = accountWatches;
  answers.listen(({ instanceId, answer: { conversationId, message, entries } }) => {
    turnAnswered(instanceId, conversationId, (seen) => crossingEntries(withAnswer(seen, message, entries)));
  });
  turnChanges.listen(({ instanceId, turn }) => {
    if (turn.phase === 'done') {
      const { conversationId, costCents } = turn;
      notes.addCost({ instanceId, conversationId }, costCents);
    }
    turnChanged(instanceId, turn);
    // Somebody who looks at the agent's page sees it there.
    if (watches.isWatched({ kind: 'agent', instanceId })) return;
    const instance = monitor.snapshot().instances.find(({ id }) => id === instanceId);
    const notice = instance === undefined ? null : turnNotice(accountId, instance, turn, Date.now());
    if (notice !== null) onNotices([notice]);
  });
  const attachments = new Attachments({
    client,
    clock: systemClock,
    instances: () => monitor.snapshot().instances,
    joined: (ips) => joinInstances(ips, monitor.snapshot().instances),
  });
  return { ...accountWatches, turns, agentChanges, transcripts, attachments };
}

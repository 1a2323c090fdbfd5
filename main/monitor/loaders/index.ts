import type { AgentTurn, Conversation, ConversationSummary } from '../../../preload/contract/agent.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { assertNever } from '../../../preload/contract/result.ts';
import type { WatchData, WatchKind } from '../../../preload/contract/watch.ts';
import type { ApiClient, InstanceRecord } from '../../api/index.ts';
import { answerOf, mapAnswer, type Answer } from '../monitor-api.ts';
import type { LiveState } from '../project.ts';
import { createLimiter } from '../limiter.ts';
import type { LoadWatch } from '../watches.ts';
import { linkTransactions } from '../../insight/index.ts';
import { cpuTrendOf } from './cpu-trend.ts';
import { loadInstancePlan } from './instance-plan.ts';
import { loadLedger } from './ledger.ts';
import { joinInstances } from './shield-ips.ts';
import { loadShieldTraffic } from './shield-traffic.ts';

export interface LoaderDependencies {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monotonicMs: () => number;
  readonly nowMs: () => number;
  readonly instances: () => readonly Instance[];
  /** The agent's turn on an instance, which the API does not know of. */
  readonly turnOf: (id: InstanceId) => AgentTurn;
  /** What else can be made of an answer than to show it. */
  readonly sawLive: (record: InstanceRecord, live: LiveState) => void;
  readonly sawConversations: (id: InstanceId, conversations: readonly ConversationSummary[]) => void;
  readonly sawConversation: (id: InstanceId, conversation: Conversation) => void;
}

type Loaded<K extends WatchKind> = Promise<Result<Answer<WatchData[K]>, ApiError>>;

/** A list in view has a trend for each row: they come one after the other rather than all at once. */
const trendsAtOnce = 2;

/** How each kind of watch is loaded: which requests, and what becomes of their answers. */
export function createLoader(dependencies: LoaderDependencies): LoadWatch {
  const { client, instances, turnOf } = dependencies;
  const inTurn = createLimiter(trendsAtOnce);
  return (key, signal): Loaded<WatchKind> => {
    const options = { signal, priority: 'poll' } as const;
    switch (key.kind) {
      case 'instance':
        return loadInstance(dependencies, key.instanceId, signal);
      case 'metrics':
        return client
          .request(
            'instances.metrics',
            { path: { id: key.instanceId }, query: { period: key.period } },
            options,
          )
          .then(answerOf);
      case 'cpu-trend':
        return inTurn(() =>
          client.request(
            'instances.metrics',
            { path: { id: key.instanceId }, query: { period: '1h' } },
            options,
          ),
        ).then((result) => mapAnswer(answerOf(result), cpuTrendOf));
      case 'ledger':
        return loadLedger(client, key, signal).then((result) =>
          mapAnswer(result, (ledger) => ({
            ...ledger,
            transactions: linkTransactions(ledger.transactions, instances()),
          })),
        );
      case 'agent-credits':
        return client.request('agent.credits', {}, options).then(answerOf);
      case 'agent':
        return client
          .request('agent.conversations', { path: { id: key.instanceId } }, options)
          .then((result) =>
            mapAnswer(answerOf(result), (conversations) => {
              dependencies.sawConversations(key.instanceId, conversations);
              return { instanceId: key.instanceId, conversations, turn: turnOf(key.instanceId) };
            }),
          );
      case 'conversation':
        return client
          .request(
            'agent.conversation',
            { path: { id: key.instanceId, convId: key.conversationId } },
            options,
          )
          .then((result) =>
            mapAnswer(answerOf(result), (conversation) => {
              dependencies.sawConversation(key.instanceId, conversation);
              return conversation;
            }),
          );
      case 'shield-ips':
        return client
          .request('shield.ips', {}, options)
          .then((result) => mapAnswer(answerOf(result), (ips) => joinInstances(ips, instances())));
      case 'shield-ip':
        return client
          .request('shield.ip', { path: { id: key.ipId } }, options)
          .then((result) =>
            mapAnswer(answerOf(result), (profile) => joinInstances([profile], instances())[0] ?? profile),
          );
      case 'shield-traffic':
        return loadShieldTraffic(client, key.ipId, signal);
      case 'plans':
        return client.request('catalog.myPlans', {}, options).then(answerOf);
      case 'billing-cycles':
        return client.request('catalog.billingCycles', {}, options).then(answerOf);
      case 'os-templates':
        return client
          .request('catalog.osTemplates', { path: { packageId: key.packageId } }, options)
          .then(answerOf);
      case 'reinstall-options':
        return client
          .request('instances.reinstallOptions', { path: { id: key.instanceId } }, options)
          .then(answerOf);
      case 'instance-plan':
        return loadInstancePlan(dependencies, key.instanceId, signal);
      case 'ssh-keys':
        return client.request('keys.list', {}, options).then(answerOf);
      case 'api-tokens':
        return client.request('tokens.list', {}, options).then(answerOf);
      default:
        return assertNever(key);
    }
  };
}

/** The live state is for the list too: it is fresher than the list's own. */
async function loadInstance(
  { client, monotonicMs, sawLive }: LoaderDependencies,
  id: InstanceId,
  signal: AbortSignal,
): Loaded<'instance'> {
  const askedMonotonicMs = monotonicMs();
  const options = { signal, priority: 'poll' } as const;
  const result = answerOf(await client.request('instances.get', { path: { id } }, options));
  if (result.ok) {
    const { record, vfState, detail } = result.value.value;
    sawLive(record, { status: record.status, vfState, remoteState: detail.remoteState, askedMonotonicMs });
  }
  return mapAnswer(result, ({ detail }) => detail);
}

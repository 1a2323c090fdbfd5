import pLimit from 'p-limit';
import type {
  AgentTurn,
  Conversation,
  ConversationNotes,
  ConversationSummary,
} from '../../../preload/contract/agent.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { FollowedWafApp, WafApp } from '../../../preload/contract/waf.ts';
import type { WatchData, WatchKeyOf, WatchKind } from '../../../preload/contract/watch.ts';
import type { ApiClient, InstanceRecord } from '../../api/index.ts';
import { answerOf, mapAnswer, type Answer } from '../monitor-api.ts';
import type { LiveState } from '../project.ts';
import type { LoadWatch } from '../watches.ts';
import { linkTransactions } from '../../domain/index.ts';
import { cpuTrendOf } from './cpu-trend.ts';
import { loadInstancePlan } from './instance-plan.ts';
import { loadLedger } from './ledger.ts';
import { joinInstances } from './shield-ips.ts';
import { createTrafficLoader } from './shield-traffic.ts';

export interface LoaderDependencies {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monotonicMs: () => number;
  readonly nowMs: () => number;
  readonly instances: () => readonly Instance[];
  /** The agent's turn on an instance, which the API does not know of. */
  readonly turnOf: (id: InstanceId) => AgentTurn;
  /** What is kept on this computer of its conversations. */
  readonly notesOf: (id: InstanceId) => ConversationNotes;
  /** What else can be made of an answer than to show it. */
  readonly sawLive: (record: InstanceRecord, live: LiveState) => void;
  readonly sawConversations: (id: InstanceId, conversations: readonly ConversationSummary[]) => void;
  readonly sawConversation: (id: InstanceId, conversation: Conversation) => void;
  /** Gives a transcript as it crosses to the window. */
  readonly forWindow: (id: InstanceId, conversation: Conversation) => Conversation;
  /** Gives a WAF application with what this app knows of its certificates. */
  readonly sawWafApp: (app: WafApp) => FollowedWafApp;
  /** The same for a list of them; `isWhole`: each of its rows came and could be used. */
  readonly sawWafApps: (apps: readonly WafApp[], isWhole: boolean) => readonly FollowedWafApp[];
}

type Loaded<K extends WatchKind> = Promise<Result<Answer<WatchData[K]>, ApiError>>;

/** A list in view has a trend for each row: they come one after the other rather than all at once. */
const trendsAtOnce = 2;

/** How each kind of watch is loaded: which requests, and what becomes of their answers. */
type Loaders = {
  readonly [K in WatchKind]: (key: WatchKeyOf<K>, options: PollOptions, isAsked: boolean) => Loaded<K>;
};

interface PollOptions {
  readonly signal: AbortSignal;
  readonly priority: 'poll';
}

/** Loads what a key names, by its kind. */
export function createLoader(dependencies: LoaderDependencies): LoadWatch {
  const loaders = createLoaders(dependencies);
  return (key, signal, isAsked) => loaders[key.kind](key, { signal, priority: 'poll' }, isAsked);
}

function createLoaders(dependencies: LoaderDependencies): Loaders {
  const { client, instances, turnOf, sawWafApp, sawWafApps, notesOf } = dependencies;
  const inTurn = pLimit(trendsAtOnce);
  const loadTraffic = createTrafficLoader(client, dependencies.monotonicMs);
  return {
    instance: ({ instanceId }, options) => loadInstance(dependencies, instanceId, options),
    metrics: async ({ instanceId, period }, options) =>
      answerOf(
        await client.request('instances.metrics', { path: { id: instanceId }, query: { period } }, options),
      ),
    'cpu-trend': async ({ instanceId }, options) => {
      const result = await inTurn(() =>
        client.request('instances.metrics', { path: { id: instanceId }, query: { period: '1h' } }, options),
      );
      return mapAnswer(answerOf(result), cpuTrendOf);
    },
    ledger: async (key, { signal }) =>
      mapAnswer(await loadLedger(client, key, signal), (ledger) => ({
        ...ledger,
        transactions: linkTransactions(ledger.transactions, instances()),
      })),
    'agent-credits': async (_key, options) => answerOf(await client.request('agent.credits', {}, options)),
    agent: async ({ instanceId }, options) => {
      const result = await client.request('agent.conversations', { path: { id: instanceId } }, options);
      return mapAnswer(answerOf(result), (conversations) => {
        dependencies.sawConversations(instanceId, conversations);
        return { instanceId, conversations, turn: turnOf(instanceId), notes: notesOf(instanceId) };
      });
    },
    conversation: async ({ instanceId, conversationId }, options) => {
      const path = { id: instanceId, convId: conversationId };
      const result = await client.request('agent.conversation', { path }, options);
      return mapAnswer(answerOf(result), (conversation) => {
        dependencies.sawConversation(instanceId, conversation);
        return dependencies.forWindow(instanceId, conversation);
      });
    },
    telegram: async ({ instanceId }, options) =>
      answerOf(await client.request('agent.telegram', { path: { id: instanceId } }, options)),
    'shield-ips': async (_key, options) =>
      mapAnswer(answerOf(await client.request('shield.ips', {}, options)), (ips) =>
        joinInstances(ips, instances()),
      ),
    'shield-ip': async ({ ipId }, options) =>
      mapAnswer(
        answerOf(await client.request('shield.ip', { path: { id: ipId } }, options)),
        (profile) => joinInstances([profile], instances())[0] ?? profile,
      ),
    'shield-traffic': ({ ipId }, { signal }, isAsked) => loadTraffic(ipId, signal, isAsked),
    'waf-apps': async (_key, options) => {
      const result = answerOf(await client.request('waf.list', {}, options));
      return mapAnswer(result, (apps) => sawWafApps(apps, result.ok && result.value.isWhole));
    },
    'waf-app': async ({ appId }, options) =>
      mapAnswer(answerOf(await client.request('waf.get', { path: { id: appId } }, options)), sawWafApp),
    plans: async (_key, options) => answerOf(await client.request('catalog.myPlans', {}, options)),
    'billing-cycles': async (_key, options) =>
      answerOf(await client.request('catalog.billingCycles', {}, options)),
    'os-templates': async ({ packageId }, options) =>
      answerOf(await client.request('catalog.osTemplates', { path: { packageId } }, options)),
    'reinstall-options': async ({ instanceId }, options) =>
      answerOf(await client.request('instances.reinstallOptions', { path: { id: instanceId } }, options)),
    'instance-plan': ({ instanceId }, { signal }) => loadInstancePlan(dependencies, instanceId, signal),
    'ssh-keys': async (_key, options) => answerOf(await client.request('keys.list', {}, options)),
    'api-tokens': async (_key, options) => answerOf(await client.request('tokens.list', {}, options)),
  };
}

/** The live state is for the list too: it is fresher than the list's own. */
async function loadInstance(
  { client, monotonicMs, sawLive }: LoaderDependencies,
  id: InstanceId,
  options: PollOptions,
): Loaded<'instance'> {
  const askedMonotonicMs = monotonicMs();
  const result = answerOf(await client.request('instances.get', { path: { id } }, options));
  if (result.ok) {
    const { record, vfState, detail } = result.value.value;
    sawLive(record, { status: record.status, vfState, remoteState: detail.remoteState, askedMonotonicMs });
  }
  return mapAnswer(result, ({ detail }) => detail);
}

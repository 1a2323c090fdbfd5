import type { Account } from '../../preload/contract/account.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import type { CreateState } from '../../preload/contract/create.ts';
import type { InstanceAnnotations } from '../../preload/contract/annotations.ts';
import type { Notice, Snapshot } from '../../preload/contract/snapshot.ts';
import type { FollowedWafApp } from '../../preload/contract/waf.ts';
import { ledgerKeys, type WatchUpdate } from '../../preload/contract/watch.ts';
import type { Recorder } from '../activity/index.ts';
import { watchAlerts, type Alerts, type AlertWatch } from '../alerts/index.ts';
import type {
  AgentChanges,
  AgentTurns,
  Attachments,
  NotesOfAccount,
  SentTurnsOfAccount,
  Transcripts,
} from '../agent/index.ts';
import { systemClock } from '../clock/index.ts';
import type { DnsResolver } from '../dns/index.ts';
import {
  createApiClient,
  isLoopback,
  type ApiClient,
  type Fetch,
  type LendWriteToken,
  type RequestLog,
} from '../api/index.ts';
import { createAgentParts } from './agent-parts.ts';
import { KnownAbilities } from './known-abilities.ts';
import { createSignal } from './signal.ts';
import { InstanceCreation, type StoredOfAccount } from '../instances/index.ts';
import {
  createAccountMonitor,
  createMonitorApi,
  type AccountMonitor,
  type AccountMonitorOptions,
  type AccountWatches,
} from '../monitor/index.ts';
import { createShieldParts, type ShieldPartsOfAccount, type ShieldSurroundings } from './shield-parts.ts';
import { createWafParts, type WafPartsOfAccount, type WafPartsOptions } from './waf-parts.ts';

/** What a runtime is made with; what its monitor needs is passed on. */
export interface RuntimeOptions
  extends
    ShieldSurroundings,
    Pick<
      AccountMonitorOptions,
      | 'cached'
      | 'firstList'
      | 'localChanges'
      | 'onLocalChanges'
      | 'announced'
      | 'lowBalanceCents'
      | 'isMuted'
      | 'runwayAlertDays'
      | 'probe'
      | 'onUpdate'
      | 'onBug'
    > {
  readonly account: Account;
  readonly token: string;
  readonly lendWriteToken: LendWriteToken;
  readonly fetch: Fetch;
  readonly onRequest: (entry: RequestLog) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly onWatch: (update: WatchUpdate) => void;
  readonly alerts: Pick<Alerts, 'of' | 'setFiring'>;
  /** The record of what is done in this account. */
  readonly record: Recorder;
  /** What the user noted of an instance of this account. */
  readonly annotationsOf: (id: InstanceId) => InstanceAnnotations;
  /** What of creating instances outlives the app. */
  readonly storedCreation: StoredOfAccount;
  /** What is kept on this computer about the conversations with agents. */
  readonly notes: NotesOfAccount;
  /** The agent's turns that outlive the app. */
  readonly sentTurns: SentTurnsOfAccount;
  readonly onCreation: (state: CreateState) => void;
  readonly resolver: DnsResolver;
  readonly storedCertificates: WafPartsOptions['storedCertificates'];
  /** What of the WAF apps needs attention became another. */
  readonly onWafAttention: () => void;
}

/** One account that is signed in: its client, its monitor, what is watched of it, and the agent's turns. */
export interface AccountRuntime extends ShieldPartsOfAccount {
  readonly account: Account;
  readonly client: ApiClient;
  readonly monitor: AccountMonitor;
  readonly watches: AccountWatches['watches'];
  readonly turns: AgentTurns;
  /** What else is done to agents. */
  readonly agentChanges: AgentChanges;
  readonly notes: NotesOfAccount;
  /** The transcripts that were read last, whole. */
  readonly transcripts: Transcripts;
  /** What can be attached to a message to an agent. */
  readonly attachments: Attachments;
  /** Judges what the user wants to be told of. */
  readonly alerts: AlertWatch;
  readonly creation: InstanceCreation;
  readonly waf: WafPartsOfAccount['waf'];
  /** Follows the certificates that are being issued. */
  readonly certificates: WafPartsOfAccount['certificates'];
  /** Sees what else changes in the WAF. */
  readonly wafWatcher: WafPartsOfAccount['wafWatcher'];
  readonly record: Recorder;
  /** Whether its requests are sent as this account would have them now: to that address, with that token. */
  isFor(account: Account, token: string | null): boolean;
  /** The account is described again: where its write token is another, what its tokens lack is learned again. */
  follow(account: Account): void;
  /** Ends everything. */
  stop(): void;
}

/** Builds the parts of one account. Nothing is asked until its monitor is started. */
export function createAccountRuntime(options: RuntimeOptions): AccountRuntime {
  const { account, token, lendWriteToken, fetch, onRequest, onNotices, onWatch, onBug, record } = options;
  const missingAbilities = createSignal<readonly string[]>();
  const abilities = new KnownAbilities(missingAbilities.tell);
  const client = createApiClient({
    baseUrl: account.apiUrl,
    token,
    lendWriteToken,
    onAbilityNews: (news) => abilities.heard(news),
    fetch,
    clock: systemClock,
    random: Math.random,
    log: onRequest,
    onBug,
  });
  const snapshots = createSignal<Snapshot>();
  const monitor = createAccountMonitor({
    ...options,
    accountId: account.id,
    api: createMonitorApi(client),
    clock: systemClock,
    random: Math.random,
    onUpdate: (update, snapshot) => {
      options.onUpdate(update, snapshot);
      snapshots.tell(snapshot);
    },
  });
  missingAbilities.listen(monitor.lacks);

  const nameOf = (instanceId: InstanceId): string | null => {
    const instance = monitor.snapshot().instances.find(({ id }) => id === instanceId);
    return instance === undefined ? null : displayName(instance, 100);
  };
  const wafApps = createSignal<FollowedWafApp>();
  const wafParts = createWafParts({
    accountId: account.id,
    client,
    monitor,
    record,
    resolver: options.resolver,
    storedCertificates: options.storedCertificates,
    isLocal: isLoopback(new URL(account.apiUrl).hostname),
    watches: () => watches,
    onApp: wafApps.tell,
    onNotices,
    onAttention: options.onWafAttention,
    onBug,
  });
  const { waf, certificates, wafWatcher } = wafParts;
  missingAbilities.listen(() => wafWatcher.abilitiesChanged());
  const agents = createAgentParts({
    accountId: account.id,
    client,
    monitor,
    record,
    notes: options.notes,
    sentTurns: options.sentTurns,
    nameOf,
    waf: wafParts,
    onWatch,
    onNotices,
    onBug,
  });
  const { watches, turns, agentChanges, transcripts, attachments } = agents;
  wafApps.listen(agents.wafAppRead);

  const alerts = watchAlerts({
    accountId: account.id,
    context: monitor.context,
    client,
    alerts: options.alerts,
    snapshot: monitor.snapshot,
    annotationsOf: options.annotationsOf,
    onNotices,
    onHeard: monitor.heard,
  });
  let writeTokenId = account.writeToken?.id;
  const creation = new InstanceCreation({
    accountId: account.id,
    client,
    monitor,
    clock: systemClock,
    kept: options.storedCreation,
    probe: options.probe,
    onChange: options.onCreation,
    onPaid: () => {
      for (const key of ledgerKeys) watches.refreshAfterCurrent(key).catch(onBug);
    },
    onNotices,
    onBug,
    record,
  });
  snapshots.listen((snapshot) => creation.saw(snapshot));
  const { shield, blocks, automaticRules } = createShieldParts({
    ...options,
    accountId: account.id,
    client,
    monitor,
    watches,
  });

  return {
    account,
    client,
    monitor,
    watches,
    turns,
    agentChanges,
    notes: options.notes,
    transcripts,
    attachments,
    alerts,
    creation,
    waf,
    certificates,
    wafWatcher,
    shield,
    blocks,
    automaticRules,
    record,
    isFor: (other, otherToken) => other.apiUrl === account.apiUrl && otherToken === token,
    follow: ({ writeToken }) => {
      if (writeToken?.id !== writeTokenId) abilities.forget();
      writeTokenId = writeToken?.id;
    },
    stop: () => {
      watches.resetAll();
      turns.stop();
      alerts.stop();
      certificates.stop();
      wafWatcher.stop();
      creation.stop();
      shield.stop();
      automaticRules.stop();
      monitor.stop();
    },
  };
}

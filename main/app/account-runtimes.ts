import * as z from 'zod/mini';
import type { Account } from '../../preload/contract/account.ts';
import type { AccountId, Cents } from '../../preload/contract/brands.ts';
import type { CreateState } from '../../preload/contract/create.ts';
import { isHost } from '../../preload/contract/host.ts';
import type { AutomaticRule } from '../../preload/contract/automatic-rules.ts';
import type { ShieldApplying } from '../../preload/contract/firewall.ts';
import { isWithin } from '../../preload/contract/quiet.ts';
import type { Notice, Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import type { WatchUpdate } from '../../preload/contract/watch.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Fetch, RequestLog } from '../api/index.ts';
import { defaultSshPort } from '../ssh/index.ts';
import { createAnnouncedKeys, type FirstList } from '../monitor/index.ts';
import { createAccountStore, readableList } from '../storage/index.ts';
import type { DnsResolver } from '../dns/index.ts';
import type { AppTerminals, SshSettingsStore } from '../terminal/index.ts';
import { probeSsh } from '../terminal/ssh-probe.ts';
import { createAccountRuntime, type RuntimeOptions } from './account-runtime.ts';
import type { AccountData } from './account-data.ts';
import { Runtimes } from './runtimes.ts';
import type { Stores } from './stores.ts';

/** What running the accounts takes. */
export interface AccountRuntimesOptions extends Pick<Stores, 'storage' | 'settings'> {
  readonly accounts: Accounts;
  readonly accountData: Pick<
    AccountData,
    | 'alerts'
    | 'automaticRules'
    | 'annotations'
    | 'certificates'
    | 'creations'
    | 'localChangesStore'
    | 'madeBlocks'
    | 'recorderOf'
    | 'sentTurns'
    | 'shieldRuns'
    | 'conversationNotes'
  >;
  readonly fetch: Fetch;
  /** Of the account that is shown, where its first list was read before this. */
  readonly firstList?: FirstList | null;
  readonly sshSettings: SshSettingsStore;
  readonly resolver: DnsResolver;
  readonly onRequest: (entry: RequestLog) => void;
  /** Of the account that is shown. */
  readonly onSnapshot: (update: SnapshotUpdate, snapshot: Snapshot) => void;
  /** Of every account, as the API lists them. */
  readonly onInstances: (accountId: AccountId, instances: Snapshot['instances']) => void;
  /** Of the account that is shown. */
  readonly onWatch: (update: WatchUpdate) => void;
  /** Of the account that is shown. */
  readonly onCreation: (state: CreateState) => void;
  /** Of the account that is shown. */
  readonly onShieldChanges: (all: readonly ShieldApplying[]) => void;
  /** Of the account that is shown. */
  readonly onAutomaticRules: (all: readonly AutomaticRule[]) => void;
  /** Asks an open SSH session from where its instance sees it. */
  readonly endsAt: AppTerminals['endsAt'];
  /** What of the WAF apps needs attention; of the account that is shown. */
  readonly onWafAttention: () => void;
  /** Of every account. */
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly report: (cause: unknown) => void;
}

/** Makes what runs for each account that is signed in. Nothing runs until it follows the accounts. */
export function createAccountRuntimes(options: AccountRuntimesOptions): Runtimes {
  const { accounts, accountData, storage, settings, fetch, sshSettings, onRequest } = options;
  const { cache } = storage;
  const announced = createAccountStore<readonly string[]>({
    files: storage.accountFiles,
    key: 'announced',
    schema: readableList(z.string()),
    empty: [],
  });
  let firstList = options.firstList ?? null;
  /** What an account's monitor begins with. The first list was true once: one that is made anew begins with the last run. */
  const knownOf = ({ id, kind }: Account): Pick<RuntimeOptions, 'cached' | 'firstList'> => {
    const taken = firstList?.accountId === id ? firstList : null;
    if (taken !== null) firstList = null;
    return { firstList: taken, cached: kind === 'demo' || taken !== null ? null : cache.read(id) };
  };
  return new Runtimes(
    (id, isCurrent) => {
      const account = accounts.state().accounts.find((each) => each.id === id);
      const token = accounts.token(id);
      if (account === undefined || token === null) return null;
      return createAccountRuntime({
        account,
        token,
        lendWriteToken: () => accounts.lendWriteToken(id),
        fetch,
        ...knownOf(account),
        localChanges: accountData.localChangesStore.of(id),
        onLocalChanges: (localChanges) => accountData.localChangesStore.set(id, localChanges),
        announced: createAnnouncedKeys(announced.of(id), (keys) => announced.set(id, keys)),
        // The settings' schema lets whole cents through only.
        lowBalanceCents: () => settings.get().lowBalanceCents as Cents,
        isMuted: (instanceId) => isWithin(accountData.annotations.get(id, instanceId).mutedUntil, Date.now()),
        runwayAlertDays: () => settings.get().runwayAlertDays,
        probe: async ({ id: instanceId, mainIp }) => {
          const { host, port } = sshSettings.get(id, instanceId);
          const address = host ?? mainIp;
          return address === null || !isHost(address)
            ? { kind: 'silent' }
            : probeSsh(address, port ?? defaultSshPort);
        },
        onRequest,
        onUpdate: (update, snapshot) => {
          if (snapshot.apiStatus === 'signed-out') accounts.markSignedOut(id, token);
          if (account.kind === 'token') cache.keep(snapshot);
          if (snapshot.apiStatus === 'live') options.onInstances(id, snapshot.instances);
          if (isCurrent()) options.onSnapshot(update, snapshot);
        },
        onWatch: (update) => {
          if (isCurrent()) options.onWatch(update);
        },
        storedCreation: {
          get: () => accountData.creations.of(id),
          update: (patch) => accountData.creations.update(id, patch),
          begin: (attempt) => accountData.creations.begin(id, attempt),
          end: () => accountData.creations.end(id),
        },
        resolver: options.resolver,
        storedCertificates: {
          get: () => accountData.certificates.of(id),
          set: (certificates) => accountData.certificates.set(id, certificates),
        },
        notes: accountData.conversationNotes.of(id),
        sentTurns: accountData.sentTurns.of(id),
        onCreation: (state) => {
          if (isCurrent()) options.onCreation(state);
        },
        sshReach: (instanceId) => {
          const { host, port } = sshSettings.get(id, instanceId);
          return { host, port: port ?? defaultSshPort };
        },
        endsAt: (instanceId) => options.endsAt({ accountId: id, instanceId }),
        shieldRuns: accountData.shieldRuns.of(id),
        storedBlocks: {
          get: () => accountData.madeBlocks.of(id),
          set: (blocks) => accountData.madeBlocks.set(id, blocks),
        },
        probeSsh: ({ host, port }) => probeSsh(host, port),
        onShieldChanges: (all) => {
          if (isCurrent()) options.onShieldChanges(all);
        },
        automaticRules: accountData.automaticRules.of(id),
        onAutomaticRules: (all) => {
          if (isCurrent()) options.onAutomaticRules(all);
        },
        onWafAttention: () => {
          if (isCurrent()) options.onWafAttention();
        },
        onNotices: options.onNotices,
        alerts: accountData.alerts,
        annotationsOf: (instanceId) => accountData.annotations.get(id, instanceId),
        record: accountData.recorderOf(id),
        onBug: options.report,
      });
    },
    (id) => accounts.token(id),
    (id) => (firstList?.accountId === id ? firstList.state.snapshot : cache.read(id)),
  );
}

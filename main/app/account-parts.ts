import { randomUUID } from 'node:crypto';
import type { AccountsState } from '../../preload/contract/account.ts';
import type { AccountId, Cents } from '../../preload/contract/brands.ts';
import type { CreateState } from '../../preload/contract/create.ts';
import { isHost } from '../../preload/contract/host.ts';
import { ok } from '../../preload/contract/result.ts';
import type { Notice, Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import type { WatchUpdate } from '../../preload/contract/watch.ts';
import { createAccountRuntime, type AccountRuntime } from './account-runtime.ts';
import type { KeptNotes } from '../monitor/kept-notes.ts';
import { Accounts, type AccountsDeps } from '../accounts/index.ts';
import { Runtimes } from './runtimes.ts';
import type { SnapshotCache } from '../storage/index.ts';
import { probeSsh } from '../terminal/ssh-probe.ts';
import type { Alerts } from '../alerts/index.ts';
import { checkToken, createApiClient, parseBaseUrl, type Fetch, type RequestLog } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import type { KeptCreations } from '../instances/index.ts';
import { registerSecret } from '../log/index.ts';
import type { Marks } from '../marks/index.ts';
import { createToldKeys } from '../monitor/index.ts';
import type { Stores } from './stores.ts';
import type { Connections } from '../terminal/index.ts';

/** What the accounts need of the rest of the app. */
export interface AccountPartsOptions
  extends Pick<Stores, 'store' | 'settings'>, Pick<AccountsDeps, 'keychain' | 'startDemo' | 'onSignedOut'> {
  readonly fetch: Fetch;
  readonly cache: SnapshotCache;
  readonly connections: Connections;
  readonly alerts: Alerts;
  readonly marks: Marks;
  readonly creations: KeptCreations;
  /** Where the API is unless a person says otherwise. */
  readonly defaultApiUrl: string;
  readonly keptNotes: KeptNotes;
  readonly onRequest: (entry: RequestLog) => void;
  /** The accounts changed; their runtimes have followed. */
  readonly onAccounts: (state: AccountsState) => void;
  /** Of the account that is shown. */
  readonly onSnapshot: (update: SnapshotUpdate, snapshot: Snapshot) => void;
  /** Of the account that is shown. */
  readonly onWatch: (update: WatchUpdate) => void;
  /** Of the account that is shown. */
  readonly onCreation: (state: CreateState) => void;
  /** Of every account. */
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly report: (cause: unknown) => void;
}

/** Who is signed in, and what runs for each. */
export interface AccountParts {
  readonly accounts: Accounts;
  readonly runtimes: Runtimes;
}

/** Joins the accounts with their runtimes: each needs the other. */
export function createAccountParts(options: AccountPartsOptions): AccountParts {
  const { store, settings, fetch, cache, connections, creations, keptNotes, defaultApiUrl, onRequest } =
    options;
  const told = createToldKeys(readKeys(store.get('told')), (keys) => store.set('told', keys));

  const accounts = new Accounts({
    store,
    keychain: options.keychain,
    defaultApiUrl,
    checkApiUrl: parseBaseUrl,
    identify: async (apiUrl, token) => {
      const client = createApiClient({
        baseUrl: apiUrl,
        token,
        fetch,
        clock: systemClock,
        random: Math.random,
        log: onRequest,
      });
      const me = await checkToken(client);
      if (!me.ok) return me;
      const { name, email, projects, onboarded } = me.value;
      return ok({ name, email, projects, onboarded });
    },
    startDemo: options.startDemo,
    newId: () => randomUUID() as AccountId,
    registerSecret,
    onChange: (state) => {
      runtimes.follow(state);
      options.onAccounts(state);
    },
    onSignedOut: options.onSignedOut,
  });

  function createRuntime(id: AccountId): AccountRuntime | null {
    const account = accounts.state().accounts.find((each) => each.id === id);
    const token = accounts.token(id);
    if (account === undefined || token === null) return null;
    return createAccountRuntime({
      account,
      token,
      lendWriteToken: () => accounts.lendWriteToken(id),
      fetch,
      cached: account.kind === 'demo' ? null : cache.read(id),
      notes: keptNotes.of(id),
      onNotes: (notes) => keptNotes.set(id, notes),
      told,
      // The settings' schema lets whole cents through only.
      lowBalanceCents: () => settings.get().lowBalanceCents as Cents,
      runwayAlertDays: () => settings.get().runwayAlertDays,
      probe: async ({ id: instanceId, mainIp }) => {
        const { host, port } = connections.get(id, instanceId);
        const address = host ?? mainIp;
        return address === null || !isHost(address) ? { kind: 'silent' } : probeSsh(address, port);
      },
      onRequest,
      onUpdate: (update, snapshot) => {
        if (snapshot.connection === 'signed-out') accounts.markSignedOut(id, token);
        if (account.kind === 'token') cache.keep(snapshot);
        if (runtimes.isCurrent(id)) options.onSnapshot(update, snapshot);
      },
      onWatch: (update) => {
        if (runtimes.isCurrent(id)) options.onWatch(update);
      },
      keptCreation: {
        get: () => creations.of(id),
        update: (patch) => creations.update(id, patch),
      },
      onCreation: (state) => {
        if (runtimes.isCurrent(id)) options.onCreation(state);
      },
      onNotices: options.onNotices,
      alerts: options.alerts,
      marksOf: (instanceId) => options.marks.get(id, instanceId),
      onBug: options.report,
    });
  }
  const runtimes = new Runtimes(
    createRuntime,
    (id) => accounts.token(id),
    (id) => cache.read(id),
  );
  return { accounts, runtimes };
}

function readKeys(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : [];
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, nativeTheme, powerMonitor, session } from 'electron';
import type { Route } from '../preload/contract/app.ts';
import type { AccountId, Cents } from '../preload/contract/brands.ts';
import { ok } from '../preload/contract/result.ts';
import type { Notice } from '../preload/contract/snapshot.ts';
import { createAccountRuntime, type AccountRuntime } from './accounts/account-runtime.ts';
import { Accounts } from './accounts/accounts.ts';
import { createDemoAccount } from './accounts/demo-account.ts';
import { createKeychain } from './accounts/keychain.ts';
import { Runtimes } from './accounts/runtimes.ts';
import { createMemoryKeychain, createSshSecrets } from './accounts/secrets.ts';
import { createSnapshotCache } from './accounts/snapshot-cache.ts';
import { answersOnPort } from './accounts/ssh-probe.ts';
import {
  checkToken,
  createApiClient,
  defaultBaseUrl,
  parseBaseUrl,
  systemClock,
  type Fetch,
  type RequestLog,
} from './api/index.ts';
import { AppStatus } from './app-status.ts';
import type { MainWindow } from './desktop/main-window.ts';
import { Presence } from './desktop/presence.ts';
import { createHandlers } from './handlers.ts';
import { powerInstance } from './instances/index.ts';
import type { Handlers, Publishers } from './ipc/bind.ts';
import type { Launch } from './launch.ts';
import { openLog, registerSecret, type Log } from './log/index.ts';
import { createToldKeys } from './monitor/index.ts';
import { createNoticeLog } from './notices/notice-log.ts';
import type { Stores } from './settings/index.ts';
import { createConnections } from './terminal/connections.ts';
import { createShells } from './terminal/shells.ts';

export interface BackendOptions extends Stores {
  /** The folder of the built main process. */
  readonly out: string;
  readonly launch: Launch;
  readonly window: MainWindow;
  readonly publish: Publishers;
}

/** Everything of the main process but the window. */
export interface Backend {
  readonly handlers: Handlers;
  readonly log: Log;
  /** Reads the accounts and starts to poll. */
  start(): Promise<void>;
  /** A later start of the app wants something of this one. */
  launched(launch: Launch): Promise<void>;
  /** The window's page is gone or loads anew: what it asked for is no longer wanted. */
  contentsGone(): void;
  visibilityChanged(visibility: 'in-view' | 'hidden'): void;
  windowCrashed(reason: string, recovering: boolean): void;
  /** The app goes on without a window. */
  staysInTray(): boolean;
  /** The app quits. */
  stop(): void;
}

/** Joins the parts. */
export function createBackend(options: BackendOptions): Backend {
  const { folder, settings, store, out, launch, window, publish } = options;
  const log = openLog(join(folder, 'logs', 'main.log'), !app.isPackaged);
  const report = (cause: unknown): void => log.error('A part failed.', cause);
  const logRequest = ({ endpoint, attempt, status, durationMs, outcome }: RequestLog): void =>
    log.info(`${endpoint} ${status} ${Math.round(durationMs)} ms ${outcome}, try ${attempt + 1}`);
  // A session of its own: the window's may load nothing but `app://`.
  const network = session.fromPartition('evorxa-api', { cache: false });
  const fetch: Fetch = (url, init) => network.fetch(url, init);

  const status = new AppStatus(() => store.health(), publish.app.infoChanged);
  const notices = createNoticeLog(store, publish.notices.changed);
  const told = createToldKeys(readKeys(store.get('told')), (keys) => store.set('told', keys));
  const cache = createSnapshotCache(join(folder, 'cache'));
  const connections = createConnections(store);
  const keychain = createKeychain();
  const memory = createMemoryKeychain();
  const secrets = createSshSecrets(keychain, memory, report);

  let pendingRoute: Route | null = launch.route;
  const goTo = async (route: Route | null): Promise<void> => {
    if (route !== null && window.contents() === null) pendingRoute = route;
    else if (route !== null) publish.app.navigate(route);
    await window.show();
  };

  const presence = new Presence({
    iconPath: null,
    open: (route) => void goTo(route),
    onAction: (action) => {
      if (action.kind === 'quit') {
        app.quit();
      } else if (action.kind === 'power') {
        const runtime = runtimes.current();
        if (runtime !== null) void powerInstance(runtime, action.instanceId, action.action);
      } else {
        shells.open(action.instanceId);
        void goTo(null);
      }
    },
    onTrayHost: (present) => status.setTray(present),
    onError: report,
  });

  const tell = (fresh: readonly Notice[]): void => {
    notices.add(fresh);
    const { instanceChanges, lowBalance } = settings.get().notifications;
    for (const notice of fresh) {
      if (notice.kind === 'low-balance' ? lowBalance : instanceChanges) presence.notify(notice);
    }
  };

  const accounts = new Accounts({
    store,
    keychain,
    defaultApiUrl: process.env['EVORXA_API_URL'] ?? defaultBaseUrl,
    checkApiUrl: parseBaseUrl,
    identify: async (apiUrl, token) => {
      const client = createApiClient({
        baseUrl: apiUrl,
        token,
        fetch,
        clock: systemClock,
        random: Math.random,
        log: logRequest,
      });
      const me = await checkToken(client);
      if (!me.ok) return me;
      const { name, email, projects, onboarded } = me.value;
      return ok({ name, email, projects, onboarded });
    },
    startDemo: createDemoAccount({ modulePath: join(out, 'sandbox.js'), connections, memory, report }),
    newId: () => randomUUID() as AccountId,
    registerSecret,
    onChange: (state) => {
      runtimes.follow(state);
      status.follow(state);
      publish.accounts.changed(state);
      publish.snapshot.changed(runtimes.currentUpdate());
      presence.draw(runtimes.current()?.monitor.snapshot() ?? null);
    },
    onSignedOut: (id) => {
      connections.forgetAccount(id);
      cache.forget(id);
    },
  });

  function createRuntime(id: AccountId): AccountRuntime | null {
    const account = accounts.state().accounts.find((each) => each.id === id);
    const token = accounts.token(id);
    if (account === undefined || token === null) return null;
    return createAccountRuntime({
      account,
      token,
      fetch,
      cached: account.kind === 'demo' ? null : cache.read(id),
      told,
      // The settings' schema lets whole cents through only.
      lowBalanceCents: () => settings.get().lowBalanceCents as Cents,
      probe: async ({ mainIp }) => (mainIp !== null && (await answersOnPort(mainIp, 22)) ? mainIp : null),
      onRequest: logRequest,
      onUpdate: (update, snapshot) => {
        if (snapshot.connection === 'signed-out') accounts.markSignedOut(id);
        if (!runtimes.isCurrent(id)) return;
        publish.snapshot.changed(update);
        presence.draw(snapshot);
      },
      onWatch: (update) => {
        if (runtimes.isCurrent(id)) publish.watch.changed(update);
      },
      onNotices: tell,
      onBug: report,
    });
  }
  const runtimes = new Runtimes(createRuntime);

  const shells = createShells({
    modulePath: join(out, 'ssh.js'),
    knownHostsPath: join(folder, 'known_hosts'),
    connections,
    secrets,
    current: () => runtimes.current(),
    onChanged: publish.terminal.changed,
    report,
  });

  options.onWriteError((cause) => {
    log.error('The settings cannot be saved.', cause);
    status.changed();
  });
  settings.onChange((next) => {
    nativeTheme.themeSource = next.theme;
    publish.settings.changed(next);
    // A write that went through ends the warning about those that did not.
    status.changed();
  });
  powerMonitor.on('suspend', () => runtimes.suspend());
  powerMonitor.on('resume', () => {
    runtimes.resume();
    shells.resumed();
  });

  return {
    handlers: createHandlers({
      accounts,
      runtimes,
      shells,
      connections,
      settings,
      notices,
      status,
      contents: () => window.contents(),
      quit: () => app.quit(),
      takeRoute: () => {
        const route = pendingRoute;
        pendingRoute = null;
        return route;
      },
    }),
    log,
    start: async () => {
      status.setNotifications(presence.canNotify);
      await Promise.all([presence.start(), accounts.load()]);
      runtimes.setVisibility(window.isVisible() ? 'in-view' : 'hidden');
      if (launch.demo) await accounts.openDemo();
    },
    launched: async (wish) => {
      if (wish.demo) await accounts.openDemo();
      if (!wish.hidden || wish.route !== null) await goTo(wish.route);
    },
    contentsGone: () => runtimes.resetWatches(),
    visibilityChanged: (visibility) => runtimes.setVisibility(visibility),
    windowCrashed: (reason, recovering) =>
      log.error(recovering ? 'The page crashed and is loaded again.' : 'The page crashed too often.', reason),
    staysInTray: () => presence.isInTray && settings.get().closeToTray,
    stop: () => {
      for (const { monitor, account } of runtimes.all()) {
        if (account.kind === 'token') cache.write(monitor.snapshot());
      }
      runtimes.stopAll();
      shells.stop();
      presence.stop();
    },
  };
}

function readKeys(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : [];
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, nativeTheme, powerMonitor, session } from 'electron';
import type { AccountId, Cents } from '../preload/contract/brands.ts';
import type { Route } from '../preload/contract/app.ts';
import { ok } from '../preload/contract/result.ts';
import type { Notice } from '../preload/contract/snapshot.ts';
import { createAccountRuntime, type AccountRuntime } from './accounts/account-runtime.ts';
import { Accounts } from './accounts/accounts.ts';
import { startDemo } from './accounts/demo.ts';
import { createKeychain } from './accounts/keychain.ts';
import { Runtimes } from './accounts/runtimes.ts';
import { answersOnPort } from './accounts/ssh-probe.ts';
import {
  checkToken,
  createApiClient,
  defaultBaseUrl,
  parseBaseUrl,
  systemClock,
  type ApiClient,
  type Fetch,
  type RequestLog,
} from './api/index.ts';
import { AppStatus } from './app-status.ts';
import type { MainWindow } from './desktop/main-window.ts';
import { Notifier } from './desktop/notifier.ts';
import { createHandlers } from './handlers.ts';
import type { Handlers, Publishers } from './ipc/bind.ts';
import type { Launch } from './launch.ts';
import { openLog, registerSecret, type Log } from './log/index.ts';
import { createToldKeys } from './monitor/index.ts';
import { createNoticeLog } from './notices/notice-log.ts';
import type { Stores } from './settings/index.ts';

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
}

/** Joins the parts. */
export function createBackend({
  folder,
  settings,
  store,
  out,
  launch,
  window,
  publish,
}: BackendOptions): Backend {
  const log = openLog(join(folder, 'logs', 'main.log'), !app.isPackaged);
  // A session of its own: the window's may load nothing but `app://`.
  const network = session.fromPartition('evorxa-api', { cache: false });
  const fetch: Fetch = (url, init) => network.fetch(url, init);

  const status = new AppStatus(() => store.health(), publish.app.infoChanged);
  const notices = createNoticeLog(store, publish.notices.changed);
  const told = createToldKeys(readKeys(store.get('told')), (keys) => store.set('told', keys));

  let pendingRoute: Route | null = launch.route;
  const goTo = async (route: Route): Promise<void> => {
    if (window.contents() === null) pendingRoute = route;
    else publish.app.navigate(route);
    await window.show();
  };
  const notifier = new Notifier({
    iconPath: null,
    onClick: ({ instanceId }) =>
      void goTo(
        instanceId === null ? { page: 'instances' } : { page: 'instance', instanceId, tab: 'overview' },
      ),
  });
  const tell = (fresh: readonly Notice[]): void => {
    notices.add(fresh);
    const { instanceChanges, lowBalance } = settings.get().notifications;
    for (const notice of fresh) {
      if (notice.kind === 'low-balance' ? lowBalance : instanceChanges) notifier.show(notice);
    }
  };

  const clientFor = (apiUrl: string, token: string): ApiClient =>
    createApiClient({
      baseUrl: apiUrl,
      token,
      fetch,
      clock: systemClock,
      random: Math.random,
      log: logRequest,
    });

  const accounts = new Accounts({
    store,
    keychain: createKeychain(),
    defaultApiUrl: process.env['EVORXA_API_URL'] ?? defaultBaseUrl,
    checkApiUrl: parseBaseUrl,
    identify: async (apiUrl, token) => {
      const me = await checkToken(clientFor(apiUrl, token));
      if (!me.ok) return me;
      const { name, email, projects, onboarded } = me.value;
      return ok({ name, email, projects, onboarded });
    },
    startDemo: () => startDemo(join(out, 'sandbox.js'), (code) => log.warn(`The demo ended with ${code}.`)),
    newId: () => randomUUID() as AccountId,
    registerSecret,
    onChange: (state) => {
      runtimes.follow(state);
      status.follow(state);
      publish.accounts.changed(state);
      publish.snapshot.changed(runtimes.currentUpdate());
    },
  });

  function logRequest(entry: RequestLog): void {
    const repeated = entry.attempt === 0 ? '' : `, repetition ${entry.attempt}`;
    log.info(
      `${entry.endpoint} ${entry.status} ${Math.round(entry.durationMs)} ms ${entry.outcome}${repeated}`,
    );
  }

  function createRuntime(id: AccountId): AccountRuntime | null {
    const account = accounts.state().accounts.find((each) => each.id === id);
    const token = accounts.token(id);
    if (account === undefined || token === null) return null;
    return createAccountRuntime({
      account,
      token,
      fetch,
      cached: null,
      told,
      // The settings' schema lets whole cents through only.
      lowBalanceCents: () => settings.get().lowBalanceCents as Cents,
      probe: async ({ mainIp }) => (mainIp !== null && (await answersOnPort(mainIp, 22)) ? mainIp : null),
      onRequest: logRequest,
      onUpdate: (update, snapshot) => {
        if (snapshot.connection === 'signed-out') accounts.markSignedOut(id);
        if (runtimes.isCurrent(id)) publish.snapshot.changed(update);
      },
      onNotices: tell,
      onBug: (cause) => log.error('A part failed.', cause),
    });
  }
  const runtimes = new Runtimes(createRuntime);

  settings.onChange((next) => {
    nativeTheme.themeSource = next.theme;
    publish.settings.changed(next);
  });
  powerMonitor.on('suspend', () => runtimes.all().forEach(({ monitor }) => monitor.suspend()));
  powerMonitor.on('resume', () => runtimes.all().forEach(({ monitor }) => monitor.resume()));

  return {
    handlers: createHandlers({
      accounts,
      runtimes,
      settings,
      notices,
      status,
      quit: () => app.quit(),
      takeRoute: () => {
        const route = pendingRoute;
        pendingRoute = null;
        return route;
      },
    }),
    log,
    start: async () => {
      status.setNotifications(notifier.isAvailable());
      await accounts.load();
      runtimes.setVisibility(window.isVisible() ? 'in-view' : 'hidden');
      if (launch.demo) await accounts.openDemo();
    },
    launched: async (wish) => {
      if (wish.demo) await accounts.openDemo();
      if (wish.route !== null) await goTo(wish.route);
      else if (!wish.hidden) await window.show();
    },
    contentsGone: () => undefined,
    visibilityChanged: (visibility) => runtimes.setVisibility(visibility),
    windowCrashed: (reason, recovering) =>
      log.error(recovering ? 'The page crashed and is loaded again.' : 'The page crashed too often.', reason),
    staysInTray: () => false,
  };
}

function readKeys(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : [];
}

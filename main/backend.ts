import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, nativeTheme, net, powerMonitor, session } from 'electron';
import type { AppInfo, Route } from '../preload/contract/app.ts';
import type { AccountId } from '../preload/contract/brands.ts';
import { fail, ok, type Result } from '../preload/contract/result.ts';
import { createAccountRuntime } from './accounts/account-runtime.ts';
import { Accounts } from './accounts/accounts.ts';
import { startDemo } from './accounts/demo.ts';
import { createKeychain } from './accounts/keychain.ts';
import { Runtimes } from './accounts/runtimes.ts';
import {
  checkToken,
  createApiClient,
  defaultBaseUrl,
  parseBaseUrl,
  systemClock,
  type Fetch,
} from './api/index.ts';
import { openExternal } from './desktop/external-links.ts';
import type { MainWindow } from './desktop/main-window.ts';
import type { Handlers, Publishers } from './ipc/bind.ts';
import type { Launch } from './launch.ts';
import { openLog, registerSecret, type Log } from './log/index.ts';
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
  start(): Promise<void>;
  launched(launch: Launch): Promise<void>;
  contentsGone(): void;
  visibilityChanged(visibility: 'in-view' | 'hidden'): void;
  windowCrashed(reason: string, recovering: boolean): void;
  staysInTray(): boolean;
}

const noAccount = fail({ kind: 'no-account' } as const);

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
  const network = session.fromPartition('evorxa-api', { cache: false });
  const fetch: Fetch = (url, init) => network.fetch(url, init);
  const onBug = (cause: unknown): void => log.error('A part failed.', cause);
  const clientFor = (apiUrl: string, token: string) =>
    createApiClient({
      baseUrl: apiUrl,
      token,
      fetch,
      clock: systemClock,
      random: Math.random,
      log: () => undefined,
    });

  const accounts = new Accounts({
    store,
    keychain: createKeychain(),
    defaultApiUrl: process.env['EVORXA_API_URL'] ?? defaultBaseUrl,
    checkApiUrl: parseBaseUrl,
    identify: (apiUrl, token) => checkToken(clientFor(apiUrl, token)),
    startDemo: () => startDemo(join(out, 'sandbox.js'), (code) => log.warn(`The demo ended with ${code}.`)),
    newId: () => randomUUID() as AccountId,
    registerSecret,
    onChange: (state) => {
      runtimes.follow(state);
      publish.accounts.changed(state);
    },
  });

  const runtimes = new Runtimes((id) => {
    const account = accounts.state().accounts.find((each) => each.id === id);
    const token = accounts.token(id);
    if (account === undefined || token === null) return null;
    return createAccountRuntime({
      account,
      token,
      fetch,
      onRequest: ({ endpoint, status, durationMs, outcome }) =>
        log.info(`${endpoint} ${status} ${durationMs} ms ${outcome}`),
      onUpdate: (update, snapshot) => {
        if (snapshot.connection === 'signed-out') accounts.markSignedOut(id);
        if (runtimes.current()?.account.id === id) publish.snapshot.changed(update);
      },
      onBug,
    });
  });

  const info = (): AppInfo => ({
    version: app.getVersion(),
    electronVersion: process.versions.electron,
    platform: process.platform as AppInfo['platform'],
    trayAvailable: false,
    notificationsAvailable: false,
    dashboardUrl: 'https://evorxa.com',
    warnings: [],
  });
  const pendingRoute: Route | null = launch.route;

  const handlers: Handlers = {
    app: {
      info: () => ok(info()),
      openExternal: async ({ url }) =>
        (await openExternal(url))
          ? ok(undefined)
          : fail({ kind: 'refused', message: 'This link was not opened.' }),
      takeRoute: () => ok(pendingRoute),
      quit: () => {
        app.quit();
        return ok(undefined);
      },
    },
    accounts: {
      state: () => ok(accounts.state()),
      signIn: ({ token, apiUrl }) => accounts.signIn(token, apiUrl),
      openDemo: () => accounts.openDemo(),
      switchTo: ({ accountId }) => accounts.switchTo(accountId),
      signOut: ({ accountId }) => accounts.signOut(accountId),
      retryKeychain: ({ accountId }) => accounts.retryKeychain(accountId),
    },
    snapshot: {
      current: () => {
        const runtime = runtimes.current();
        return ok(
          runtime === null ? { kind: 'none' } : { kind: 'full', snapshot: runtime.monitor.snapshot() },
        );
      },
      refresh: async () => {
        await runtimes.current()?.monitor.refresh();
        return ok(undefined);
      },
    },
    watch: { start: () => noAccount, stop: () => ok(undefined), refresh: () => noAccount },
    instances: {
      power: async ({ instanceId, action }): Promise<Result<undefined>> =>
        (await runtimes.current()?.power(instanceId, action)) ?? noAccount,
    },
    agent: { send: () => noAccount, stopWaiting: () => noAccount },
    terminal: {
      sessions: () => ok([]),
      open: () => noAccount,
      attach: () => noAccount,
      close: () => noAccount,
      settings: () => noAccount,
      saveSettings: () => noAccount,
      forgetHostKey: () => noAccount,
    },
    settings: {
      get: () => ok(settings.get()),
      update: (patch) => ok(settings.update(patch)),
    },
    notices: { list: () => ok([]) },
  };

  settings.onChange((next) => {
    nativeTheme.themeSource = next.theme;
    publish.settings.changed(next);
  });
  powerMonitor.on('suspend', () => runtimes.all().forEach(({ monitor }) => monitor.suspend()));
  powerMonitor.on('resume', () => runtimes.all().forEach(({ monitor }) => monitor.resume()));

  return {
    handlers,
    log,
    start: async () => {
      await accounts.load();
      runtimes.setVisibility(window.isVisible() ? 'in-view' : 'hidden');
      if (launch.demo) await accounts.openDemo();
      log.info(`Started, online: ${String(net.isOnline())}.`);
    },
    launched: async (wish) => {
      if (!wish.hidden) await window.show();
      if (wish.demo) await accounts.openDemo();
      if (wish.route !== null) publish.app.navigate(wish.route);
    },
    contentsGone: () => undefined,
    visibilityChanged: (visibility) => runtimes.setVisibility(visibility),
    windowCrashed: (reason, recovering) =>
      log.error(`The page crashed: ${reason}, recovering: ${String(recovering)}.`),
    staysInTray: () => false,
  };
}

import { join } from 'node:path';
import { app, clipboard, nativeTheme, powerMonitor, shell } from 'electron';
import type { AccountsState } from '../../preload/contract/account.ts';
import type { AppLockState } from '../../preload/contract/app-lock.ts';
import type { WindowRequest } from '../../preload/contract/app.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { createAccountRuntimes } from './account-runtimes.ts';
import { createDemo } from './demo.ts';
import { createDesktopParts } from './desktop-parts.ts';
import type { HeadStart } from './head-start.ts';
import { createSignal } from './signal.ts';
import { createAccounts } from './signed-in.ts';
import { createSystemParts } from './system-parts.ts';
import { demoId } from '../accounts/index.ts';
import { createSecretParts } from './secret-parts.ts';
import { createSessionParts } from './session-parts.ts';
import type { UnexpectedError } from './unexpected-errors.ts';
import { readPublicCatalog } from '../catalog/index.ts';
import { systemClock } from '../clock/index.ts';
import { dragFile } from '../desktop/drag-file.ts';
import { openExternal, openPort } from '../desktop/external-links.ts';
import { createFavouritesMenu } from '../desktop/favourites-menu.ts';
import { setFullScreen } from '../desktop/full-screen.ts';
import { showWhereNoTray } from '../desktop/hidden-start.ts';
import { createPaletteShortcut } from '../desktop/palette-shortcut.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import {
  pickDownloadFolder,
  pickKeyFile,
  pickLogFile,
  pickRulesFile,
  pickSnippetsFile,
  pickUpload,
} from '../desktop/pick-file.ts';
import { saveFile } from '../desktop/save-file.ts';
import { createHandlers } from '../ipc/handlers/index.ts';
import { createInstanceParts } from './instance-parts.ts';
import { createSecretClipboard } from '../instances/index.ts';
import type { Handlers, Publishers } from '../ipc/bind.ts';
import { createLockParts } from './lock-parts.ts';
import { allWrites } from './quit.ts';
import { Leaving } from './leaving.ts';
import { createKeyProcess } from '../keys/index.ts';
import { createAboutParts } from './about-parts.ts';
import { createAccountData } from './account-data.ts';
import { readLaunch, type Launch } from './launch.ts';
import { parseLaunch, windowRequestOf } from './launch-request.ts';
import type { Log } from '../log/index.ts';
import { isInMemory, type Stores } from './stores.ts';
import { createSshSettingsStore } from '../terminal/index.ts';
import { createSnippetParts } from './snippet-parts.ts';
import { SnapshotSender } from './snapshot-sender.ts';
import { createUpdateParts } from './update-parts.ts';
import { inBackground, soon } from '../tasks/index.ts';

const website = 'https://evorxa.com';

export interface BackendOptions extends Stores, Pick<HeadStart, 'keychain' | 'fetch'> {
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
  /** The menu asks something of the window. */
  ask(request: WindowRequest): void;
  /** The menu opens Evorxa's website in the browser. */
  openWebsite(): void;
  /** A later start of the app wants something of this one: what it passed on, and its command line where that says nothing. */
  launched(passedOn: unknown, argv: readonly string[]): Promise<void>;
  /** The window's page is gone or loads again: what it asked for is no longer wanted. */
  contentsGone(): void;
  visibilityChanged(visibility: 'in-view' | 'hidden'): void;
  windowCrashed(reason: string, recovering: boolean): void;
  /** The last window was closed: whether the app goes on without one. Says so the first time. */
  staysInTray(): boolean;
  /** Something was thrown in this process that nobody caught: it is logged and said, and the app goes on. */
  unexpected(error: UnexpectedError): void;
  /** The app quits. */
  stop(): void;
  /** Resolves once what the keychain and session logs write now is written; null where they write nothing. */
  writesDone(): Promise<void> | null;
  /** The last of all: an update that was downloaded is installed. */
  installUpdate(): void;
  /** A call of the system does not come back, and the process would wait for it. */
  isHeldUp(): boolean;
}

/**
 * Joins the parts, each made of parts that are there already. What a part tells to later ones goes by a signal, and is
 * connected at the end.
 */
export function createBackend(options: BackendOptions): Backend {
  const { folder, settings, storage, keychain, fetch, out, launch, window, publish } = options;
  const { log, report, errorReports, fork, logRequest, defaultApi, resolver, loginStart, status } =
    createSystemParts({ folder, storage, publish });
  const updateParts = createUpdateParts({
    folder,
    store: storage.settings,
    settings,
    publish,
    log,
    report,
  });
  const secretClipboard = createSecretClipboard(clipboard, systemClock, report);
  const sshSettings = createSshSettingsStore(storage.accountFiles);
  const { memory, removals, sshSecrets } = createSecretParts({ keychain, storage, report });

  const accountsChanged = createSignal<AccountsState>();
  const signedOut = createSignal<AccountId>();
  const demo = createDemo({
    fork: () => fork(join(out, 'sandbox.js'), 'demo'),
    clock: systemClock,
    sshSettings,
    memory,
    status,
    report,
  });
  const accounts = createAccounts({
    store: storage.accounts,
    keychain,
    removals,
    sshSecrets,
    fetch,
    defaultApi,
    startDemo: () => demo.start(),
    onRequest: logRequest,
    onChange: accountsChanged.tell,
    onSignedOut: signedOut.tell,
    onBug: report,
  });

  const annotationsChanged = createSignal<undefined>();
  const rulesChanged = createSignal<AccountId>();
  const isSignedIn = (id: AccountId): boolean =>
    accounts.state().accounts.some((account) => account.id === id);
  const accountData = createAccountData({
    storage,
    publish,
    shownId: () => accounts.state().currentId,
    isSignedIn,
    onAnnotations: () => annotationsChanged.tell(undefined),
    onRules: rulesChanged.tell,
    onUnreadable: (key, count) =>
      log.warn(`Dropped from the saved data, since unreadable: ${count} of "${key}".`),
    report,
  });

  const snapshotChanged = createSignal<undefined>();
  const snapshotSender = new SnapshotSender({ push: publish.snapshot.changed, onBug: report });
  const wafAttentionChanged = createSignal<undefined>();
  const noticesMade = createSignal<readonly Notice[]>();
  const runtimes = createAccountRuntimes({
    accounts,
    accountData,
    storage,
    settings,
    fetch,
    sshSettings,
    resolver,
    onRequest: logRequest,
    onSnapshot: (update) => {
      snapshotSender.send(update);
      snapshotChanged.tell(undefined);
    },
    onInstances: (id, instances) => portForwards.instancesChanged(id, instances),
    onWatch: publish.watch.changed,
    onCreation: publish.create.changed,
    onShieldChanges: publish.shield.applyChanged,
    onAutomaticRules: publish.automaticRules.changed,
    // The terminals are made of the accounts: they are there when a session is.
    endsAt: (of) => terminals.endsAt(of),
    onWafAttention: () => wafAttentionChanged.tell(undefined),
    onNotices: noticesMade.tell,
    report,
  });

  const runKeyJob = createKeyProcess(fork, join(out, 'keys.js'));
  const {
    terminals,
    consoles,
    connectionChecks,
    keyAccess,
    fileEdits,
    downloads,
    portForwards,
    freshPasswords,
    dock,
  } = createSessionParts({
    runKeyJob,
    out,
    folder,
    fork,
    storage,
    settings,
    isDark: () => nativeTheme.shouldUseDarkColors,
    sshSettings,
    sshSecrets,
    runtimes,
    accountIds: () => accounts.state().accounts.map(({ id }) => id),
    onPortForwards: (id, all) => {
      if (accounts.state().currentId === id) publish.portForwards.changed(all);
    },
    isSignedIn,
    publish,
    onSessions: (sessions) => runtimes.sessionsChanged(sessions),
    openPath: (path) => shell.openPath(path),
    showInFolder: (path) => shell.showItemInFolder(path),
    report,
  });
  const instances = createInstanceParts({
    journal: storage.journal,
    isInMemory,
    publish,
    terminals,
    clipboard: secretClipboard,
    fresh: freshPasswords,
    recorderOf: accountData.recorderOf,
    report,
  });

  const lockChanged = createSignal<AppLockState>();
  const { lock, ...lockParts } = createLockParts({
    store: storage.settings,
    settings,
    window,
    onChange: lockChanged.tell,
    report,
  });
  const { presence, windowRequests, quietTimes, requestWindow, tell, staysInTray } = createDesktopParts({
    window,
    publish,
    firstRequest: windowRequestOf(launch),
    settings,
    stored: storage.settings,
    accountData,
    showAccount: (id) => {
      if (isSignedIn(id) && id !== accounts.state().currentId) accounts.switchTo(id);
    },
    onQuiet: () => presence.draw(runtimes.currentSnapshot()),
    wafAttention: () => runtimes.current()?.wafWatcher.attention() ?? [],
    status,
    terminals,
    consoles,
    lock,
    report,
  });

  const favouritesMenu = createFavouritesMenu((instanceId) =>
    requestWindow({ route: { page: 'instance', instanceId, tab: 'overview' }, power: null }),
  );
  /** What the desktop shows of the account: the tray, and the dock or the taskbar. */
  const drawOutside = (): void => {
    const snapshot = runtimes.currentSnapshot();
    presence.draw(snapshot);
    // Nothing outside of the window names what a locked app shows.
    const named = lock.isLocked ? [] : (snapshot?.instances ?? []);
    favouritesMenu.draw(named, (id) => accountData.isShownFavourite(id));
  };
  const paletteShortcut = createPaletteShortcut(
    // The lock lets the window be asked for nothing else.
    () => requestWindow({ route: null, power: null, ...(!lock.isLocked && { opens: 'palette' }) }),
    (state) => status.setPaletteShortcut(state),
  );

  lockChanged.listen((state) => {
    publish.appLock.changed(state);
    if (lock.isLocked) presence.closeNotifications();
    drawOutside();
  });
  accountsChanged.listen((state) => {
    runtimes.follow(state);
    status.follow(state);
    publish.accounts.changed(state);
    snapshotSender.replace(runtimes.currentUpdate());
    accountData.publish(state.currentId);
    publish.portForwards.changed(
      state.currentId === null ? { forwards: [], connections: [] } : portForwards.of(state.currentId),
    );
    publish.create.changed(runtimes.current()?.creation.state() ?? null);
    publish.shield.applyChanged(runtimes.current()?.shield.state() ?? []);
    publish.automaticRules.changed(runtimes.current()?.automaticRules.shown() ?? []);
    drawOutside();
  });
  signedOut.listen((id) => {
    if (id === demoId) demo.stop();
    sshSettings.forgetAccount(id);
    instances.forgetAccount(id);
    terminals.forgetAccount(id);
    portForwards.forgetAccount(id);
    storage.cache.forget(id);
    consoles.closeAccount(id);
    dock.forgetAccount(id);
    quietTimes.forgetAccount(id);
    // Last: with it the account's file goes.
    accountData.forgetAccount(id);
  });
  demo.connect({ accounts, consoles });
  // Of 10,000 instances the tray's model takes a turn of its own.
  snapshotChanged.listen(soon(drawOutside, report));
  annotationsChanged.listen(drawOutside);
  wafAttentionChanged.listen(drawOutside);
  rulesChanged.listen((id) => {
    runtimes.of(id)?.alerts.rulesChanged();
  });
  noticesMade.listen(tell);
  options.onStorageProblem((cause) => {
    if (cause !== null) log.error('A file cannot be saved.', cause);
    status.changed();
  });
  settings.onChange((next) => {
    nativeTheme.themeSource = next.theme;
    publish.settings.changed(next);
    terminals.themeChanged();
    terminals.reconnectsChanged();
    paletteShortcut.follow(next.paletteShortcut);
  });
  nativeTheme.on('updated', () => terminals.themeChanged());
  powerMonitor.on('suspend', () => runtimes.suspend());
  powerMonitor.on('resume', () => {
    runtimes.resume();
    quietTimes.check();
    terminals.probe();
    portForwards.retryAll();
  });

  const leaving = new Leaving({
    accounts,
    changesOf: (id) => runtimes.of(id)?.shield ?? null,
    shieldRuns: accountData.shieldRuns,
  });
  /** Has the window show the account whose instance a link names. */
  const showOwner = (request: WindowRequest | null): void => {
    const route = request?.route;
    const owner = route?.page === 'instance' ? runtimes.find(route.instanceId)?.account : undefined;
    if (owner !== undefined && owner.id !== accounts.state().currentId) accounts.switchTo(owner.id);
  };

  let cancelShow = (): void => undefined;
  return {
    handlers: createHandlers({
      app: {
        status,
        loginStart,
        openExternal,
        saveFile: (file) => saveFile(window.contents(), file),
        setFullScreen: (on) => setFullScreen(window.contents(), on),
        takeWindowRequest: () => windowRequests.take(),
        reportError: (error) => errorReports.ofPage(error),
        reload: () => window.contents()?.reload(),
        quit: () => app.quit(),
      },
      appLock: {
        lock,
        signOutAll: () => leaving.signOutAll(accounts.state().accounts.map(({ id }) => id)),
      },
      accounts,
      leaving,
      runtimes,
      terminals,
      sshSettings,
      connectionChecks,
      keyAccess,
      consoles,
      dock,
      snippets: createSnippetParts({
        store: storage.settings,
        publish,
        pickFile: () => pickSnippetsFile(window.contents()),
        log,
      }),
      settings,
      updates: { ...updateParts, openExternal },
      about: createAboutParts({
        out,
        folder,
        accounts,
        runtimes,
        activity: accountData.activity,
        settings,
        status,
        updates: updateParts.updates,
      }),
      notices: accountData.notices,
      activity: accountData.activity,
      annotations: accountData.annotations,
      alerts: accountData.alerts,
      keptAutomaticRules: accountData.automaticRules,
      instances: instances.handlerParts,
      pendingActions: instances.pendingActions,
      copySecret: (secret) => secretClipboard.copy(secret),
      browseCatalog: (apiUrl) =>
        readPublicCatalog(
          {
            fetch,
            clock: systemClock,
            random: Math.random,
            log: logRequest,
            onBug: report,
            defaultApiUrl: defaultApi.url,
          },
          apiUrl,
        ),
      runKeyJob,
      pickLogFile: (name) => pickLogFile(window.contents(), name),
      pickKeyFile: () => pickKeyFile(window.contents()),
      pickRulesFile: () => pickRulesFile(window.contents()),
      files: {
        edits: fileEdits,
        downloads,
        showInFolder: (path) => shell.showItemInFolder(path),
        drag: (path) => dragFile(window.contents(), path),
        pickUpload: (what) => pickUpload(window.contents(), what),
        pickDownloadFolder: () => pickDownloadFolder(window.contents()),
      },
      ports: { portForwards, openPort },
      contents: () => window.contents(),
    }),
    log,
    start: async () => {
      const renewed = loginStart.renew();
      if (!renewed.ok) log.error('The start at login is out of date.', renewed.error);
      await Promise.all([presence.start(), accounts.load()]);
      quietTimes.check();
      paletteShortcut.follow(settings.get().paletteShortcut);
      inBackground(() => storage.removeOrphans(), report);
      void fileEdits.load();
      updateParts.start();
      if (launch.hidden) {
        cancelShow = showWhereNoTray({
          clock: systemClock,
          isInTray: () => presence.isInTray,
          show: () => requestWindow({ route: null, power: null }),
        });
      }
      runtimes.setVisibility(window.isVisible() ? 'in-view' : 'hidden');
      if (launch.demo) await accounts.openDemo();
      showOwner(windowRequestOf(launch));
    },
    ask: requestWindow,
    openWebsite: () => void openExternal(website).catch(report),
    launched: async (passedOn, argv) => {
      const later = parseLaunch(passedOn) ?? readLaunch(argv);
      const request = windowRequestOf(later);
      if (later.demo) await accounts.openDemo();
      showOwner(request);
      if (!later.hidden || request !== null)
        await windowRequests.ask(request ?? { route: null, power: null });
    },
    contentsGone: () => runtimes.resetWatches(),
    visibilityChanged: (visibility) => runtimes.setVisibility(visibility),
    windowCrashed: (reason, recovering) =>
      log.error(recovering ? 'The page crashed and is loaded again.' : 'The page crashed too often.', reason),
    unexpected: (error) => status.setUnexpected(errorReports.ofMain(error)),
    staysInTray,
    stop: () => {
      cancelShow();
      quietTimes.stop();
      paletteShortcut.stop();
      updateParts.stop();
      for (const { monitor, account } of runtimes.all()) {
        if (account.kind === 'token') storage.cache.write(monitor.snapshot());
      }
      lockParts.stop();
      instances.stop();
      void secretClipboard.clear();
      runtimes.stopAll();
      portForwards.stop();
      terminals.stop();
      fileEdits.stop();
      consoles.stop();
      presence.stop();
    },
    writesDone: allWrites(() => keychain.writesDone(), terminals.writesDone),
    installUpdate: () => updateParts.install(),
    isHeldUp: () => keychain.isHeldUp(),
  };
}

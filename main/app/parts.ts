import { join } from 'node:path';
import { clipboard, nativeTheme, shell } from 'electron';
import type { AccountsState } from '../../preload/contract/account.ts';
import type { AppLockState } from '../../preload/contract/app-lock.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { createAccountRuntimes } from './account-runtimes.ts';
import { createDemo } from './demo.ts';
import { createDesktopParts } from './desktop-parts.ts';
import type { HeadStart } from './head-start.ts';
import type { FirstList } from '../monitor/index.ts';
import { createSignal } from './signal.ts';
import { createAccounts } from './signed-in.ts';
import { createSystemParts } from './system-parts.ts';
import { createPictureParts } from './picture-parts.ts';
import { createSecretParts } from './secret-parts.ts';
import { createSessionParts } from './session-parts.ts';
import { systemClock } from '../clock/index.ts';
import { createFavouritesMenu } from '../desktop/favourites-menu.ts';
import { createPaletteShortcut } from '../desktop/palette-shortcut.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import { createInstanceParts } from './instance-parts.ts';
import { createSecretClipboard } from '../instances/index.ts';
import type { Publishers } from '../ipc/bind.ts';
import { createLockParts } from './lock-parts.ts';
import { Leaving } from './leaving.ts';
import { createKeyProcess } from '../keys/index.ts';
import { createAccountData } from './account-data.ts';
import type { Launch } from './launch.ts';
import { windowRequestOf } from './launch-request.ts';
import { isInMemory, type Stores } from './stores.ts';
import { createSshSettingsStore } from '../terminal/index.ts';
import { SnapshotSender } from './snapshot-sender.ts';
import { createUpdateParts } from './update-parts.ts';

/** What the backend is made with. */
export interface BackendOptions extends Stores, Pick<HeadStart, 'keychain' | 'fetch'> {
  /** The folder of the built main process. */
  readonly out: string;
  readonly launch: Launch;
  readonly window: MainWindow;
  readonly publish: Publishers;
  /** The first list, where it is shown already. */
  readonly firstList: FirstList | null;
}

/** The parts of the backend, and with what they were made. */
export type Parts = ReturnType<typeof createParts>;

/**
 * Makes the parts, each of parts that are there already. What a part tells to later ones goes by a signal, which
 * `connect-parts.ts` connects.
 */
export function createParts(options: BackendOptions) {
  const { folder, settings, storage, keychain, fetch, out, launch, window, publish, firstList } = options;
  const {
    log,
    report,
    errorReports,
    fork,
    logRequest,
    defaultApi,
    resolver,
    loginStart,
    memoryReturn,
    status,
  } = createSystemParts({ folder, storage, publish });
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
  /** The list of the account that is shown is live: after a start, or once another account is shown. */
  const listed = createSignal<undefined>();
  const snapshotSender = new SnapshotSender({ push: publish.snapshot.changed, onBug: report });
  const wafAttentionChanged = createSignal<undefined>();
  const noticesMade = createSignal<readonly Notice[]>();
  const runtimes = createAccountRuntimes({
    accounts,
    accountData,
    storage,
    settings,
    fetch,
    firstList,
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

  /** What the next start shows before it has asked anything. */
  const keepSnapshots = (): void => {
    for (const { monitor, account } of runtimes.all()) {
      if (account.kind === 'token') storage.cache.write(monitor.snapshot());
    }
  };
  const pictures = createPictureParts({ out, storage, settings, fork, window, keepSnapshots, report });
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
    favouritesMenu.draw(named, accountData.shownFavourites());
  };
  const paletteShortcut = createPaletteShortcut(
    // The lock lets the window be asked for nothing else.
    () => requestWindow({ route: null, power: null, ...(!lock.isLocked && { opens: 'palette' }) }),
    (state) => status.setPaletteShortcut(state),
  );

  const leaving = new Leaving({
    accounts,
    changesOf: (id) => runtimes.of(id)?.shield ?? null,
    shieldRuns: accountData.shieldRuns,
  });
  return {
    ...options,
    accountData,
    accounts,
    accountsChanged,
    annotationsChanged,
    connectionChecks,
    consoles,
    defaultApi,
    demo,
    dock,
    downloads,
    drawOutside,
    errorReports,
    fileEdits,
    instances,
    keepSnapshots,
    keyAccess,
    leaving,
    listed,
    lock,
    lockChanged,
    lockParts,
    log,
    logRequest,
    loginStart,
    memoryReturn,
    noticesMade,
    paletteShortcut,
    pictures,
    portForwards,
    presence,
    quietTimes,
    report,
    requestWindow,
    rulesChanged,
    runKeyJob,
    runtimes,
    secretClipboard,
    signedOut,
    snapshotChanged,
    snapshotSender,
    sshSettings,
    status,
    staysInTray,
    tell,
    terminals,
    updateParts,
    wafAttentionChanged,
    windowRequests,
  };
}

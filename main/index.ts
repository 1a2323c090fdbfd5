import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { app, dialog, nativeTheme, session } from 'electron';
import type { Backend } from './app/backend.ts';
import { leaveOutMenu, setAppMenu } from './desktop/app-menu.ts';
import { AppArchive } from './desktop/app-archive.ts';
import { appIconPath } from './desktop/app-icon.ts';
import { declareAppScheme, serveApp, servingWay } from './desktop/app-protocol.ts';
import { lockAllContents, lockAllSessions, offerNoCertificate } from './desktop/lockdown.ts';
import { MainWindow } from './desktop/main-window.ts';
import { bindContract, createPublishers } from './ipc/bind.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import { wasStartedAtLogin } from './desktop/login-start.ts';
import { finishWrites, writeAll } from './app/quit.ts';
import { systemClock } from './clock/index.ts';
import { systemLocales } from './desktop/system-locales.ts';
import { useLocales } from '../preload/contract/locales.ts';
import { findPicture } from './app/first-picture.ts';
import { readLaunch } from './app/launch.ts';
import { catchUnexpectedErrors } from './app/unexpected-errors.ts';

/*
 * The composition root, in two steps so that the window is there at once: this file makes the window and answers
 * its first questions late; `backend.ts`, with everything that is heavy to load, is fetched while the page loads.
 */

// With this set, Node's own TLS would accept any certificate. Nothing here may.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

/** Broken, the app gets so long to quit in order. */
const quitGraceMs = 5_000;

const unexpected = catchUnexpectedErrors(process, {
  nowMs: () => performance.now(),
  onTooMany: () => {
    const sentence = 'Evorxa keeps running into errors. The log has the details.';
    dialog.showErrorBox('Evorxa has to close', sentence);
    app.quit();
    // What fails may be what quits.
    void setTimeout(quitGraceMs).then(() => app.exit(1));
  },
});

const out = import.meta.dirname;

/** How long after its page has loaded a window may take to ask for more than its first picture. */
const pictureGraceMs = 250;
/** How long the backend waits for the first request to leave, which it does not where the keychain shows a prompt. */
const headStartGraceMs = 150;
/** How long it then waits for the answer: one that takes longer comes while it is loaded. */
const nearAnswerMs = 50;
/** The window draws the first list; the backend would take the processor from it meanwhile. */
const firstDrawMs = 100;
const launch = readLaunch(process.argv, wasStartedAtLogin());

declareAppScheme();
lockAllContents();
lockAllSessions();
offerNoCertificate();
app.setAppUserModelId('com.evorxa.desktop');
leaveOutMenu();

if (app.requestSingleInstanceLock(launch)) {
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  // Loaded by a start without a window alone: it would hold one up.
  const compiler = launch.hidden ? await import('./tasks/compiler.ts') : null;
  compiler?.useFastestCompiler(false);
  const locales = systemLocales({
    platform: process.platform,
    env: process.env,
    systemLocale: app.getSystemLocale(),
  });
  // Before anything is written: the tray, the notifications and the page say the same.
  useLocales(locales);
  // The menu is there before what answers it.
  setAppMenu({
    ask: (request) => void backendReady.then((ready) => ready.ask(request)),
    openWebsite: () => void backendReady.then((ready) => ready.openWebsite()),
  });
  const wantedWay = app.isPackaged ? undefined : process.env['EVORXA_SERVE_BY'];
  const appSession = session.defaultSession;
  let backend: Backend | null = null;
  let windowShown = (): void => undefined;
  const shown = new Promise<void>((resolve) => {
    windowShown = resolve;
  });
  const stores = import('./app/stores.ts').then(({ openStores }) => openStores(app.getPath('userData')));
  const rendererFolder = join(out, '../renderer');
  // What the list looked like is true at the start alone: a window that comes later draws what is there by then.
  let isStart = !launch.hidden;
  const serving = serveApp(appSession, {
    root: rendererFolder,
    way: servingWay(appSession, wantedWay),
    pictureOf: () => {
      const wasStart = isStart;
      isStart = false;
      return wasStart ? findPicture({ folder: app.getPath('userData'), rendererFolder, locales }) : null;
    },
  });
  const archive = new AppArchive(app.getAppPath(), {
    onGone: serving.archiveGone,
    onReplaced: () => void backendReady.then((ready) => ready.installedMeanwhile()),
  });
  const window = new MainWindow({
    preloadPath: join(out, '../preload/index.cjs'),
    page: launch.gallery ? 'gallery.html' : 'index.html',
    prepare: async () => {
      const { settings, place } = await stores;
      nativeTheme.themeSource = settings.get().theme;
      return place.read();
    },
    startsLocked: async () => (await stores).isLockSet,
    savePlace: (where) => void stores.then(({ place }) => place.save(where)),
    onContentsGone: () => backend?.contentsGone(),
    onVisibility: (visibility) => {
      if (visibility === 'in-view') {
        compiler?.useFastestCompiler(true);
        archive.check();
        windowShown();
      }
      backend?.visibilityChanged(visibility);
    },
    onCrash: (reason, recovering) => backend?.windowCrashed(reason, recovering),
    iconPath: appIconPath,
    locales,
  });
  const opened = launch.hidden ? Promise.resolve() : window.show();

  const publish = createPublishers(() => window.contents());
  const headStart = Promise.all([import('./app/head-start.ts'), stores]).then(
    ([{ createHeadStart }, { storage, isLockSet }]) =>
      createHeadStart({ out, storage, show: launch.hidden || isLockSet ? null : publish.snapshot.changed }),
  );
  const early = Promise.all([import('./app/early-answers.ts'), stores, headStart]).then(
    ([{ createEarlyAnswers }, opened, { firstList }]) => createEarlyAnswers(opened, firstList),
  );
  // Nobody asks the keychain before the window is there: its prompt can block.
  const begun = Promise.all([headStart, Promise.race([shown, opened.catch(() => undefined)])]).then(
    ([{ begin }]) => begin(),
  );
  let backendAwaited = (): void => undefined;
  const awaited = new Promise<void>((resolve) => {
    backendAwaited = resolve;
  });
  // Loading it holds this thread, which the window needs until it is shown, or its page asks for what is not on the disk. A
  // page that asks for nothing, one that did not load, and no window, leave nothing to wait for.
  const backendReady = Promise.race([
    awaited,
    shown,
    launch.hidden ? opened : opened.then(() => setTimeout(pictureGraceMs)).catch(() => undefined),
  ])
    // The answer is on its way while the thread is held, or shown already where the API is near.
    .then(() => Promise.race([begun.then(({ isSent }) => isSent), setTimeout(headStartGraceMs)]))
    .then(() => Promise.race([begun.then(({ isShown }) => isShown), setTimeout(nearAnswerMs, false)]))
    .then((isShown) => (isShown ? setTimeout(firstDrawMs) : undefined))
    .then(() => Promise.all([import('./app/backend.ts'), stores, headStart]))
    .then(([{ createBackend }, opened, { keychain, fetch, takeFirstList }]) =>
      createBackend({
        ...opened,
        keychain,
        fetch,
        out,
        launch,
        window,
        publish,
        firstList: takeFirstList(),
      }),
    );
  // Without it there is no app: say so and end, rather than show a window that never answers.
  backendReady.catch((cause: unknown) => {
    dialog.showErrorBox('Evorxa could not start', cause instanceof Error ? cause.message : String(cause));
    app.exit(1);
  });
  void backendReady.then((ready) => unexpected.tellTo((error) => ready.unexpected(error)));
  bindContract({
    handlers: backendReady.then(({ handlers }) => handlers),
    early,
    onAwaited: () => backendAwaited(),
    isTrusted: isTrustedSender,
    onSurprise: (channel, what, cause) =>
      void backendReady.then(({ log }) => log.error(`${channel}: ${what}`, cause)),
  });

  const notOpened = (cause: unknown): void =>
    void backendReady.then(({ log }) => log.error('The window could not be opened.', cause));
  const launchedAgain = (passedOn: unknown, argv: readonly string[]): void =>
    void backendReady.then((ready) => ready.launched(passedOn, argv)).catch(notOpened);
  app.on('second-instance', (_event, argv, _folder, passedOn) => launchedAgain(passedOn, argv));
  app.on('activate', () => void window.show().catch(notOpened));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    launchedAgain(null, [url]);
  });
  app.on('window-all-closed', () => {
    if (backend?.staysInTray() !== true) app.quit();
  });

  let isStopped = false;
  app.on('before-quit', () => {
    if (!isStopped) backend?.stop();
    isStopped = true;
  });
  // The windows are gone: what is not written yet is written, and then it ends.
  let isFinishing = false;
  let isFinished = false;
  let isCut = false;
  app.on('will-quit', (event) => {
    if (isFinished) return;
    event.preventDefault();
    if (isFinishing) return;
    isFinishing = true;
    const writes = async (): Promise<void> => {
      const { storage } = await stores;
      await writeAll(
        () => storage.flush(),
        () => backend?.writesDone() ?? null,
      );
    };
    void finishWrites(writes, systemClock)?.then((isWritten) => {
      isFinished = true;
      isCut = !isWritten;
      app.quit();
    });
  });
  // The last event: all is written. A call that hangs, as of a prompt that nobody answers, must not keep the process.
  app.on('quit', () => {
    serving.close();
    backend?.installUpdate();
    if (isCut || backend?.isHeldUp() === true) process.kill(process.pid, 'SIGKILL');
  });

  // A page that did not load, or crashed meanwhile, comes back by itself and wants its answers then.
  await opened.catch(notOpened);
  backend = await backendReady;
  await begun;
  await backend.start();
  archive.follow();
  // On Linux the desktop entry of the package says it, and the call would wait for xdg-settings.
  if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('evorxa');
}

import { setTimeout } from 'node:timers/promises';
import type { WindowRequest } from '../../preload/contract/app.ts';
import type { UnexpectedError } from './unexpected-errors.ts';
import { systemClock } from '../clock/index.ts';
import { openExternal } from '../desktop/external-links.ts';
import { showWhereNoTray } from '../desktop/hidden-start.ts';
import type { Handlers } from '../ipc/bind.ts';
import { allWrites } from './quit.ts';
import { readLaunch } from './launch.ts';
import { parseLaunch, windowRequestOf } from './launch-request.ts';
import type { Log } from '../log/index.ts';
import { inBackground } from '../tasks/index.ts';
import { createAnswers } from './answers.ts';
import { connectParts } from './connect-parts.ts';
import { createParts, type BackendOptions } from './parts.ts';

const website = 'https://evorxa.com';

/** How long the tray waits for the first list. */
const firstListGraceMs = 1_000;

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
  /** Resolves once what is written besides files is written, and notifications are gone; null where nothing is under way. */
  writesDone(): Promise<void> | null;
  /** Another version of the app was installed while this one runs. */
  installedMeanwhile(): void;
  /** The last of all: an update that was downloaded is installed. */
  installUpdate(): void;
  /** A call of the system does not come back, and the process would wait for it. */
  isHeldUp(): boolean;
}

/** Makes the parts, connects them, and starts and stops them in their order. */
export function createBackend(options: BackendOptions): Backend {
  const parts = createParts(options);
  connectParts(parts);
  const {
    accounts,
    consoles,
    errorReports,
    fileEdits,
    instances,
    keepSnapshots,
    keychain,
    launch,
    listed,
    lockParts,
    log,
    loginStart,
    memoryReturn,
    paletteShortcut,
    pictures,
    portForwards,
    presence,
    quietTimes,
    report,
    requestWindow,
    runtimes,
    secretClipboard,
    settings,
    status,
    staysInTray,
    storage,
    terminals,
    updateParts,
    window,
    windowRequests,
  } = parts;

  /** Has the window show the account whose instance a link names. */
  const showOwner = (request: WindowRequest | null): void => {
    const route = request?.route;
    const owner = route?.page === 'instance' ? runtimes.find(route.instanceId)?.account : undefined;
    if (owner !== undefined && owner.id !== accounts.state().currentId) accounts.switchTo(owner.id);
  };

  /** Resolves once the list of the account that is shown is live, or where none is to be expected. */
  const firstList = async (loading: Promise<void>): Promise<void> => {
    const isLive = new Promise<void>((resolve) => listed.listen(() => resolve()));
    await loading;
    if (runtimes.current() !== null) await isLive;
  };

  let cancelShow = (): void => undefined;
  let isStopped = false;
  return {
    handlers: createAnswers(parts),
    log,
    start: async () => {
      const renewed = loginStart.renew();
      if (!renewed.ok) log.error('The start at login is out of date.', renewed.error);
      const loading = accounts.load();
      // What follows the desktop takes this thread from the first list, which more people look at.
      if (!launch.hidden) await Promise.race([firstList(loading), setTimeout(firstListGraceMs)]);
      // Quit meanwhile: no icon comes into the tray any more.
      if (isStopped) return;
      await Promise.all([presence.start(), loading]);
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
      memoryReturn.soon();
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
    visibilityChanged: (visibility) => {
      runtimes.setVisibility(visibility);
      // Gone to the tray: its picture is drawn when nobody looks.
      if (window.contents() !== null) return;
      memoryReturn.soon();
      void pictures.draw();
    },
    windowCrashed: (reason, recovering) =>
      log.error(recovering ? 'The page crashed and is loaded again.' : 'The page crashed too often.', reason),
    unexpected: (error) => status.setUnexpected(errorReports.ofMain(error)),
    staysInTray,
    stop: () => {
      isStopped = true;
      cancelShow();
      memoryReturn.stop();
      quietTimes.stop();
      paletteShortcut.stop();
      updateParts.stop();
      keepSnapshots();
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
    writesDone: allWrites(
      () => keychain.writesDone(),
      terminals.writesDone,
      () => pictures.finish(),
      () => presence.ended(),
    ),
    installedMeanwhile: () => updateParts.updates.installedMeanwhile(),
    installUpdate: () => updateParts.install(),
    isHeldUp: () => keychain.isHeldUp(),
  };
}

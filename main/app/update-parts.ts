import { accessSync, constants } from 'node:fs';
import { dirname, sep } from 'node:path';
import { app } from 'electron';
import type { Fetch } from '../api/index.ts';
import { systemClock } from '../clock/index.ts';
import { openNetworkSession } from '../desktop/lockdown.ts';
import { createSessionFetch } from '../desktop/session-fetch.ts';
import type { Publishers } from '../ipc/bind.ts';
import type { Log } from '../log/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { JsonStore } from '../storage/index.ts';
import {
  downloadPartition,
  installerFor,
  readPublicKey,
  releaseFeed,
  scheduleUpdates,
  Updates,
  watchDownloads,
  type ReleaseFeed,
  type UpdateSchedule,
} from '../updates/index.ts';

/** What updates take of the app. */
export interface UpdatePartsOptions {
  /** The app's data folder. */
  readonly folder: string;
  /** What is kept of this computer. */
  readonly store: JsonStore;
  readonly settings: SettingsStore;
  readonly publish: Pick<Publishers, 'updates'>;
  readonly log: Log;
  readonly report: (cause: unknown) => void;
}

/** Updates of the app. */
export interface UpdateParts {
  readonly updates: Updates;
  readonly downloadPage: string;
  /** Begins to look for updates by itself. */
  start(): void;
  stop(): void;
  /** The app has ended, and all is written: what waits is installed. A failure is logged; the version that ran stays. */
  install(): void;
}

/** Joins updates with the network, the settings and the window. */
export function createUpdateParts(options: UpdatePartsOptions): UpdateParts {
  const { folder, store, settings, publish, log, report } = options;
  const feed = feedOf(process.env, app.isPackaged);
  const keys = feed.publicKeys.flatMap((line) => readPublicKey(line) ?? []);
  const { feedUrl, windowsPublisher } = feed;
  const extension = installerFor({
    platform: process.platform,
    ...runningAppImage(process.env, process.execPath),
    windowsPublisher,
    isPortable: process.env['PORTABLE_EXECUTABLE_DIR'] !== undefined,
  });
  let fetch: Fetch | null = null;
  const updates = new Updates({
    // Without a key nothing could be checked.
    feed: feedUrl === null || keys.length === 0 ? null : { url: feedUrl, keys },
    currentVersion: app.getVersion(),
    platform: process.platform,
    arch: process.arch,
    extension,
    fetch: (url, init) => {
      fetch ??= createSessionFetch(openNetworkSession('evorxa-updates'));
      return fetch(url, init);
    },
    clock: systemClock,
    store,
    loadInstaller: async () => {
      const { createInstaller } = await import('../updates/installer.ts');
      if (extension === null || feedUrl === null) throw new Error('Nothing is installed by the app here.');
      const hosts = [new URL(feedUrl).host, ...feed.otherHosts];
      const watch = watchDownloads(openNetworkSession(downloadPartition), hosts);
      return createInstaller({ extension, feedUrl, folder, windowsPublisher, watch, log });
    },
    onChange: publish.updates.changed,
    log,
  });
  let schedule: UpdateSchedule | null = null;
  settings.onChange(() => schedule?.changed());
  return {
    updates,
    downloadPage: feed.downloadPage,
    start: () => {
      schedule = scheduleUpdates({
        clock: systemClock,
        random: Math.random,
        updates,
        isWanted: () => settings.get().updates.checksDaily,
        report,
      });
    },
    stop: () => {
      schedule?.stop();
      updates.cancel();
    },
    install: () => {
      try {
        updates.install();
      } catch (cause) {
        log.error('The update could not be installed. This version stays.', cause);
      }
    },
  };
}

/** The feed of this build; one that runs from its sources can be told another one, and its key. */
function feedOf(env: NodeJS.ProcessEnv, isPackaged: boolean): ReleaseFeed {
  const feedUrl = env['EVORXA_UPDATE_FEED'];
  const publicKey = env['EVORXA_UPDATE_KEY'];
  if (isPackaged || feedUrl === undefined || publicKey === undefined) return releaseFeed;
  return { ...releaseFeed, feedUrl, publicKeys: [publicKey] };
}

/**
 * The AppImage that this process was started from. `APPIMAGE` alone says nothing: whoever starts another program out of an
 * AppImage, as a terminal does, hands it on, and that AppImage would be replaced.
 */
function runningAppImage(
  env: NodeJS.ProcessEnv,
  execPath: string,
): { readonly appImage: string | null; readonly isReplaceable: boolean } {
  const { APPIMAGE: appImage, APPDIR: mountPoint } = env;
  if (appImage === undefined || mountPoint === undefined || !execPath.startsWith(mountPoint + sep))
    return { appImage: null, isReplaceable: false };
  try {
    accessSync(dirname(appImage), constants.W_OK);
    return { appImage, isReplaceable: true };
  } catch {
    return { appImage, isReplaceable: false };
  }
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AppImageUpdater,
  CancellationToken,
  MacUpdater,
  NsisUpdater,
  Provider,
  type AppUpdater,
  type ResolvedUpdateFileInfo,
  type UpdateInfo,
} from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import type { UpdateProblem } from '../../preload/contract/updates.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { downloadProblem } from './download-problem.ts';
import type { InstallerExtension, UpdateFile } from './feed.ts';
import { replaceFile } from './replace-file.ts';

/** A version with its file, as a feed that was checked has them. */
export interface CheckedUpdate {
  readonly version: string;
  readonly file: UpdateFile;
}

/** Downloads an update and installs it; the one part that electron-updater is loaded for. */
export interface Installer {
  /**
   * Downloads the file of an update, which is removed again where it is not the one of the feed. `canceled` where `signal` said
   * so.
   */
  download(
    update: CheckedUpdate,
    onProgress: (receivedBytes: number) => void,
    signal: AbortSignal,
  ): Promise<Result<undefined, UpdateProblem | 'canceled'>>;
  /** Installs what was downloaded, as the last that the app does. Throws where that fails; the version that runs stays. */
  install(): void;
}

/** The session that electron-updater downloads with, under a watch. */
export interface DownloadWatch {
  /**
   * From now on lets through what is asked of the listed hosts by https, and answers of this size. Gives what says why
   * something was stopped; null: nothing was.
   */
  expect(sizeBytes: number): () => UpdateProblem | null;
}

export interface InstallerOptions {
  readonly extension: InstallerExtension;
  readonly feedUrl: string;
  /** The folder of the app's data. */
  readonly folder: string;
  readonly windowsPublisher: string | null;
  readonly watch: DownloadWatch;
  readonly log: { info(message: string): void; warn(message: string): void; error(message: string): void };
}

/** Where downloads wait, below the user's cache folder. */
const cacheFolder = 'evorxa-desktop-updater';

/** Makes the installer of this system. */
export function createInstaller(options: InstallerOptions): Installer {
  const { extension, feedUrl, folder, windowsPublisher, watch, log } = options;
  const updater = createUpdater(extension);
  const configPath = join(folder, 'updater.json');
  // YAML can be JSON. Without such a file electron-updater runs any installer on Windows, whoever signed it.
  const publisher = windowsPublisher === null ? {} : { publisherName: [windowsPublisher] };
  writeFileSync(configPath, JSON.stringify({ updaterCacheDirName: cacheFolder, ...publisher }));
  updater.updateConfigPath = configPath;
  updater.logger = {
    info: (message) => log.info(`Updater: ${String(message)}`),
    warn: (message) => log.warn(`Updater: ${String(message)}`),
    error: (message) => log.error(`Updater: ${String(message)}`),
  };
  // It is told in the answer too; an "error" that nobody listens to would be thrown.
  updater.on('error', () => undefined);
  updater.autoDownload = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  updater.disableDifferentialDownload = true;
  // A package is active by itself; what runs from its sources is, where a test says that it is an AppImage.
  updater.forceDevUpdateConfig = true;
  // `install` is called when all is written. On macOS the system installs what it was given, when the app has ended.
  updater.autoInstallOnAppQuit = extension === 'zip';

  let downloaded: CheckedUpdate | null = null;
  return {
    download: async (update, onProgress, signal) => {
      const { version, file } = update;
      updater.setFeedURL({
        provider: 'custom',
        updateProvider: providerOf(update, new URL(file.name, feedUrl)),
      });
      const whyStopped = watch.expect(file.sizeBytes);
      const token = new CancellationToken();
      const cancel = (): void => token.cancel();
      const tell = ({ transferred }: { readonly transferred: number }): void => onProgress(transferred);
      signal.addEventListener('abort', cancel, { once: true });
      updater.on('download-progress', tell);
      try {
        const found = await updater.checkForUpdates();
        if (found?.isUpdateAvailable !== true) return fail({ kind: 'failed' });
        if (signal.aborted) return fail('canceled');
        await updater.downloadUpdate(token);
        downloaded = update;
        return ok(undefined);
      } catch (cause) {
        if (signal.aborted) return fail('canceled');
        const problem = whyStopped() ?? downloadProblem(cause, file.sizeBytes);
        log.warn(`Version ${version} was not downloaded: ${problem.kind}.`);
        return fail(problem);
      } finally {
        updater.off('download-progress', tell);
        signal.removeEventListener('abort', cancel);
      }
    },
    install: () => {
      if (downloaded === null) return;
      if (updater instanceof WholeAppImageUpdater) updater.replaceBy(downloaded.file.sha512);
      else if (updater instanceof NsisUpdater) updater.install(true, false);
    },
  };
}

/**
 * electron-updater's own way removes the app's file before it has moved the new one into its place, which on a full disk
 * leaves neither.
 */
class WholeAppImageUpdater extends AppImageUpdater {
  replaceBy(sha512: string): void {
    const target = process.env['APPIMAGE'];
    if (target === undefined || this.installerPath === null) throw new Error('There is no file to install.');
    replaceFile(this.installerPath, target, sha512);
  }
}

function createUpdater(extension: InstallerExtension): AppUpdater {
  const updater =
    extension === 'AppImage'
      ? new WholeAppImageUpdater()
      : extension === 'exe'
        ? new NsisUpdater()
        : new MacUpdater();
  // Else it writes a number of its own for this computer, and sends it with each request.
  Object.assign(updater, { stagingUserIdPromise: { hasValue: true, value: Promise.resolve('') } });
  return updater;
}

/** Says to electron-updater what was checked already: it asks no server for it. */
function providerOf({ version, file }: CheckedUpdate, url: URL): ProviderClass {
  const files = [{ url: file.name, sha512: file.sha512, size: file.sizeBytes }];
  // Without the fields that feeds had before they listed files.
  const info = { version, files, releaseDate: '' } as unknown as UpdateInfo;
  return class extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }

    /** Sent with the file's request, instead of the number of this computer. */
    override get fileExtraDownloadHeaders(): Record<string, string> {
      return { accept: '*/*' };
    }

    override getLatestVersion(): Promise<UpdateInfo> {
      return Promise.resolve(info);
    }

    override resolveFiles(): ResolvedUpdateFileInfo[] {
      return info.files.map((each) => ({ url, info: each }));
    }
  };
}

type ProviderClass = new (
  options: unknown,
  updater: unknown,
  runtime: ProviderRuntimeOptions,
) => Provider<UpdateInfo>;

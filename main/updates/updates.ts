import type { UpdateOffer, UpdateProblem, UpdateState } from '../../preload/contract/updates.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Fetch } from '../api/index.ts';
import type { WallClock } from '../clock/index.ts';
import type { JsonStore } from '../storage/index.ts';
import type { InstallerExtension, Update } from './feed.ts';
import { fetchFeed } from './fetch-feed.ts';
import type { Installer } from './installer.ts';
import type { PublicKey } from './minisign.ts';
import { createUpdateMemory, type UpdateMemory } from './update-memory.ts';

/** What updates are looked for with. */
export interface UpdatesOptions {
  /** Null: this build does not look for updates. */
  readonly feed: { readonly url: string; readonly keys: readonly PublicKey[] } | null;
  readonly currentVersion: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** What can be installed here; null: the user downloads it. */
  readonly extension: InstallerExtension | null;
  readonly fetch: Fetch;
  readonly clock: WallClock;
  readonly store: JsonStore;
  /** Loads what downloads and installs: large, and needed by few runs of the app. */
  readonly loadInstaller: () => Promise<Installer>;
  readonly onChange: (state: UpdateState) => void;
  readonly log: { info(message: string): void; warn(message: string, detail?: unknown): void };
}

const notConfigured = fail({
  kind: 'refused',
  message: 'This build does not look for updates.',
} as const);

/**
 * Looks for a newer version, downloads it when the user says so, and installs it when the app quits. Whatever goes wrong,
 * the version that runs stays.
 */
export class Updates {
  readonly #options: UpdatesOptions;
  readonly #memory: UpdateMemory;
  #state: UpdateState;
  /** What the feed said that `#state` offers. */
  #offered: Update | null = null;
  #installer: Installer | null = null;
  #canceling: AbortController | null = null;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#memory = createUpdateMemory(options.store);
    this.#state =
      options.feed === null
        ? { kind: 'off', reason: 'not-configured' }
        : { kind: 'idle', checkedAtMs: this.#memory.checkedAtMs() };
  }

  state(): UpdateState {
    return this.#state;
  }

  /** When a feed was asked for last, with whatever end; null: never. */
  askedAtMs(): number | null {
    return this.#memory.askedAtMs();
  }

  /**
   * Asks for the feed; how that ends is in the state. What is being downloaded or waits to be installed is left alone.
   * `isQuiet`: nobody asked, so that a failure takes nothing off the screen.
   */
  async check({ isQuiet }: { readonly isQuiet: boolean }): Promise<Result<undefined>> {
    const { feed, clock, log } = this.#options;
    if (feed === null) return notConfigured;
    const before = this.#state;
    if (['checking', 'downloading', 'ready', 'installed'].includes(before.kind)) return ok(undefined);
    this.#set({ kind: 'checking' });
    let found: Result<Update, UpdateProblem> = fail({ kind: 'failed' });
    try {
      found = await this.#find(feed);
    } catch (cause) {
      log.warn('Updates could not be looked for.', cause);
    }
    const atMs = clock.now();
    this.#memory.asked(atMs);
    if (!found.ok) {
      log.warn(`No update was taken: ${found.error.kind}.`);
      const isKept = isQuiet && (before.kind === 'offered' || before.kind === 'download-failed');
      this.#set(isKept ? before : { kind: 'check-failed', problem: found.error, atMs });
      return ok(undefined);
    }
    const { version, isNewer } = found.value;
    this.#memory.saw(version, atMs);
    this.#offered = isNewer ? found.value : null;
    if (isNewer) log.info(`Version ${version} is available.`);
    this.#set(isNewer ? this.#offering(offerOf(found.value)) : { kind: 'idle', checkedAtMs: atMs });
    return ok(undefined);
  }

  async #find(feed: NonNullable<UpdatesOptions['feed']>): Promise<Result<Update, UpdateProblem>> {
    const { fetch, platform, arch, extension, currentVersion, clock } = this.#options;
    // With what reads a feed: nobody needs it to start the app.
    const { feedNameFor, judgeFeed } = await import('./feed.ts');
    const feedName = feedNameFor(platform, arch);
    const fetched = await fetchFeed(fetch, feed.url, feedName);
    if (!fetched.ok) return fetched;
    return judgeFeed(fetched.value.feed, fetched.value.signatureText, {
      keys: feed.keys,
      feedName,
      currentVersion,
      highestVersion: this.#memory.highestVersion(),
      nowMs: clock.now(),
      installer: extension === null ? null : { extension, arch },
    });
  }

  /** Downloads what is offered; how that ends is in the state. */
  async download(): Promise<Result<undefined>> {
    const { version, file } = this.#offered ?? { version: '', file: null };
    const { kind } = this.#state;
    if (kind === 'downloading') return ok(undefined);
    if (file === null || (kind !== 'offered' && kind !== 'download-failed'))
      return fail({ kind: 'refused', message: 'There is nothing to download. Check for updates first.' });
    const offer: UpdateOffer = { version, sizeBytes: file.sizeBytes, way: 'install' };
    const progress = (receivedBytes: number): void =>
      this.#set({ kind: 'downloading', offer, receivedBytes, totalBytes: file.sizeBytes });
    progress(0);
    const canceling = new AbortController();
    this.#canceling = canceling;
    let ended: Awaited<ReturnType<Installer['download']>> = fail({ kind: 'failed' });
    try {
      this.#installer ??= await this.#options.loadInstaller();
      ended = await this.#installer.download({ version, file }, progress, canceling.signal);
    } catch (cause) {
      this.#options.log.warn('The update could not be downloaded.', cause);
    }
    this.#canceling = null;
    if (ended.ok) this.#set({ kind: 'ready', version });
    else if (ended.error === 'canceled') this.#set(this.#offering(offer));
    else this.#set({ kind: 'download-failed', offer, problem: ended.error });
    return ok(undefined);
  }

  /** Another version was installed while this one runs: there is nothing to look for until that one does. */
  installedMeanwhile(): void {
    this.#set({ kind: 'installed', isDismissed: false });
    this.cancel();
  }

  /** The user has seen what is offered or installed. */
  dismiss(): void {
    if (this.#state.kind === 'installed') this.#set({ kind: 'installed', isDismissed: true });
    if (this.#state.kind !== 'offered') return;
    this.#memory.dismissed(this.#state.offer.version);
    this.#set(this.#offering(this.#state.offer));
  }

  #offering(offer: UpdateOffer): UpdateState {
    return { kind: 'offered', offer, isDismissed: this.#memory.dismissedVersion() === offer.version };
  }

  /** Gives a download up. */
  cancel(): void {
    this.#canceling?.abort();
  }

  /** The app has ended: installs what waits. Throws where that fails. */
  install(): void {
    if (this.#state.kind === 'ready') this.#installer?.install();
  }

  #set(state: UpdateState): void {
    // What was under way then ends without a word.
    if (this.#state.kind === 'installed' && state.kind !== 'installed') return;
    this.#state = state;
    this.#options.onChange(state);
  }
}

function offerOf({ version, file }: Update): UpdateOffer {
  return file === null
    ? { version, sizeBytes: null, way: 'download-page' }
    : { version, sizeBytes: file.sizeBytes, way: 'install' };
}

import type { ApiError } from '../../preload/contract/errors.ts';
import type { Gaps } from '../../preload/contract/gaps.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { isUpdateOf, watchName } from '../../preload/contract/watch-name.ts';
import type {
  Watched,
  WatchData,
  WatchKey,
  WatchKeyOf,
  WatchKind,
  WatchUpdate,
} from '../../preload/contract/watch.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Answer } from './monitor-api.ts';
import { Resource, type ResourceContext } from './resource.ts';
import { watchInterval } from './watch-interval.ts';

/** Asks once for what a key names. `isAsked`: a view has opened, or somebody refreshes it; else it is polled. */
export type LoadWatch = <K extends WatchKind>(
  key: WatchKeyOf<K>,
  signal: AbortSignal,
  isAsked: boolean,
) => Promise<Result<Answer<WatchData[K]>, ApiError>>;

export interface WatchesOptions {
  readonly context: ResourceContext;
  readonly load: LoadWatch;
  readonly onUpdate: (update: WatchUpdate) => void;
  /** How a request ended: what it says of the account is the monitor's to know. */
  readonly onHeard: (error: ApiError | null) => void;
  /** An agent's turn is under way on this instance. */
  readonly isAgentWorking: (id: InstanceId) => boolean;
}

interface Watch {
  readonly key: WatchKey;
  readonly resource: Resource;
  holders: number;
  update: WatchUpdate;
  /** The next request is for a view that has opened, or a refresh. */
  isAsked: boolean;
}

/**
 * `watches`: more than any view needs; a renderer that asks for more has lost count. `kept`: resources that nobody
 * watches any more, whose last data greets whoever comes back. The small ones of the list's rows are counted apart, so
 * that scrolling takes no view its place.
 */
const limits = {
  view: { watches: 64, kept: 24 },
  row: { watches: 64, kept: 200 },
} as const;

const shareOf = (kind: WatchKind): keyof typeof limits => (kind === 'cpu-trend' ? 'row' : 'view');

const nothing: Watched<never> = { data: null, checkedAtMs: null, error: null, gaps: null };

/** Keeps fresh what views ask for while they ask for it; two that ask for the same share one poller. */
export class Watches {
  readonly #options: WatchesOptions;
  readonly #watches = new Map<string, Watch>();
  readonly #kept = new Map<string, WatchUpdate>();
  #isAsleep = false;

  constructor(options: WatchesOptions) {
    this.#options = options;
    options.context.onPaceChange(() => this.reschedule());
  }

  /** Begins to keep a resource fresh, or counts one more who wants it. Gives what is known already. */
  start<K extends WatchKind>(key: WatchKeyOf<K>): Result<WatchUpdate<K>> {
    const name = watchName(key);
    const update = this.#known(key);
    const held = this.#watches.get(name);
    if (held) {
      held.holders += 1;
      return ok(update);
    }
    const share = shareOf(key.kind);
    const open = [...this.#watches.values()].filter(({ key: other }) => shareOf(other.kind) === share);
    if (open.length >= limits[share].watches) {
      return fail({ kind: 'refused', message: 'Too many things are open at once. Close a view first.' });
    }
    const resource = this.#resource(key, name);
    this.#kept.delete(name);
    this.#watches.set(name, { key, resource, holders: 1, update, isAsked: true });
    if (!this.#isAsleep) resource.start();
    return ok(update);
  }

  /** One less wants it; with the last one its polling ends. Unknown keys are nobody's mistake: the window reloaded. */
  stop(key: WatchKey): void {
    const name = watchName(key);
    const watch = this.#watches.get(name);
    if (!watch) return;
    watch.holders -= 1;
    if (watch.holders === 0) this.#release(name, watch);
  }

  /** Asks at once, if it is watched. */
  async refresh(key: WatchKey): Promise<void> {
    await this.#asked(key)?.refresh();
  }

  /** Asks for what is so after this moment, if it is watched: a request from before does not count. */
  async refreshAfterCurrent(key: WatchKey): Promise<void> {
    await this.#asked(key)?.refreshAfterCurrent();
  }

  /** Whether somebody looks at it. */
  isWatched(key: WatchKey): boolean {
    return this.#watches.has(watchName(key));
  }

  /** What is known of a resource that is or was watched; null where nothing is. */
  known<K extends WatchKind>(key: WatchKeyOf<K>): WatchData[K] | null {
    return this.#known(key).state.data;
  }

  /** What is missing in the resources that are or were watched, by their kind. */
  incomplete(): readonly { readonly kind: WatchKind; readonly gaps: Gaps }[] {
    const updates = [...[...this.#watches.values()].map(({ update }) => update), ...this.#kept.values()];
    return updates.flatMap(({ kind, state: { gaps } }) => (gaps === null ? [] : [{ kind, gaps }]));
  }

  /** Changes what is shown of a resource between two polls, also for a view that is about to watch it. */
  patch<K extends WatchKind>(
    key: WatchKeyOf<K>,
    change: (data: WatchData[K] | null) => WatchData[K] | null,
  ): void {
    const known = this.#known(key);
    const update = { ...known, state: { ...known.state, data: change(known.state.data) } };
    if (this.#watches.has(update.name)) this.#show(update);
    else this.#keep(update);
  }

  /** What an agent does became another: intervals may be others. */
  reschedule(): void {
    for (const { resource } of this.#watches.values()) resource.reschedule();
  }

  /** The machine goes to sleep. */
  suspend(): void {
    this.#isAsleep = true;
    for (const { resource } of this.#watches.values()) resource.stop();
  }

  /** The machine woke up: what is watched is asked for once. */
  resume(): void {
    this.#isAsleep = false;
    for (const { resource } of this.#watches.values()) resource.start();
  }

  /** The window is gone: nobody watches anything. */
  resetAll(): void {
    for (const [name, watch] of this.#watches) this.#release(name, watch);
  }

  #asked(key: WatchKey): Resource | undefined {
    const watch = this.#watches.get(watchName(key));
    if (watch !== undefined) watch.isAsked = true;
    return watch?.resource;
  }

  #resource<K extends WatchKind>(key: WatchKeyOf<K>, name: string): Resource {
    const { context, load, onHeard, isAgentWorking } = this.#options;
    const isWorking = (asked: WatchKey): boolean => 'instanceId' in asked && isAgentWorking(asked.instanceId);
    return new Resource({
      ...context,
      interval: () => watchInterval(key, isWorking(key)),
      ask: async (signal) => {
        const watch = this.#watches.get(name);
        const isAsked = watch?.isAsked ?? false;
        if (watch !== undefined) watch.isAsked = false;
        const result = await load(key, signal, isAsked);
        if (signal.aborted || !this.#watches.has(name)) return null;
        const known = this.#known(key);
        if (result.ok) {
          const { value: data, gaps } = result.value;
          this.#show({ ...known, state: { data, checkedAtMs: context.clock.now(), error: null, gaps } });
          onHeard(null);
          return null;
        }
        this.#show({ ...known, state: { ...known.state, error: result.error } });
        onHeard(result.error);
        return result.error;
      },
    });
  }

  /** What is shown of a resource now, or was shown last. */
  #known<K extends WatchKind>(key: WatchKeyOf<K>): WatchUpdate<K> {
    const { kind } = key;
    const name = watchName(key);
    const known = this.#watches.get(name)?.update ?? this.#kept.get(name);
    return known !== undefined && isUpdateOf(kind, known) ? known : { kind, name, state: nothing };
  }

  #show(update: WatchUpdate): void {
    const watch = this.#watches.get(update.name);
    if (!watch) return;
    watch.update = update;
    this.#options.onUpdate(update);
  }

  #release(name: string, { resource, update }: Watch): void {
    resource.stop();
    this.#watches.delete(name);
    this.#keep(update);
  }

  #keep(update: WatchUpdate): void {
    if (update.state.data === null) return;
    this.#kept.set(update.name, update);
    const share = shareOf(update.kind);
    // Oldest first.
    const kept = [...this.#kept.values()].filter(({ kind }) => shareOf(kind) === share);
    for (const { name } of kept.slice(0, Math.max(0, kept.length - limits[share].kept))) {
      this.#kept.delete(name);
    }
  }
}

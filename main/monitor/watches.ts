import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { watchName } from '../../preload/contract/watch-name.ts';
import {
  type Watched,
  type WatchData,
  type WatchKey,
  type WatchKind,
  type WatchUpdate,
} from '../../preload/contract/watch.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Answer } from './monitor-api.ts';
import { Resource, type ResourceContext } from './resource.ts';
import { watchInterval } from './watch-interval.ts';

export type AnyWatched = Watched<WatchData[WatchKind]>;

/** Asks once for what a key names. */
export type LoadWatch = (
  key: WatchKey,
  signal: AbortSignal,
) => Promise<Result<Answer<WatchData[WatchKind]>, ApiError>>;

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
  state: AnyWatched;
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

const shareOf = (name: string): keyof typeof limits => (name.startsWith('cpu-trend/') ? 'row' : 'view');

const nothing: AnyWatched = { data: null, checkedAtMs: null, error: null, gaps: null };

/** Keeps fresh what views ask for while they ask for it; two that ask for the same share one poller. */
export class Watches {
  readonly #options: WatchesOptions;
  readonly #watches = new Map<string, Watch>();
  readonly #kept = new Map<string, AnyWatched>();
  #isAsleep = false;

  constructor(options: WatchesOptions) {
    this.#options = options;
    options.context.onPaceChange(() => this.reschedule());
  }

  /** Begins to keep a resource fresh, or counts one more who wants it. Gives what is known already. */
  start(key: WatchKey): Result<AnyWatched> {
    const name = watchName(key);
    const held = this.#watches.get(name);
    if (held) {
      held.holders += 1;
      return ok(held.state);
    }
    const share = shareOf(name);
    if (namesOf(this.#watches, share).length >= limits[share].watches) {
      return fail({ kind: 'refused', message: 'Too many things are open at once. Close a view first.' });
    }
    const watch: Watch = {
      key,
      resource: this.#resource(key, name),
      holders: 1,
      state: this.#kept.get(name) ?? nothing,
    };
    this.#kept.delete(name);
    this.#watches.set(name, watch);
    if (!this.#isAsleep) watch.resource.start();
    return ok(watch.state);
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
    await this.#watches.get(watchName(key))?.resource.refresh();
  }

  /** Asks for what is so after this moment, if it is watched: a request from before does not count. */
  async refreshAnew(key: WatchKey): Promise<void> {
    await this.#watches.get(watchName(key))?.resource.refreshAnew();
  }

  /** Whether somebody looks at it. */
  isWatched(key: WatchKey): boolean {
    return this.#watches.has(watchName(key));
  }

  /** Changes what is shown of a resource between two polls, also for a view that is about to watch it. */
  patch(key: WatchKey, change: (data: WatchData[WatchKind] | null) => WatchData[WatchKind] | null): void {
    const name = watchName(key);
    const watch = this.#watches.get(name);
    if (watch) {
      this.#show(name, { ...watch.state, data: change(watch.state.data) });
      return;
    }
    const kept = this.#kept.get(name) ?? nothing;
    this.#keep(name, { ...kept, data: change(kept.data) });
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

  #resource(key: WatchKey, name: string): Resource {
    const { context, load, onHeard, isAgentWorking } = this.#options;
    return new Resource({
      ...context,
      interval: () => watchInterval(key, 'instanceId' in key && isAgentWorking(key.instanceId)),
      ask: async (signal) => {
        const result = await load(key, signal);
        const watch = this.#watches.get(name);
        if (signal.aborted || !watch) return null;
        if (result.ok) {
          const { value: data, gaps } = result.value;
          this.#show(name, { data, checkedAtMs: context.clock.now(), error: null, gaps });
          onHeard(null);
          return null;
        }
        this.#show(name, { ...watch.state, error: result.error });
        onHeard(result.error);
        return result.error;
      },
    });
  }

  #show(name: string, state: AnyWatched): void {
    const watch = this.#watches.get(name);
    if (!watch) return;
    watch.state = state;
    this.#options.onUpdate({ name, state });
  }

  #release(name: string, { resource, state }: Watch): void {
    resource.stop();
    this.#watches.delete(name);
    this.#keep(name, state);
  }

  #keep(name: string, state: AnyWatched): void {
    if (state.data === null) return;
    this.#kept.set(name, state);
    const share = shareOf(name);
    const kept = namesOf(this.#kept, share);
    for (const oldest of kept.slice(0, Math.max(0, kept.length - limits[share].kept))) {
      this.#kept.delete(oldest);
    }
  }
}

/** Those of a share, oldest first. */
function namesOf(held: ReadonlyMap<string, unknown>, share: keyof typeof limits): readonly string[] {
  return [...held.keys()].filter((name) => shareOf(name) === share);
}

import { untrack } from 'svelte';
import type { Gaps } from '../../preload/contract/gaps.ts';
import type { WatchKind } from '../../preload/contract/watch.ts';

/** A resource that is in view, with what is missing in it. */
export interface OpenResource {
  readonly kind: WatchKind;
  readonly gaps: Gaps | null;
  refresh(): void;
}

/** What the views in the window watch. */
class OpenResources {
  #all = $state.raw<readonly OpenResource[]>([]);

  /** Those in which something is missing, one of each kind. */
  get incomplete(): readonly (OpenResource & { readonly gaps: Gaps })[] {
    const byKind = new Map<WatchKind, OpenResource & { readonly gaps: Gaps }>();
    for (const { kind, gaps, refresh } of this.#all) {
      if (gaps !== null && !byKind.has(kind)) byKind.set(kind, { kind, gaps, refresh });
    }
    return [...byKind.values()];
  }

  /** A view shows it; gives what ends that. To be called in an effect. */
  add(resource: OpenResource): () => void {
    this.#all = [...untrack(() => this.#all), resource];
    return () => {
      this.#all = untrack(() => this.#all).filter((other) => other !== resource);
    };
  }
}

/** The resources that are in view now. */
export const openResources = new OpenResources();

import { untrack } from 'svelte';
import type { Gaps } from '../../preload/contract/gaps.ts';
import type { WatchKind } from '../../preload/contract/watch.ts';

/** A resource that is in view, with what is missing in it. */
export interface OpenResource {
  readonly kind: WatchKind;
  readonly gaps: Gaps | null;
  readonly refresh: () => void;
}

/** What the views in the window watch. */
class OpenResources {
  #all = $state.raw<readonly OpenResource[]>([]);

  /** Those in which something is missing, one of each kind. */
  get incomplete(): readonly (OpenResource & { readonly gaps: Gaps })[] {
    const incomplete = this.#all.flatMap(({ kind, gaps, refresh }) =>
      gaps === null ? [] : [{ kind, gaps, refresh }],
    );
    return incomplete.filter(
      ({ kind }, index) => incomplete.findIndex((other) => other.kind === kind) === index,
    );
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

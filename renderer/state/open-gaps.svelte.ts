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
  /** Apart from what is drawn: where a view is left, Svelte reads state as it was before the change. */
  readonly #open = new Set<OpenResource>();
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
    this.#open.add(resource);
    this.#all = [...this.#open];
    return () => {
      this.#open.delete(resource);
      this.#all = [...this.#open];
    };
  }
}

/** The resources that are in view now. */
export const openResources = new OpenResources();

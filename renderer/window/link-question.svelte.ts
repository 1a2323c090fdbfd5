import type { WindowRequest } from '../../preload/contract/app.ts';
import { router } from '../state/router.svelte.ts';

/** A connection that a link from outside of the app asks for. */
type LinkConnection = NonNullable<WindowRequest['connect']>;

/** The connection that waits for a yes, on the page of its instance alone. */
class LinkQuestion {
  #asked = $state.raw<LinkConnection | null>(null);

  get current(): LinkConnection | null {
    const { route } = router;
    return route.page === 'instance' && route.instanceId === this.#asked?.instanceId ? this.#asked : null;
  }

  ask(connection: LinkConnection): void {
    this.#asked = connection;
  }

  close(): void {
    this.#asked = null;
  }
}

export const linkQuestion = new LinkQuestion();

import type { Route } from '../../preload/contract/app.ts';
import { toasts } from '../components/feedback/toast-store.ts';
import { hrefOf, routeOf } from './route-hash.ts';

/** Where the window is. Places are in the address' hash, so that links are links, and the history goes back. */
class Router {
  #route = $state.raw<Route>(routeOf(window.location.hash));

  get route(): Route {
    return this.#route;
  }

  /** Shows a place. */
  go(route: Route): void {
    window.location.hash = hrefOf(route);
  }

  /** Shows the list, as after a change of account: ids of the old one mean nothing in the new one. */
  reset(): void {
    this.go({ page: 'instances' });
  }

  /** Follows the address, for the life of the window. */
  follow(): void {
    window.addEventListener('hashchange', () => {
      this.#route = routeOf(window.location.hash);
      toasts.leavePage();
    });
  }
}

/** The window’s one place: it follows the address after the `#`. */
export const router = new Router();

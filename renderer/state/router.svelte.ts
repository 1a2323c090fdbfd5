import type { Route } from '../../preload/contract/app.ts';
import { client } from '../client.ts';

const start: Route = { page: 'instances' };

/** Where the window is, with the way back. Routes are values; nothing of them is in the page's address. */
class Router {
  #route = $state.raw<Route>(start);
  #past: readonly Route[] = [];

  get route(): Route {
    return this.#route;
  }

  /** Shows a place. */
  go(route: Route): void {
    this.#past = [...this.#past.slice(-49), this.#route];
    this.#route = route;
  }

  /** Shows the place before this one; the list when there is none. */
  back(): void {
    this.#route = this.#past.at(-1) ?? start;
    this.#past = this.#past.slice(0, -1);
  }

  /** Forgets all places, as after a change of account. */
  reset(): void {
    this.#past = [];
    this.#route = start;
  }

  /** Goes where main asks to: a click in the tray or on a notification. Returns the unsubscribe. */
  follow(): () => void {
    void client.app.takeRoute(undefined).then((answer) => {
      if (answer.ok && answer.value !== null) this.go(answer.value);
    });
    return client.app.navigate((route) => this.go(route));
  }
}

export const router = new Router();

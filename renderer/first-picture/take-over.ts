import { hydrate, mount, type Component } from 'svelte';
import { currentAccount } from '../state/app.svelte.ts';
import { listView } from '../views/instances/list-view.svelte.ts';

/**
 * Draws the window in its element: takes over the picture in it where it is one of the account that is shown, in place and
 * without drawing anything again that is the same; else from nothing. What has changed since the picture is put right.
 */
export function takeOver(app: Component, target: HTMLElement): void {
  const { account, listSize } = target.dataset;
  if (account !== undefined && account === currentAccount()?.id) {
    const [widthPx = 0, heightPx = 0] = (listSize ?? '').split(' ').map(Number);
    if (widthPx > 0 && heightPx > 0) listView.size = { widthPx, heightPx };
    hydrate(app, { target });
  } else {
    target.replaceChildren();
    mount(app, { target });
  }
  delete target.dataset.account;
  delete target.dataset.listSize;
}

import type { Account } from '../../preload/contract/account.ts';
import { client } from '../client.ts';
import { Pushed } from './pushed.svelte.ts';
import { router } from './router.svelte.ts';
import { snapshot } from './snapshot.svelte.ts';

export const accounts = new Pushed(client.accounts.state, client.accounts.changed);
export const appInfo = new Pushed(client.app.info, client.app.infoChanged);
export const settings = new Pushed(client.settings.get, client.settings.changed);
export const sessions = new Pushed(client.terminal.sessions, client.terminal.changed);
export const consoles = new Pushed(client.console.sessions, client.console.changed);
export const marks = new Pushed(client.marks.all, client.marks.changed);
export const notices = new Pushed(client.notices.list, client.notices.changed);

/** The account that the window shows, or null. */
export function currentAccount(): Account | null {
  const state = accounts.current;
  return state?.accounts.find(({ id }) => id === state.currentId) ?? null;
}

/** Follows everything that main tells, for the life of the window. Returns the unsubscribe. */
export function followMain(): () => void {
  const unsubscribes = [
    accounts.follow(),
    appInfo.follow(),
    settings.follow(),
    sessions.follow(),
    consoles.follow(),
    marks.follow(),
    notices.follow(),
    snapshot.follow(),
    router.follow(),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}

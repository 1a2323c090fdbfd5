import type { Account } from '../../preload/contract/account.ts';
import { client } from '../client.ts';
import { Pushed } from './pushed.svelte.ts';
import { router } from './router.svelte.ts';
import { snapshot } from './snapshot.svelte.ts';

/** All accounts, and which one is shown. */
export const accounts = new Pushed(client.accounts.state, client.accounts.changed);
/** What there is to know of the app itself. */
export const appInfo = new Pushed(client.app.info, client.app.infoChanged);
/** What the user has set. */
export const settings = new Pushed(client.settings.get, client.settings.changed);
/** Whether the app can be locked. */
export const appLock = new Pushed(client.appLock.state, client.appLock.changed);
/** How it stands with updates of the app. */
export const updates = new Pushed(client.updates.state, client.updates.changed);
/** The terminal sessions, for the tabs of the dock. */
export const sessions = new Pushed(client.terminal.sessions, client.terminal.changed);
/** The port forwards of the account. */
export const portForwards = new Pushed(client.portForwards.list, client.portForwards.changed);
/** The consoles, for the same tabs. */
export const consoles = new Pushed(client.console.sessions, client.console.changed);
/** What the user has marked instances with. */
export const annotations = new Pushed(client.annotations.all, client.annotations.changed);
/** What the user wants to be told of, and what of it is so now. */
export const alerts = new Pushed(client.alerts.book, client.alerts.changed);
/** What the user did from this app. */
export const activity = new Pushed(client.activity.list, client.activity.changed);
/** How creating an instance stands, with its draft. */
export const creation = new Pushed(client.create.state, client.create.changed);
/** Changes of firewalls that are being applied, and how the last ones ended. */
export const shieldChanges = new Pushed(client.shield.applyState, client.shield.applyChanged);
/** Rules of firewalls that the app ends or replaces by itself while it runs. */
export const automaticRules = new Pushed(client.automaticRules.list, client.automaticRules.changed);
/** Requests that wait before they leave, and how they ended. */
export const pendingActions = new Pushed(client.pendingActions.list, client.pendingActions.changed);
/** A power action for several instances, and what came of it. */
export const bulkPower = new Pushed(client.instances.bulkPowerState, client.instances.bulkPowerChanged);
/** Files that were edited here and are not on their instances. */
export const unsentEdits = new Pushed(client.files.unsent, client.files.unsentChanged);
/** What was told lately. */
export const notices = new Pushed(client.notices.list, client.notices.changed);

/** The account that the window shows, or null. */
export function currentAccount(): Account | null {
  const state = accounts.current;
  return state?.accounts.find(({ id }) => id === state.currentId) ?? null;
}

/**
 * Follows everything that main tells, for the life of the window. Resolves when there is what the first picture needs,
 * which main has on the disk.
 */
export async function followMain(): Promise<void> {
  router.follow();
  const picture = [accounts.follow(), settings.follow(), snapshot.follow()];
  const later = [
    appInfo,
    appLock,
    sessions,
    consoles,
    portForwards,
    annotations,
    alerts,
    activity,
    creation,
    shieldChanges,
    automaticRules,
    pendingActions,
    bulkPower,
    notices,
    unsentEdits,
    updates,
  ];
  for (const part of later) {
    void part.follow();
  }
  await Promise.all(picture);
}

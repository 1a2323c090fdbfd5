import { client } from '../client.ts';
import { act } from './act.ts';
import { appInfo } from './app.svelte.ts';

/** Opens the web dashboard in the browser, for what the API cannot do. */
export function openDashboard(): void {
  const url = appInfo.current?.dashboardUrl;
  if (url !== undefined)
    void act(client.app.openExternal({ url }), null, { about: 'Open the web dashboard' });
}

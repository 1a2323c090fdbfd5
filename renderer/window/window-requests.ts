import type { WindowRequest } from '../../preload/contract/app.ts';
import { client } from '../client.ts';
import { palette } from '../palette/palette.svelte.ts';
import { linkQuestion } from './link-question.svelte.ts';
import { askPower } from '../views/instances/power-question.svelte.ts';
import { diagnostics } from '../state/diagnostics.svelte.ts';
import { router } from '../state/router.svelte.ts';
import { shortcuts } from '../state/shortcuts.svelte.ts';
import { snapshot } from '../state/snapshot.svelte.ts';

/** Each is drawn where it is open. */
const opened = { palette, shortcuts, diagnostics };

function fulfil({ route, power, connect, isBadLink, opens }: WindowRequest): void {
  if (route !== null) router.go(route);
  if (connect !== undefined) linkQuestion.ask(connect);
  if (opens !== undefined) opened[opens].isOpen = true;
  if (isBadLink === true) void import('./bad-link.ts').then(({ sayBadLink }) => sayBadLink());
  const instance = power === null ? null : snapshot.instance(power.instanceId);
  if (power !== null && instance !== null) askPower(instance, power.action);
}

/** Does what a click in the tray or on a notification asks for, also one from before the window was there. */
export function followWindowRequests(): () => void {
  void client.app.takeWindowRequest(undefined).then((answer) => {
    if (answer.ok && answer.value !== null) fulfil(answer.value);
  });
  return client.app.windowRequested(fulfil);
}

/** Tells main what the system says of the network. Returns the unsubscribe. */
export function followNetwork(): () => void {
  const tell = (): void => void client.app.networkChanged({ online: navigator.onLine });
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}

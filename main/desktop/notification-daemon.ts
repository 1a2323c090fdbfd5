import { followService } from './follow-service.ts';
import type { MessageBus } from './message-bus.ts';

/** What shows notifications on this desktop. */
export interface NotificationDaemon {
  /** It runs, or is started with the first notification. */
  readonly isPresent: boolean;
  /** It takes the body of a notification for markup. */
  readonly readsMarkup: boolean;
  /** It shows buttons, and tells of a click at all. */
  readonly hasActions: boolean;
}

/** Where notifications are shown on the session bus. */
export const service = 'org.freedesktop.Notifications';
export const servicePath = '/org/freedesktop/Notifications';
const none: NotificationDaemon = { isPresent: false, readsMarkup: false, hasActions: false };

/**
 * Follows what shows notifications. macOS and Windows do it themselves, as plain text. On Linux it is asked over D-Bus
 * (https://specifications.freedesktop.org/notification-spec/1.2/): Electron knows neither.
 *
 * Calls `onChange` with the present truth before it resolves, then with each change. Resolves to the unsubscribe.
 */
export async function followNotificationDaemon(
  onChange: (daemon: NotificationDaemon) => void,
  onError: (cause: unknown) => void,
): Promise<() => void> {
  if (process.platform !== 'linux') {
    onChange({ isPresent: true, readsMarkup: false, hasActions: true });
    return () => undefined;
  }
  return followService({ name: service, look: daemonOn, absent: none }, onChange, onError);
}

async function daemonOn(bus: MessageBus): Promise<NotificationDaemon> {
  if (!(await bus.hasOwner(service)) && !(await bus.isActivatable(service))) return none;
  const capabilities = await bus.ask({
    destination: service,
    path: servicePath,
    method: [service, 'GetCapabilities'],
  });
  const has = (capability: string): boolean =>
    Array.isArray(capabilities) && capabilities.includes(capability);
  return { isPresent: true, readsMarkup: has('body-markup'), hasActions: has('actions') };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A body in which nothing is markup, for a daemon that reads it as such. A title never is read so. */
export function escapedBody(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => entities[character] ?? character);
}

import { openSessionBus, type SessionBus } from './session-bus.ts';

/** What shows notifications on this desktop. */
export interface NotificationDaemon {
  /** It runs, or is started with the first notification. */
  readonly isPresent: boolean;
  /** It takes the body of a notification for markup. */
  readonly readsMarkup: boolean;
}

const service = 'org.freedesktop.Notifications';
const none: NotificationDaemon = { isPresent: false, readsMarkup: false };

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
    onChange({ isPresent: true, readsMarkup: false });
    return () => undefined;
  }
  const gone = (cause: unknown): void => {
    onError(cause);
    onChange(none);
  };
  try {
    const bus = await openSessionBus(gone);
    if (bus === null) {
      onChange(none);
      return () => undefined;
    }
    let looks = 0;
    const look = async (): Promise<void> => {
      const own = (looks += 1);
      try {
        const daemon = await daemonOn(bus);
        if (own === looks) onChange(daemon);
      } catch (cause) {
        // Among others one that is gone and that the bus cannot start again.
        if (own === looks) gone(cause);
      }
    };
    bus.onOwnerChange(service, () => void look());
    await look();
    return bus.close;
  } catch (cause) {
    gone(cause);
    return () => undefined;
  }
}

async function daemonOn(bus: SessionBus): Promise<NotificationDaemon> {
  if (!(await bus.hasOwner(service)) && !(await bus.isActivatable(service))) return none;
  const capabilities = await bus.ask({
    destination: service,
    path: '/org/freedesktop/Notifications',
    method: [service, 'GetCapabilities'],
  });
  return {
    isPresent: true,
    readsMarkup: Array.isArray(capabilities) && capabilities.includes('body-markup'),
  };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A body in which nothing is markup, for a daemon that reads it as such. A title never is read so. */
export function escapedBody(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => entities[character] ?? character);
}

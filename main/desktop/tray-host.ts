import { followService } from './follow-service.ts';
import type { MessageBus } from './message-bus.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const propertiesName = 'org.freedesktop.DBus.Properties';

/**
 * Follows whether something shows tray icons. macOS and Windows always do. On Linux it is asked over D-Bus, since
 * Electron makes a tray icon whether or not anybody shows it, and an app must never be reachable by that alone.
 *
 * Calls `onChange` with the present truth before it resolves, then with each change. Resolves to the unsubscribe.
 */
export async function followTrayHost(
  onChange: (present: boolean) => void,
  onError: (cause: unknown) => void,
): Promise<() => void> {
  if (process.platform !== 'linux') {
    onChange(true);
    return () => undefined;
  }
  // The watcher can be there before what shows the icons (KDE's is a program of its own), and outlive it.
  const members = ['StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered'];
  const signals = { path: watcherPath, interface: watcherName, members };
  return followService({ name: watcherName, look: hasHost, signals, absent: false }, onChange, onError);
}

async function hasHost(bus: MessageBus): Promise<boolean> {
  if (!(await bus.hasOwner(watcherName))) return false;
  const property = [watcherName, 'IsStatusNotifierHostRegistered'] as const;
  return (
    (await bus.ask(
      { destination: watcherName, path: watcherPath, method: [propertiesName, 'Get'] },
      ...property,
    )) === true
  );
}

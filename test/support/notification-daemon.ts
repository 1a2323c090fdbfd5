import { z } from 'zod';
import { waitForFound } from './condition.ts';
import { BusConnection } from './dbus/connection.ts';

const service = 'org.freedesktop.Notifications';
const servicePath = '/org/freedesktop/Notifications';

/** Why a notification went, numbered as in the specification. */
const closeReason = { dismissedByUser: 2, closedByApp: 3 } as const;

const notifyArguments = z.tuple([
  z.string(),
  z.number().int(),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.record(z.string(), z.unknown()),
  z.number().int(),
]);

/** A notification as the app sent it. */
interface ReceivedNotification {
  readonly id: number;
  readonly appName: string;
  readonly title: string;
  readonly body: string;
  /** What can be clicked, by key; `default` is the notification itself. */
  readonly actions: Readonly<Record<string, string>>;
  readonly hints: Readonly<Record<string, unknown>>;
  /** -1: as long as the desktop likes; 0: until it is dismissed. */
  readonly timeoutMs: number;
  /** Whether it is still on screen, so to speak. */
  readonly open: boolean;
}

/** The part of a desktop that shows notifications, without a screen. */
export interface NotificationDaemon {
  /** All that came, oldest first. One that replaced another stands in its place. */
  readonly received: () => readonly ReceivedNotification[];
  /** The first that the predicate accepts, also among those that came before. */
  readonly waitFor: (
    accept: (notification: ReceivedNotification) => boolean,
    timeoutMs?: number,
  ) => Promise<ReceivedNotification>;
  /** Clicks an open notification or one of its actions. Throws when it is gone or has no such action. */
  readonly click: (id: number, actionKey?: string) => void;
  /** Dismisses an open notification without an action. */
  readonly dismiss: (id: number) => void;
  /** Answers each further notification with an error, as a daemon does that gets too many; or no longer. */
  readonly refuse: (on: boolean) => void;
  readonly close: () => void;
}

/**
 * Owns `org.freedesktop.Notifications` on a session bus (default: that of the environment). Rejects when another
 * daemon has it. `capabilities` are those that it tells. Linux only. Source: https://specifications.freedesktop.org/notification-spec/1.2/
 */
export async function startNotificationDaemon(
  busAddress?: string,
  capabilities: readonly string[] = ['actions', 'body'],
): Promise<NotificationDaemon> {
  const bus = await BusConnection.open(busAddress);
  const notifications = new Map<number, ReceivedNotification>();
  const listeners = new Set<() => void>();
  let lastId = 0;
  let refuses = false;

  const take = (args: readonly unknown[]): number => {
    if (refuses) throw new Error('Created too many similar notifications in quick succession.');
    const [appName, replacesId, , title, body, actions, hints, timeoutMs] = notifyArguments.parse(args);
    const id = notifications.has(replacesId) ? replacesId : ++lastId;
    notifications.set(id, {
      id,
      appName,
      title,
      body,
      actions: pairs(actions),
      hints,
      timeoutMs,
      open: true,
    });
    for (const listener of listeners) listener();
    return id;
  };
  const openOne = (id: number): ReceivedNotification => {
    const notification = notifications.get(id);
    if (notification?.open !== true) throw new Error(`Notification ${id} is not open.`);
    return notification;
  };
  const end = (notification: ReceivedNotification, reason: number): void => {
    const { id } = notification;
    notifications.set(id, { ...notification, open: false });
    bus.emit(servicePath, service, 'NotificationClosed', { signature: 'uu', body: [id, reason] });
  };

  bus.serve({
    path: servicePath,
    interface: service,
    methods: {
      GetCapabilities: () => ({ signature: 'as', body: [[...capabilities]] }),
      GetServerInformation: () => ({ signature: 'ssss', body: ['test-desktop', 'evorxa', '1.0', '1.2'] }),
      Notify: ({ args }) => ({ signature: 'u', body: [take(args)] }),
      CloseNotification: ({ args }) => {
        end(openOne(z.number().parse(args[0])), closeReason.closedByApp);
        return undefined;
      },
    },
  });
  try {
    await bus.ownName(service);
  } catch (error) {
    bus.close();
    throw error;
  }

  return {
    received: () => [...notifications.values()],
    waitFor: (accept, timeoutMs = 10_000) =>
      waitForFound({
        what: 'a notification',
        read: () => [...notifications.values()].find(accept),
        subscribe: (changed) => {
          listeners.add(changed);
          return () => listeners.delete(changed);
        },
        timeoutMs,
      }),
    click: (id, actionKey = 'default') => {
      const notification = openOne(id);
      if (!(actionKey in notification.actions)) {
        throw new Error(`"${notification.title}" has no action "${actionKey}".`);
      }
      bus.emit(servicePath, service, 'ActionInvoked', { signature: 'us', body: [id, actionKey] });
      end(notification, closeReason.dismissedByUser);
    },
    refuse: (on) => {
      refuses = on;
    },
    dismiss: (id) => end(openOne(id), closeReason.dismissedByUser),
    close: () => bus.close(),
  };
}

/** Actions come as a flat list: key, label, key, label. */
function pairs(flat: readonly string[]): Readonly<Record<string, string>> {
  const keys = flat.filter((_entry, index) => index % 2 === 0);
  return Object.fromEntries(keys.map((key, index) => [key, flat[index * 2 + 1] ?? '']));
}

import { Notification } from 'electron';
import { BusNotifications } from './bus-notifications.ts';

/** A button of a notification. */
export interface NotificationButton {
  readonly id: string;
  readonly label: string;
}

/** A notification, and who hears what becomes of it; one of the last four is its end. */
export interface NotificationRequest {
  readonly title: string;
  /** As the system reads it: where it reads markup, with nothing in it that is any. */
  readonly body: string;
  readonly iconPath: string | null;
  readonly buttons: readonly NotificationButton[];
  readonly onShown: () => void;
  readonly onClick: () => void;
  readonly onButton: (id: string) => void;
  readonly onClosed: () => void;
  /** The message is often empty. */
  readonly onFailed: (message: string) => void;
}

/** A notification that stands. */
export interface StandingNotification {
  close(): void;
}

/** What sends notifications on this system. */
export interface NotificationSystem {
  /** Whether they can be sent at all; what shows them may still be missing. */
  isAvailable(): boolean;
  show(request: NotificationRequest): StandingNotification;
  /** The app quits, and has closed what stood. */
  stop(): void;
  /** Resolves once it is closed on the screen as well; null where there is nothing to wait for. */
  ended(): Promise<void> | null;
}

/**
 * Opens what sends notifications: on Linux the desktop's own service, over the session bus, since Electron 33 gives them no
 * buttons there; elsewhere Electron. `hasActions`: whether buttons are shown now.
 */
export function openNotificationSystem(hasActions: () => boolean): NotificationSystem {
  return process.platform === 'linux' ? new BusNotifications(hasActions) : electronNotifications;
}

const electronNotifications: NotificationSystem = {
  isAvailable: () => Notification.isSupported(),
  show: ({ title, body, iconPath, buttons, ...on }) => {
    const notification = new Notification({
      title,
      body,
      actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
      ...(iconPath === null ? {} : { icon: iconPath }),
    });
    notification.on('show', () => on.onShown());
    notification.on('click', () => on.onClick());
    // Before Electron 40 the index came by itself.
    notification.on('action', (details: { readonly actionIndex?: number }, index: number) => {
      const button = buttons[details.actionIndex ?? index];
      if (button !== undefined) on.onButton(button.id);
    });
    notification.on('close', () => on.onClosed());
    notification.on('failed', (_event, message) => on.onFailed(message));
    notification.show();
    return { close: () => notification.close() };
  },
  stop: () => undefined,
  ended: () => null,
};

import { Notification } from 'electron';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { escapedBody } from './notification-daemon.ts';

/** A notification that is about the app itself. */
export interface OwnMessage {
  readonly subject: string;
  readonly title: string;
  readonly body: string;
  readonly onClick: () => void;
}

export interface NotifierOptions {
  /** A click on a notification. */
  readonly onClick: (notice: Notice) => void;
  readonly iconPath: string | null;
  /** Whether the body of a notification is read as markup now. */
  readonly readsMarkup: () => boolean;
  /** The system shows one. */
  readonly onShown: () => void;
  /** The system did not show one; its message is often empty. Null: it was about the app itself. */
  readonly onFailed: (message: string, notice: Notice | null) => void;
}

/** How many may stand at once; the oldest goes when one more comes. */
const maxStanding = 12;

/** Shows notices as native notifications; about one instance or address the newer replaces the older. */
export class Notifier {
  readonly #options: NotifierOptions;
  /** Held until closed: a notification that is collected as garbage loses its click. */
  readonly #standing = new Map<string, Notification>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Whether notifications can be sent. On Linux it says no more than that libnotify was found. */
  isAvailable(): boolean {
    return Notification.isSupported();
  }

  /** Shows a notice; does nothing where notifications are not available. */
  show(notice: Notice): void {
    const { instanceId, shieldIpId, kind, title, body } = notice;
    const onClick = (): void => this.#options.onClick(notice);
    this.#present({ subject: shieldIpId ?? instanceId ?? kind, title, body, onClick }, notice);
  }

  /** Says something of the app itself; does nothing where notifications are not available. */
  say(message: OwnMessage): void {
    this.#present(message, null);
  }

  #present({ subject, title, body, onClick }: OwnMessage, notice: Notice | null): void {
    if (!this.isAvailable()) return;
    this.#standing.get(subject)?.close();
    const notification = new Notification({
      title,
      body: this.#options.readsMarkup() ? escapedBody(body) : body,
      ...(this.#options.iconPath === null ? {} : { icon: this.#options.iconPath }),
    });
    const release = (): void => {
      if (this.#standing.get(subject) === notification) this.#standing.delete(subject);
    };
    notification.on('click', () => {
      release();
      onClick();
    });
    notification.on('close', release);
    notification.on('failed', (_event, message) => {
      release();
      this.#options.onFailed(message, notice);
    });
    notification.on('show', () => this.#options.onShown());
    // Again, so that it stands last: the oldest goes first.
    this.#standing.delete(subject);
    this.#standing.set(subject, notification);
    this.#dropOldest();
    notification.show();
  }

  /** Takes all of them away. */
  closeAll(): void {
    for (const notification of this.#standing.values()) notification.close();
    this.#standing.clear();
  }

  #dropOldest(): void {
    for (const [subject, notification] of this.#standing) {
      if (this.#standing.size <= maxStanding) return;
      this.#standing.delete(subject);
      notification.close();
    }
  }
}

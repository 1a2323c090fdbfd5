import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { escapedBody } from './notification-daemon.ts';
import type { NotificationButton, NotificationSystem, StandingNotification } from './notification-system.ts';

/** A notification that is about the app itself. */
export interface OwnMessage {
  readonly subject: string;
  readonly title: string;
  readonly body: string;
  readonly onClick: () => void;
}

export interface NotifierOptions {
  readonly system: NotificationSystem;
  /** A click on a notification, or on its button to open. */
  readonly onClick: (notice: Notice) => void;
  /** Its button for a shell. */
  readonly onShell: (instanceId: InstanceId) => void;
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

const open: NotificationButton = { id: 'open', label: 'Open' };
const shell: NotificationButton = { id: 'ssh', label: 'SSH' };

/** An instance that these are about has no SSH server that answers. */
const withoutShell: ReadonlySet<Notice['kind']> = new Set(['stopped', 'suspended', 'failed', 'gone']);

/** Shows notices as native notifications; about one instance or address the newer replaces the older. */
export class Notifier {
  readonly #options: NotifierOptions;
  /** Held until closed: a notification that is collected as garbage loses its click. */
  readonly #standing = new Map<string, StandingNotification>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Whether notifications can be sent; what shows them is another question. */
  isAvailable(): boolean {
    return this.#options.system.isAvailable();
  }

  /** Shows a notice; does nothing where notifications are not available. */
  show(notice: Notice): void {
    const { instanceId, shieldIpId, kind, title, body } = notice;
    const onClick = (): void => this.#options.onClick(notice);
    const hasShell = instanceId !== null && !withoutShell.has(kind);
    const message = { subject: shieldIpId ?? instanceId ?? kind, title, body, onClick };
    this.#present(message, notice, hasShell ? [open, shell] : [open]);
  }

  /** Says something of the app itself; does nothing where notifications are not available. */
  say(message: OwnMessage): void {
    this.#present(message, null, [open]);
  }

  #present(
    { subject, title, body, onClick }: OwnMessage,
    notice: Notice | null,
    buttons: readonly NotificationButton[],
  ): void {
    if (!this.isAvailable()) return;
    const { system, readsMarkup, iconPath, onShown, onShell, onFailed } = this.#options;
    this.#standing.get(subject)?.close();
    // Again, so that it stands last: the oldest goes first.
    this.#standing.delete(subject);
    // Null until it stands.
    let notification: StandingNotification | null = null;
    const end = { isTold: false };
    const release = (): void => {
      end.isTold = true;
      if (this.#standing.get(subject) === notification) this.#standing.delete(subject);
    };
    notification = system.show({
      title,
      body: readsMarkup() ? escapedBody(body) : body,
      iconPath,
      buttons,
      onShown,
      onClick: () => {
        release();
        onClick();
      },
      onButton: (id) => {
        release();
        if (id === shell.id && notice !== null && notice.instanceId !== null) onShell(notice.instanceId);
        else onClick();
      },
      onClosed: release,
      onFailed: (message) => {
        release();
        onFailed(message, notice);
      },
    });
    if (!end.isTold) this.#standing.set(subject, notification);
    this.#dropOldest();
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

import { service, servicePath } from './notification-daemon.ts';
import type { NotificationRequest, NotificationSystem, StandingNotification } from './notification-system.ts';
import { openSessionBus, type MessageBus } from './message-bus.ts';

/** The name of the app's desktop entry, by which a desktop finds its icon and what the user set for it. */
const desktopEntry = 'evorxa-desktop';

/** Urgency "normal", as the specification numbers it. */
const normalUrgency = 1;

const method = (member: string) =>
  ({ destination: service, path: servicePath, method: [service, member] }) as const;

/** The body of the error that dbus-next makes of a refusal, or of whatever else was thrown. */
const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** One that was sent, until its end is told. */
interface Sent {
  readonly request: NotificationRequest;
  /** Its number, once the service has answered. */
  id: number | null;
  isClosed: boolean;
}

/** It may be closed while its answer is waited for. */
const isClosed = (sent: Sent): boolean => sent.isClosed;

/**
 * Sends notifications to the desktop's service over the session bus.
 * https://specifications.freedesktop.org/notification-spec/1.2/
 */
export class BusNotifications implements NotificationSystem {
  readonly #hasActions: () => boolean;
  readonly #standing = new Map<number, Sent>();
  /** Signals of numbers that no answer has named yet: a service may tell of an end before its answer was read. */
  #early: (readonly [string, readonly unknown[]])[] = [];
  #unanswered = 0;
  readonly #closing = new Set<Promise<void>>();
  #bus: Promise<MessageBus> | null = null;
  /** One after the other, so that they stand in the order in which they came. */
  #last: Promise<void> = Promise.resolve();
  #ending: Promise<void> | null = null;

  constructor(hasActions: () => boolean) {
    this.#hasActions = hasActions;
  }

  isAvailable(): boolean {
    return true;
  }

  show(request: NotificationRequest): StandingNotification {
    const sent: Sent = { request, id: null, isClosed: false };
    this.#last = this.#last.then(() => this.#send(sent));
    return {
      close: () => {
        if (sent.isClosed) return;
        sent.isClosed = true;
        if (sent.id !== null) this.#close(sent.id);
      },
    };
  }

  stop(): void {
    this.#ending = this.#end().finally(() => (this.#ending = null));
  }

  ended(): Promise<void> | null {
    return this.#ending;
  }

  /**
   * A bus drops what it has not read when the connection ends: what is being closed is waited for, and before that the
   * number of one that was sent, by which it is closed. Never rejects.
   */
  async #end(): Promise<void> {
    await this.#last;
    await Promise.all(this.#closing);
    const bus = this.#bus;
    this.#bus = null;
    await bus?.then(
      (open) => open.close(),
      () => undefined,
    );
  }

  /** Never rejects. */
  async #send(sent: Sent): Promise<void> {
    if (sent.isClosed) return;
    const { request } = sent;
    this.#unanswered += 1;
    try {
      const bus = await this.#open();
      const id = await bus.call(method('Notify'), {
        signature: 'susssasa{sv}i',
        body: [
          'Evorxa',
          0,
          request.iconPath ?? '',
          request.title,
          request.body,
          this.#hasActions()
            ? ['default', 'Open', ...request.buttons.flatMap((button) => [button.id, button.label])]
            : [],
          {
            'desktop-entry': bus.variant('s', desktopEntry),
            urgency: bus.variant('y', normalUrgency),
          },
          -1,
        ],
      });
      if (typeof id !== 'number') throw new Error('The notification service gave no number.');
      sent.id = id;
      this.#standing.set(id, sent);
      request.onShown();
      if (isClosed(sent)) this.#close(id);
    } catch (cause) {
      sent.isClosed = true;
      request.onFailed(messageOf(cause));
    } finally {
      this.#unanswered -= 1;
      for (const [member, body] of this.#early.splice(0)) this.#heard(member, body);
    }
  }

  /** It may be gone already: then there is nothing to close. */
  #close(id: number): void {
    const closing = this.#open()
      .then((bus) => bus.call(method('CloseNotification'), { signature: 'u', body: [id] }))
      .then(
        () => undefined,
        () => this.#heard('NotificationClosed', [id]),
      )
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #heard(member: string, body: readonly unknown[]): void {
    const [id, key] = body;
    const sent = typeof id === 'number' ? this.#standing.get(id) : undefined;
    if (sent === undefined || typeof id !== 'number') {
      // Those of other programs too; they are dropped with the next answer.
      if (this.#unanswered > 0) this.#early.push([member, body]);
      return;
    }
    if (member === 'ActionInvoked') {
      if (key === 'default') sent.request.onClick();
      else if (typeof key === 'string') sent.request.onButton(key);
    } else {
      this.#standing.delete(id);
      sent.isClosed = true;
      sent.request.onClosed();
    }
  }

  #open(): Promise<MessageBus> {
    this.#bus ??= this.#connect();
    return this.#bus;
  }

  async #connect(): Promise<MessageBus> {
    try {
      const bus = await openSessionBus(() => this.#lost());
      if (bus === null) throw new Error('This session has no bus.');
      const members = ['ActionInvoked', 'NotificationClosed'];
      await bus.onSignal(
        { sender: service, path: servicePath, interface: service, members },
        (member, body) => this.#heard(member, body),
      );
      return bus;
    } catch (cause) {
      this.#bus = null;
      throw cause;
    }
  }

  /** What stands is heard of no more. */
  #lost(): void {
    this.#bus = null;
    const standing = [...this.#standing.values()];
    this.#standing.clear();
    for (const sent of standing) {
      sent.isClosed = true;
      sent.request.onClosed();
    }
  }
}

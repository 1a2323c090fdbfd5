import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import { Session } from '../../../main/terminal/process/session.ts';
import { FakeConnection } from './fake-connection.ts';
import { FakeClock } from './fake-clock.ts';
import type { SessionPort } from '../../../main/terminal/process/port.ts';
import type { EndedState, SessionTarget } from '../../../main/terminal/protocol.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import type { PortFromSession, PortToSession, SessionPhase } from '../../../preload/contract/terminal.ts';

export const target: SessionTarget = {
  sessionId: 's1' as SessionId,
  accountId: 'ada' as AccountId,
  instanceId: 'web' as InstanceId,
  host: 'web.example',
  port: 2222,
  user: 'jane',
  auth: { method: 'password' },
  preferredKey: null,
};

/** A view's end of a session. */
export class FakeView implements SessionPort {
  readonly got: PortFromSession[] = [];
  isClosed = false;
  say: (message: PortToSession) => void = () => undefined;
  leave: () => void = () => undefined;
  readonly send = (message: PortFromSession): void => void this.got.push(message);
  readonly onMessage = (listener: (message: PortToSession) => void): void => void (this.say = listener);
  readonly onClose = (listener: () => void): void => void (this.leave = listener);
  readonly close = (): void => void (this.isClosed = true);

  /** The output that came since it was attached. */
  get output(): string {
    return this.got
      .map((message) => (message.type === 'output' ? Buffer.from(message.bytes).toString() : ''))
      .join('');
  }
  get outputBytes(): number {
    return this.got.reduce((sum, message) => sum + (message.type === 'output' ? message.bytes.length : 0), 0);
  }
  /** What brought its terminal to the session's state. */
  get restored(): string {
    return this.got
      .map((message) => (message.type === 'restore' ? Buffer.from(message.bytes).toString() : ''))
      .join('');
  }
  get states(): SessionPhase[] {
    return this.got.flatMap((message) => (message.type === 'state' ? [message.state] : []));
  }
}

/**
 * A session whose connections are `FakeConnection`s: a test that uses it has to put them in place of
 * `connection.ts` (`vi.mock`).
 */
export class SessionRig {
  readonly clock = new FakeClock();
  isTyping = false;
  /** How often somebody has typed. */
  typed = 0;
  /** The phases that main heard of, with the time at which each began. */
  readonly told: (readonly [string, number])[] = [];
  readonly session: Session;

  constructor(endedState: EndedState | null = null) {
    FakeConnection.made = [];
    const nothing = (): void => undefined;
    const notAsked = (): Promise<never> => Promise.reject(new Error('Not asked here'));
    this.session = new Session(
      target,
      {
        clock: this.clock,
        limits: defaultLimits,
        knownHosts: { read: notAsked, add: notAsked, forget: notAsked },
        surroundings: { env: {}, platform: 'linux', home: '/nowhere' },
        scrollbackLines: 100,
        isTyping: () => this.isTyping,
        onTyped: () => (this.typed += 1),
        onState: (state, sinceMs) => this.told.push([state.phase, sinceMs]),
        expectsNewKey: () => false,
        newKeyTaken: nothing,
        savedSecret: notAsked,
        secretRefused: nothing,
        rememberSecret: nothing,
        keyWorked: nothing,
      },
      endedState,
    );
  }

  /** The last connection that was made. */
  get connection(): FakeConnection {
    const last = FakeConnection.made.at(-1);
    if (last === undefined) throw new Error('no connection');
    return last;
  }

  attach(): FakeView {
    const view = new FakeView();
    this.session.attach(view);
    return view;
  }

  /** Connects, and opens the shell. */
  open(): void {
    this.session.connect();
    this.connection.listener.opened();
    this.done();
  }

  /** The program writes. */
  output(text: string | Buffer): void {
    this.connection.listener.output(Buffer.from(text as string));
  }

  /** What was done with the connection since this was asked last. */
  done(): unknown[] {
    return this.connection.done.splice(0);
  }
}

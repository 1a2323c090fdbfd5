import type { SignInContext } from '../../../main/terminal/process/auth/sign-in.ts';
import { withoutConfig } from '../../../main/terminal/process/config/host-config.ts';
import type { Hop } from '../../../main/terminal/process/route.ts';
import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import { Session } from '../../../main/terminal/process/session.ts';
import { FakeConnection } from './fake-connection.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeView } from './fake-view.ts';
import type { EndedState, SessionTarget } from '../../../main/terminal/protocol.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import { setRouting } from '../../support/ssh-process.ts';

export const target: SessionTarget = {
  sessionId: 's1' as SessionId,
  kind: 'shell',
  accountId: 'ada' as AccountId,
  instanceId: 'web' as InstanceId,
  host: 'web.example',
  port: 2222,
  user: 'jane',
  auth: { method: 'password' },
  preferredKey: null,
  routing: setRouting,
};

/** The server of `target`, and what it signs in with. */
export const hop: Hop = {
  host: target.host,
  port: target.port,
  user: target.user,
  auth: target.auth,
  preferredKey: null,
  isJumpHost: false,
  knownAs: { host: target.host, port: target.port },
  config: withoutConfig(
    { env: {}, platform: 'linux', home: '/nowhere' },
    { ...target, otherwiseUser: 'jane' },
  ),
};

/** The sign-in of a connection at that server. */
export const signInOf = (connection: FakeConnection): SignInContext =>
  connection.parts.authentication(hop, { tried: new Set(), connections: 1, offersBorne: null });

/**
 * A session whose connections are `FakeConnection`s: a test that uses it has to put them in place of
 * `routed-connection.ts` (`vi.mock`).
 */
export class SessionRig {
  readonly clock = new FakeClock();
  isTyping = false;
  reconnects = false;
  /** How often somebody has typed. */
  typed = 0;
  /** How much output was told. */
  outputBytes = 0;
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
        knownHosts: {
          read: notAsked,
          readWith: notAsked,
          userPaths: [],
          systemPaths: [],
          add: notAsked,
          forget: notAsked,
        },
        surroundings: { env: {}, platform: 'linux', home: '/nowhere' },
        scrollbackLines: 100,
        reconnects: () => this.reconnects,
        random: () => 0.5,
        isTyping: () => this.isTyping,
        onTyped: () => (this.typed += 1),
        onOutput: (bytes) => (this.outputBytes += bytes),
        onState: (state, sinceMs) => this.told.push([state.phase, sinceMs]),
        expectsNewKey: () => false,
        newKeyTaken: nothing,
        printed: nothing,
        onRoute: nothing,
        savedSecret: notAsked,
        secretRefused: nothing,
        rememberSecret: nothing,
        secretWorked: nothing,
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

import type { Client } from 'ssh2';
import type { PortToForwards } from '../../../../preload/contract/port-forwards.ts';
import type { SshConnectionEnds } from '../../../ssh/index.ts';
import type { ForwardOrder, ForwardReport } from '../../forward-protocol.ts';
import type { EndedState, SessionTarget } from '../../protocol.ts';
import type { ConnectionUse, UseHooks } from '../connection-use.ts';
import * as endings from '../disconnect-reason.ts';
import type { Ending } from '../disconnect-reason.ts';
import { JumpHostUse } from '../jump-host-use.ts';
import type { HostAddress } from '../known-hosts.ts';
import { RoutedConnection } from '../routed-connection.ts';
import { sessionAuthentication } from '../session-authentication.ts';
import { SessionState } from '../session-state.ts';
import type { SessionParts } from '../session.ts';
import type { ForwardPort } from './forward-port.ts';
import { OpenForwards } from './open-forwards.ts';

/**
 * The connection that an instance's port forwards run on, once. Their ports are open while it is, and closed before
 * anybody hears that it has ended. Main makes another one where it is to come back.
 */
export class ForwardSession {
  readonly target: SessionTarget;
  readonly #parts: SessionParts;
  readonly #state: SessionState;
  readonly #report: (reports: readonly ForwardReport[]) => void;
  #orders: readonly ForwardOrder[] = [];
  #connection: RoutedConnection | null = null;
  #open: OpenForwards | null = null;
  #port: ForwardPort | null = null;

  /** `endedState` is that of a session that a former process had. */
  constructor(
    target: SessionTarget,
    parts: SessionParts,
    endedState: EndedState | null,
    report: (reports: readonly ForwardReport[]) => void,
  ) {
    this.target = target;
    this.#parts = parts;
    this.#report = report;
    this.#state = new SessionState(parts.clock, endedState ?? { phase: 'resolving' }, (state, sinceMs) => {
      this.#port?.send({ type: 'state', state, sinceMs });
      parts.onState(state, sinceMs);
    });
  }

  /** Connects, unless it does already. */
  connect(): void {
    if (this.#connection !== null) return;
    const { clock, limits, surroundings, knownHosts, expectsNewKey, newKeyTaken, onRoute } = this.#parts;
    const state = this.#state;
    const connection = new RoutedConnection(
      this.target,
      {
        clock,
        limits,
        surroundings,
        knownHosts,
        expectsNewKey,
        newKeyTaken,
        authentication: (hop, carried) =>
          sessionAuthentication(hop, this.#parts, carried, (question) => state.ask(question)),
      },
      {
        phase: (phase, jumpHost) => state.set(jumpHost === null ? { phase } : { phase, jumpHost }),
        askHostKey: (key, hop) => state.askHostKey(hop, key),
        routed: onRoute,
        keyChanged: (knownAs) => state.keyChanged(knownAs),
        use: (client, hooks) => this.#use(client, hooks),
        opened: () => state.set({ phase: 'open', latencyMs: null }),
        latency: () => undefined,
        doubt: () => undefined,
        // There is no terminal to write it to; questions quote it.
        said: () => undefined,
        ended: (ending) => this.#ended(ending),
      },
    );
    state.begin();
    this.#connection = connection;
    connection.start();
  }

  /** Gives its questions to a view. A former view is let go. */
  attach(port: ForwardPort): void {
    this.#port?.close();
    this.#port = port;
    port.onMessage((message) => this.#port === port && this.#receive(message));
    port.onClose(() => {
      if (this.#port === port) this.#port = null;
    });
    port.send({ type: 'state', state: this.#state.now, sinceMs: this.#state.sinceMs });
  }

  /** Which ports are to be open from now on. */
  take(orders: readonly ForwardOrder[]): void {
    this.#orders = orders;
    this.#open?.set(orders);
  }

  /** Ends it for good. */
  close(): void {
    this.#connection?.end(endings.closed());
    this.#port?.close();
    this.#port = null;
  }

  /** The machine woke: finds out whether the other side is still there. */
  probe(): void {
    this.#connection?.probe();
  }

  /** Both ends of its connection, as the server sees them; null where that is not known. */
  ends(): Promise<SshConnectionEnds | null> {
    return this.#connection?.ends() ?? Promise.resolve(null);
  }

  /** Known_hosts's name of the server whose changed key has stopped it; null: none has. */
  get changedKey(): HostAddress | null {
    return this.#state.changedKey;
  }

  hostKeyForgotten(): void {
    this.#state.hostKeyForgotten();
  }

  newKeyExpected(): void {
    this.#state.newKeyExpected();
  }

  #receive(message: PortToForwards): void {
    if (message.type === 'answer') this.#state.answered(message);
    else if (this.#state.now.phase !== 'open') this.#connection?.end(endings.cancelled());
  }

  /** Nothing runs on the server that would show whether it is alive: it is watched as a jump host is. */
  #use(client: Client, hooks: UseHooks): ConnectionUse {
    const { clock, limits } = this.#parts;
    return new JumpHostUse(client, clock, limits.keepalive, {
      ...hooks,
      opened: () => {
        hooks.opened();
        this.#open = new OpenForwards({ client, user: this.target.user, clock }, this.#report);
        this.#open.set(this.#orders);
      },
    });
  }

  #ended(ending: Ending): void {
    this.#open?.stop();
    this.#open = null;
    this.#connection = null;
    this.#state.end(ending);
  }
}

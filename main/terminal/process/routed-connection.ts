import type { Client, ClientChannel } from 'ssh2';
import type { Clock } from '../../clock/index.ts';
import { hostAndPort, type SshConnectionEnds } from '../../ssh/index.ts';
import type { SessionRoute, SessionTarget } from '../protocol.ts';
import type { Carried } from './auth/context.ts';
import type { Environment } from './auth/paths.ts';
import type { SignInContext } from './auth/sign-in.ts';
import { answeringAgent, sshAgentSockets } from './auth/ssh-agents.ts';
import { Connection } from './connection.ts';
import type {
  ConnectingPhase,
  ConnectionLimits,
  ConnectionListener,
  ShellSurroundings,
  ShownHostKey,
} from './connection-parts.ts';
import type { ConnectionUse, UseHooks } from './connection-use.ts';
import * as endings from './disconnect-reason.ts';
import type { Ending } from './disconnect-reason.ts';
import { errorCode } from './errors.ts';
import type { HostAddress } from './known-hosts.ts';
import { JumpHostUse } from './jump-host-use.ts';
import { withOtherFiles, type KnownHosts } from './known-hosts-file.ts';
import type { ScriptRun } from './run-script.ts';
import { hopName, routeOf, shownRoute, type Hop, type Route } from './route.ts';

/** What a way to an instance needs of its session. */
export interface RoutedParts {
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  readonly surroundings: Environment;
  readonly knownHosts: KnownHosts;
  /** One new host key of the instance is expected at this moment. */
  readonly expectsNewKey: () => boolean;
  readonly newKeyTaken: () => void;
  /** What the sign-in at one server of the way has. */
  readonly authentication: (hop: Hop, carried: Carried) => SignInContext;
}

/** What a way tells its session: as a connection does, with the jump host that it is about. */
export interface RoutedListener extends Omit<
  ConnectionListener,
  'phase' | 'askHostKey' | 'use' | 'reconnect'
> {
  /** `jumpHost`: what it is about; null: the instance. */
  readonly phase: (phase: ConnectingPhase, jumpHost: string | null) => void;
  readonly askHostKey: (key: ShownHostKey, hop: Hop) => Promise<boolean>;
  /** What the instance's connection is for, once it is signed in. */
  readonly use: (client: Client, hooks: UseHooks, surroundings: ShellSurroundings) => ConnectionUse;
  readonly routed: (route: SessionRoute) => void;
  /** The changed key of a server stopped it, which known_hosts has under this name. */
  readonly keyChanged: (knownAs: HostAddress) => void;
}

/** One server of the way that is connected, or on its way to be. */
interface Leg {
  readonly hop: Hop;
  connection: Connection;
}

/**
 * The connection of a session, with those to the jump hosts before it: each is one of its own, with its own host key and
 * sign-in, over a channel of the one before. When one of them ends, all do.
 */
export class RoutedConnection {
  readonly #target: SessionTarget;
  readonly #parts: RoutedParts;
  readonly #listener: RoutedListener;
  readonly #legs: Leg[] = [];
  /** The clients of the jump hosts that are signed in. */
  readonly #clients: Client[] = [];
  /** Of the SSH agent that is forwarded; null: none is. */
  #agentSocket: string | null = null;
  #isOver = false;

  constructor(target: SessionTarget, parts: RoutedParts, listener: RoutedListener) {
    this.#target = target;
    this.#parts = parts;
    this.#listener = listener;
  }

  /** Begins; everything else comes by the listener. */
  start(): void {
    this.#listener.phase('resolving', null);
    void this.#begin();
  }

  /** Asks every server of the way for a sign of life now. */
  probe(): void {
    for (const { connection } of this.#legs) connection.probe();
  }

  /** Both ends of the last connection, as the instance sees them. */
  async ends(): Promise<SshConnectionEnds | null> {
    return (await this.#last?.ends()) ?? null;
  }

  /** Has the instance run a script beside what its connection is for; null where that is not open. */
  async runScript(script: string): Promise<ScriptRun | null> {
    return (await this.#last?.runScript(script)) ?? null;
  }

  /** Ends all of it, if it has not ended yet. */
  end(ending: Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { connection } of this.#legs.toReversed()) connection.end(ending);
    this.#listener.ended(ending);
  }

  /** The instance's; null until the jump hosts are signed in. */
  get #last(): Connection | null {
    const leg = this.#legs.at(-1);
    return leg === undefined || leg.hop.isJumpHost ? null : leg.connection;
  }

  async #begin(): Promise<void> {
    let route: Awaited<ReturnType<typeof routeOf>>;
    try {
      route = await routeOf(this.#target, this.#parts.surroundings);
    } catch (error) {
      this.end(endings.noRoute(`The way to the instance could not be settled (${errorCode(error)}).`));
      return;
    }
    if (this.#isOver) return;
    if ('sentence' in route) {
      this.end(endings.noRoute(route.sentence));
      return;
    }
    await this.#findAgent(route);
    if (this.#hasEnded()) return;
    this.#routed(route);
    const { notRun } = route.last.config;
    if (notRun.length > 0)
      this.#listener.said(
        `~/.ssh/config has ${notRun.join(' and ')} for this host. This app runs no commands: it was left out.`,
      );
    this.#connect(route, 0, undefined);
  }

  #hasEnded(): boolean {
    return this.#isOver;
  }

  /** Tells by which way it connects, and whether the agent is forwarded. */
  #routed(route: Route): void {
    this.#listener.routed({ ...shownRoute(route), forwardsAgent: this.#agentSocket !== null });
  }

  async #findAgent({ forwardAgent, last }: Route): Promise<void> {
    if (forwardAgent === 'no' || this.#target.kind !== 'shell') return;
    const { clock, surroundings } = this.#parts;
    const sockets = forwardAgent === 'yes' ? sshAgentSockets(surroundings, last.config) : [forwardAgent.path];
    this.#agentSocket = await answeringAgent(sockets, clock);
    if (this.#agentSocket === null)
      this.#listener.said('No SSH agent answers on this computer, so none is forwarded.');
  }

  #agentRefused(route: Route): void {
    this.#agentSocket = null;
    this.#listener.said('The server does not forward the SSH agent (AllowAgentForwarding).');
    this.#routed(route);
  }

  /** Connects to one server of the way; `channel` leads there by the one before. */
  #connect(route: Route, index: number, channel: ClientChannel | undefined, carried = newCarried()): void {
    carried.connections += 1;
    const hop = route.jumpHosts[index] ?? route.last;
    const { clock, limits, knownHosts, expectsNewKey, newKeyTaken, authentication } = this.#parts;
    const { opened, latency, doubt, said, phase, askHostKey } = this.#listener;
    const isLast = !hop.isJumpHost;
    const connection = new Connection(
      hop,
      {
        clock,
        limits,
        ...(channel && { channel }),
        knownHosts: withOtherFiles(knownHosts, hop.config.knownHostsFiles),
        expectsNewKey: () => isLast && expectsNewKey(),
        newKeyTaken,
        authentication: authentication(hop, carried),
        kind: isLast ? this.#target.kind : null,
        agentSocket: isLast ? this.#agentSocket : null,
      },
      {
        phase: (now) => phase(now, isLast ? null : hopName(hop)),
        askHostKey: (key) => askHostKey(key, hop),
        use: (client, hooks) =>
          isLast
            ? this.#listener.use(client, hooks, {
                env: hop.config.env,
                agentSocket: this.#agentSocket,
                agentRefused: () => this.#agentRefused(route),
              })
            : this.#wayOn(route, index, client, hooks),
        opened: isLast ? opened : () => undefined,
        latency,
        doubt,
        said,
        reconnect: () => this.#again(route, index, carried),
        ended: (ending) => this.#ended(index, ending),
      },
    );
    this.#legs[index] = { hop, connection };
    connection.start();
  }

  /** Signed in at a jump host: what is watched, and the next server is asked for once it is. */
  #wayOn(route: Route, index: number, client: Client, hooks: UseHooks): ConnectionUse {
    const { clock, limits } = this.#parts;
    return new JumpHostUse(client, clock, limits.keepalive, {
      ...hooks,
      opened: () => {
        hooks.opened();
        this.#through(route, index, client);
      },
    });
  }

  /** Asks a jump host for a connection to the next server. */
  #through(route: Route, index: number, client: Client, carried?: Carried): void {
    const by = route.jumpHosts[index];
    const next = route.jumpHosts[index + 1] ?? route.last;
    if (by === undefined) return;
    const { clock, limits } = this.#parts;
    this.#clients[index] = client;
    this.#listener.phase('connecting', next.isJumpHost ? hopName(next) : null);
    const end = (ending: Ending): void => this.#ended(index, ending);
    const cancel = clock.setTimeout(
      () => end(endings.connectTimeout(hostAndPort(next), limits.connectTimeoutMs)),
      limits.connectTimeoutMs,
    );
    try {
      client.forwardOut('127.0.0.1', 0, next.host, next.port, (error, channel) => {
        cancel();
        if (error) end(endings.jumpRefused(hostAndPort(next), error));
        else if (this.#isOver) channel.close();
        else this.#connect(route, index + 1, channel, carried);
      });
    } catch {
      cancel();
      end(endings.lostClosed(null));
    }
  }

  /** Connects to the same server again: the sign-in goes on there. */
  #again(route: Route, index: number, carried: Carried): void {
    const before = this.#clients[index - 1];
    if (this.#isOver) return;
    if (before === undefined) this.#connect(route, index, undefined, carried);
    else this.#through(route, index - 1, before, carried);
  }

  #ended(index: number, ending: Ending): void {
    if (this.#isOver) return;
    const hop = this.#legs[index]?.hop;
    if (index === 0 || ending.reason !== 'lost') {
      this.#tell(hop, ending);
      return;
    }
    // A jump host that took it along tells so a turn later, or is as silent.
    setImmediate(() => {
      const silent = this.#legs.slice(0, index).find(({ connection }) => connection.isSilent);
      this.#tell(silent?.hop ?? hop, ending);
    });
  }

  #tell(hop: Hop | undefined, ending: Ending): void {
    if (this.#isOver) return;
    if (hop !== undefined && ending.reason === 'host-key-changed') this.#listener.keyChanged(hop.knownAs);
    this.end(hop?.isJumpHost === true ? endings.atJumpHost(hopName(hop), ending) : ending);
  }
}

function newCarried(): Carried {
  return { tried: new Set(), connections: 0, offersBorne: null };
}

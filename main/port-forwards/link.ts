import type { SessionId } from '../../preload/contract/brands.ts';
import type {
  PortConnection,
  PortForwardId,
  PortForwardSettings,
  PortForwardState,
  PortTraffic,
} from '../../preload/contract/port-forwards.ts';
import type { SessionPhase } from '../../preload/contract/terminal.ts';
import type { WallClock } from '../clock/index.ts';
import { withoutEnter, type ForwardOrder, type ForwardReport } from '../terminal/index.ts';
import { comesBack, retryDelayMs } from './reconnect.ts';

/** A connection that was open for so long is no failure when it is lost. */
const steadyMs = 30_000;
export const noTraffic: PortTraffic = {
  bytesUp: 0,
  bytesDown: 0,
  openNow: 0,
  openedTotal: 0,
  problem: null,
};

/** What the port forwards of one instance run by. */
export interface LinkParts {
  readonly clock: WallClock;
  /** Makes a connection; null where the instance has no address. */
  readonly open: (orders: readonly ForwardOrder[]) => PortConnection | null;
  readonly order: (sessionId: SessionId, orders: readonly ForwardOrder[]) => void;
  readonly close: (sessionId: SessionId) => void;
  readonly changed: () => void;
}

/** A port forward that is switched on. */
interface Held {
  readonly settings: PortForwardSettings;
  readonly state: PortForwardState;
  readonly traffic: PortTraffic;
  /** What went through it on former connections. */
  readonly before: PortTraffic;
}

type Ended = Extract<SessionPhase, { readonly phase: 'ended' }>;

/**
 * The port forwards of one instance that are switched on, and the connection that they share. A connection that is lost is
 * made again, after a while that grows.
 */
export class Link {
  readonly #parts: LinkParts;
  readonly #held = new Map<PortForwardId, Held>();
  /** Why those that are off are no longer on. */
  readonly #problems = new Map<PortForwardId, string>();
  /** Where any port will do: the one that it had. */
  readonly #formerPorts = new Map<PortForwardId, number>();
  #connection: PortConnection | null = null;
  #openSinceMs: number | null = null;
  #wasAsked = false;
  #failures = 0;
  /** Why the last connection was the last; null: another one was made since, or none has ended. */
  #failure: string | null = null;
  #cancelRetry: (() => void) | null = null;

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  /** The connection, as it stands; also one that has ended by what somebody has to look at. Null while there is none. */
  get connection(): PortConnection | null {
    return this.#connection;
  }

  /** What is switched on. */
  get held(): ReadonlyMap<PortForwardId, Pick<Held, 'settings' | 'state'>> {
    return this.#held;
  }

  stateOf(id: PortForwardId): { readonly state: PortForwardState; readonly traffic: PortTraffic } {
    const held = this.#held.get(id);
    if (held !== undefined) return { state: held.state, traffic: sum(held.before, held.traffic) };
    return { state: { phase: 'off', problem: this.#problems.get(id) ?? null }, traffic: noTraffic };
  }

  /** Switches one on, or opens one anew whose settings have changed. */
  switchOn(id: PortForwardId, settings: PortForwardSettings): void {
    this.#problems.delete(id);
    this.#held.set(id, { settings, state: { phase: 'connecting' }, traffic: noTraffic, before: noTraffic });
    if (this.#cancelRetry !== null || this.#connection === null || this.#connection.state.phase === 'ended')
      this.#connect();
    else this.#parts.order(this.#connection.id, this.#orders());
    this.#parts.changed();
  }

  /** Switches one off; `problem`: why, where nobody asked for it. */
  switchOff(id: PortForwardId, problem: string | null = null): void {
    this.#formerPorts.delete(id);
    this.#drop(id, problem);
    this.#parts.changed();
  }

  /** Tries a lost connection again now. */
  retryNow(): void {
    if (this.#cancelRetry !== null) this.#connect();
  }

  connectionChanged(connection: PortConnection): void {
    if (connection.id !== this.#connection?.id) return;
    this.#connection = connection;
    const { state } = connection;
    if (state.phase === 'prompting') this.#wasAsked = true;
    else if (state.phase === 'open') {
      this.#wasAsked = false;
      this.#openSinceMs ??= this.#parts.clock.now();
    } else if (state.phase === 'ended') this.#ended(state);
    this.#parts.changed();
  }

  reported(sessionId: SessionId, reports: readonly ForwardReport[]): void {
    if (sessionId !== this.#connection?.id) return;
    for (const { id, state, traffic } of reports) {
      const held = this.#held.get(id);
      if (held === undefined) continue;
      if (state.phase === 'failed') {
        this.#drop(id, state.sentence);
        continue;
      }
      if (state.phase === 'on') this.#formerPorts.set(id, state.port);
      this.#held.set(id, { ...held, state: state.phase === 'on' ? state : { phase: 'connecting' }, traffic });
    }
    this.#parts.changed();
  }

  /** Closes all of it. */
  stop(): void {
    this.#held.clear();
    this.#disconnect();
  }

  #orders(): readonly ForwardOrder[] {
    return [...this.#held].map(([id, { settings }]) => {
      const { kind, bindAddress, port, destination } = settings;
      return { id, kind, bindAddress, port, destination, formerPort: this.#formerPorts.get(id) ?? null };
    });
  }

  #drop(id: PortForwardId, problem: string | null): void {
    this.#held.delete(id);
    if (problem === null) this.#problems.delete(id);
    else this.#problems.set(id, problem);
    if (this.#held.size === 0) this.#disconnect();
    else if (this.#connection !== null) this.#parts.order(this.#connection.id, this.#orders());
  }

  #disconnect(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const ended = this.#connection;
    this.#connection = null;
    this.#openSinceMs = null;
    this.#wasAsked = false;
    if (ended !== null) this.#parts.close(ended.id);
  }

  #connect(): void {
    this.#disconnect();
    // What ended the last one is past, also for those that were not switched on again.
    for (const [id, problem] of this.#problems) if (problem === this.#failure) this.#problems.delete(id);
    this.#failure = null;
    this.#connection = this.#parts.open(this.#orders());
    if (this.#connection === null)
      this.#fail('The instance has no address yet. Wait until it is provisioned.');
    else this.#setAll({ phase: 'connecting' });
    this.#parts.changed();
  }

  #ended({ reason, sentence }: Ended): void {
    const openForMs = this.#openSinceMs === null ? 0 : this.#parts.clock.now() - this.#openSinceMs;
    if (openForMs >= steadyMs) this.#failures = 0;
    const told = withoutEnter(sentence);
    if (this.#held.size > 0 && comesBack(reason, this.#wasAsked)) {
      this.#disconnect();
      this.#failures += 1;
      const delayMs = retryDelayMs(this.#failures);
      this.#cancelRetry = this.#parts.clock.setTimeout(() => this.#connect(), delayMs);
      this.#setAll({ phase: 'waiting', retryAtMs: this.#parts.clock.now() + delayMs, sentence: told });
      return;
    }
    this.#failures = 0;
    // What a changed host key has stopped can be looked at, and the key be forgotten.
    if (reason !== 'host-key-changed') this.#disconnect();
    this.#fail(told);
  }

  #fail(sentence: string): void {
    // Its host key was forgotten meanwhile: what there is to do is another thing.
    for (const [id, problem] of this.#problems)
      if (problem === this.#failure) this.#problems.set(id, sentence);
    for (const id of this.#held.keys()) this.#problems.set(id, sentence);
    this.#failure = sentence;
    this.#held.clear();
  }

  #setAll(state: PortForwardState): void {
    for (const [id, { settings, before, traffic }] of this.#held) {
      const kept = { ...sum(before, traffic), openNow: 0, problem: null };
      this.#held.set(id, { settings, state, traffic: noTraffic, before: kept });
    }
  }
}

function sum(one: PortTraffic, other: PortTraffic): PortTraffic {
  return {
    bytesUp: one.bytesUp + other.bytesUp,
    bytesDown: one.bytesDown + other.bytesDown,
    openNow: other.openNow,
    openedTotal: one.openedTotal + other.openedTotal,
    problem: other.problem,
  };
}

import type { SessionId } from '../../preload/contract/brands.ts';
import type { PortConnection } from '../../preload/contract/port-forwards.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';
import type { ClientSession, TerminalsParts } from './client-parts.ts';
import { crashed, logProblem, shownTarget } from './session-words.ts';

type ListParts = Pick<TerminalsParts<never>, 'nowMs' | 'onChanged' | 'onConnection'>;

/** All sessions as main knows them, and who hears that one has changed. */
export class ClientList {
  readonly #parts: ListParts;
  readonly #sessions = new Map<SessionId, ClientSession>();
  #processNumber = 1;

  constructor(parts: ListParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#sessions.size;
  }

  all(): readonly ClientSession[] {
    return [...this.#sessions.values()];
  }

  get(sessionId: SessionId): ClientSession | undefined {
    return this.#sessions.get(sessionId);
  }

  /** Takes a session as it is now; `change` also says so. */
  set(session: ClientSession): void {
    this.#sessions.set(session.target.sessionId, session);
  }

  change(session: ClientSession): void {
    this.set(session);
    this.#changed(session);
  }

  delete(session: ClientSession): void {
    this.#sessions.delete(session.target.sessionId);
    this.#changed(session);
  }

  #changed(session: ClientSession): void {
    if (session.target.kind !== 'ports') this.#parts.onChanged(this.shown());
    else if (this.#sessions.has(session.target.sessionId))
      this.#parts.onConnection(this.connectionOf(session));
  }

  /** The sessions of tabs. */
  shown(): readonly TerminalSession[] {
    return this.all().flatMap((session) => {
      const { kind } = session.target;
      if (kind === 'ports') return [];
      const { route, isRestored, log } = session;
      const forwardsAgent = route?.forwardsAgent ?? false;
      return [
        {
          ...this.connectionOf(session),
          kind,
          forwardsAgent,
          ...(isRestored && { isRestored }),
          ...(log !== undefined && { log }),
        },
      ];
    });
  }

  connectionOf({ target, title, route, state, sinceMs }: ClientSession): PortConnection {
    return {
      id: target.sessionId,
      instanceId: target.instanceId,
      title,
      target: route?.target ?? shownTarget(target),
      state,
      sinceMs,
      process: this.#processNumber,
    };
  }

  /** The process is gone, and all its sessions with it: what it would have connected again by itself waits for Enter too. */
  processLost(): void {
    this.#processNumber += 1;
    for (const session of this.all()) {
      const hasEnded = session.state.phase === 'ended' && session.state.nextAttempt === undefined;
      const { log } = session;
      this.set({
        ...session,
        ...(log?.problem === null && { log: { ...log, problem: logProblem('lost') } }),
        ...(!hasEnded && { state: crashed, sinceMs: this.#parts.nowMs() }),
      });
    }
    this.#parts.onChanged(this.shown());
    for (const session of this.all()) if (session.target.kind === 'ports') this.#changed(session);
  }
}

import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { ConsoleSession } from '../../preload/contract/console.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { ConsoleAccess } from './connect.ts';
import { ConsoleConnection, type ConsolePort, type SessionOptions } from './console-session.ts';

/** An instance whose console can be opened. */
export interface ConsoleTarget {
  readonly accountId: AccountId;
  /** The instance's name. */
  readonly title: string;
}

export interface ConsolesOptions extends Pick<SessionOptions, 'clock' | 'openSocket' | 'mask'> {
  readonly newSessionId: () => SessionId;
  /** An instance of the account that is shown; null where it has no such instance. */
  readonly find: (instanceId: InstanceId) => ConsoleTarget | null;
  /** Asks the API how to open a console. */
  readonly ask: (
    accountId: AccountId,
    instanceId: InstanceId,
    signal: AbortSignal,
  ) => Promise<Result<ConsoleAccess, ApiError>>;
  /** The certificates that consoles of an account may show. */
  readonly roots: (accountId: AccountId) => string[];
  /** The root password that the last reset gave out; null: there is none. */
  readonly password: (accountId: AccountId, instanceId: InstanceId) => string | null;
  readonly onChanged: (sessions: readonly ConsoleSession[]) => void;
}

/** The consoles that are open, each in a tab of the dock. */
export interface Consoles {
  sessions(): readonly ConsoleSession[];
  /** Opens a console; null when there is no such instance. It connects when a page looks at it. */
  open(instanceId: InstanceId): SessionId | null;
  /** The same for one that was there in the last run; null when the instance is gone. */
  restore(instanceId: InstanceId): SessionId | null;
  /** Whose a console is, and on what; null when there is no such console. */
  ownerOf(sessionId: SessionId): Pick<Entry, 'accountId' | 'instanceId' | 'title'> | null;
  /** Connects a console to a page's port; false when there is no such console. */
  attach(sessionId: SessionId, port: ConsolePort): boolean;
  close(sessionId: SessionId): void;
  /** Ends those of an account that signs out. */
  closeAccount(accountId: AccountId): void;
  /** A root password came or went. */
  passwordsChanged(): void;
  /** Ends all of them. */
  stop(): void;
}

interface Entry {
  readonly accountId: AccountId;
  readonly instanceId: InstanceId;
  readonly title: string;
  readonly connection: ConsoleConnection;
  /** It was there in the last run. */
  readonly isRestored: boolean;
}

/** Keeps the list of consoles. */
export function createConsoles(options: ConsolesOptions): Consoles {
  const { clock, openSocket, mask } = options;
  const entries = new Map<SessionId, Entry>();

  const sessions = (): readonly ConsoleSession[] =>
    [...entries].map(([id, { accountId, instanceId, title, connection, isRestored }]) => ({
      id,
      instanceId,
      title,
      state: connection.state,
      sinceMs: connection.sinceMs,
      hasPassword: options.password(accountId, instanceId) !== null,
      ...(isRestored && connection.state.phase === 'waiting' && { isRestored }),
    }));
  const changed = (): void => options.onChanged(sessions());
  const close = (sessionId: SessionId): void => {
    const entry = entries.get(sessionId);
    entries.delete(sessionId);
    entry?.connection.close();
  };

  const add = (instanceId: InstanceId, isRestored: boolean): SessionId | null => {
    const target = options.find(instanceId);
    if (target === null) return null;
    const { accountId, title } = target;
    const sessionId = options.newSessionId();
    const connection = new ConsoleConnection({
      ...{ clock, openSocket, mask },
      ask: (signal) => options.ask(accountId, instanceId, signal),
      roots: () => options.roots(accountId),
      password: () => options.password(accountId, instanceId),
      onChange: changed,
    });
    entries.set(sessionId, { accountId, instanceId, title, connection, isRestored });
    changed();
    return sessionId;
  };

  return {
    sessions,
    open: (instanceId) => add(instanceId, false),
    restore: (instanceId) => add(instanceId, true),
    ownerOf: (sessionId) => entries.get(sessionId) ?? null,
    attach: (sessionId, port) => {
      const entry = entries.get(sessionId);
      entry?.connection.attach(port);
      return entry !== undefined;
    },
    close: (sessionId) => {
      close(sessionId);
      changed();
    },
    closeAccount: (accountId) => {
      for (const [id, entry] of [...entries]) if (entry.accountId === accountId) close(id);
      changed();
    },
    passwordsChanged: changed,
    stop: () => {
      for (const id of [...entries.keys()]) close(id);
    },
  };
}

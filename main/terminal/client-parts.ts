import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { PortConnection } from '../../preload/contract/port-forwards.ts';
import type { Result } from '../../preload/contract/result.ts';
import type {
  LogFormat,
  SessionKind,
  SessionLogState,
  SessionPhase,
  SshSettings,
  TerminalSession,
} from '../../preload/contract/terminal.ts';
import type { SshConnectionEnds } from '../ssh/index.ts';
import type { ForwardOrder, ForwardReport } from './forward-protocol.ts';
import type {
  FileNews,
  FileOrder,
  FromSshProcess,
  Routing,
  SecretKind,
  SessionRoute,
  SessionTarget,
  ToSshProcess,
} from './protocol.ts';
import type { SshRequest } from './requests.ts';
import type { SshAnswer } from './ssh-requests.ts';
import type { SecretOwner } from './ssh-secrets.ts';

/** The part of Electron's `UtilityProcess` that is used here; `Port` is its `MessagePortMain`. */
export interface SshChild<Port> {
  postMessage(message: ToSshProcess, ports?: Port[]): void;
  on(event: 'message', listener: (message: FromSshProcess) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** A session as main knows it. */
export interface ClientSession {
  readonly target: SessionTarget;
  readonly title: string;
  /** Null until it connects. */
  readonly route: SessionRoute | null;
  readonly isRestored: boolean;
  readonly state: SessionPhase;
  readonly sinceMs: number;
  readonly log?: SessionLogState | undefined;
}

/** How an instance is reached, settled from its settings and its address. */
export interface SshTarget {
  /** The instance's name. */
  readonly title: string;
  readonly accountId: AccountId;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly auth: SshSettings['auth'];
  /** Fingerprint of the key that opened it last time. */
  readonly preferredKey: string | null;
  readonly routing: Routing;
}

export interface TerminalsParts<Port> {
  /** Starts the ssh process. */
  readonly fork: () => SshChild<Port>;
  readonly start: Omit<Extract<ToSshProcess, { readonly type: 'start' }>, 'type'>;
  readonly newSessionId: () => SessionId;
  readonly nowMs: () => number;
  /** Null: the instance is unknown or has no address yet. */
  readonly settingsFor: (instanceId: InstanceId) => SshTarget | null;
  /** A kept secret of the very target that a session was opened on, whatever its instance's settings say by now. */
  readonly secretFor: (owner: SecretOwner, kind: SecretKind) => Promise<string | null>;
  readonly rememberSecret: (owner: SecretOwner, kind: SecretKind, secret: string) => Promise<void>;
  readonly forgetSecret: (owner: SecretOwner, kind: SecretKind) => Promise<void>;
  /** Until when (epoch) its one new host key is expected, as it was reinstalled from here; null: none is. */
  readonly newKeyExpectedUntilMs: (
    target: Pick<SessionTarget, 'accountId' | 'host' | 'port'>,
  ) => number | null;
  readonly newKeyTaken: (target: SessionTarget) => void;
  /** Which key opened the instance; null: none did, a password was enough. */
  readonly rememberKey: (target: SessionTarget, fingerprint: string | null) => void;
  readonly onChanged: (sessions: readonly TerminalSession[]) => void;
  /** How the connection of port forwards stands now, and what is open on it. */
  readonly onConnection: (connection: PortConnection) => void;
  readonly onForwards: (sessionId: SessionId, reports: readonly ForwardReport[]) => void;
  /** What a session with files has to say. */
  readonly onFileNews: (news: FileNews, sessionId: SessionId) => void;
  /** A failure that no person waits for: the keychain could not keep a secret, the process crashed. */
  readonly report: (error: unknown) => void;
}

/** Main's side of the terminals. */
export interface Terminals<Port> {
  readonly sessions: () => readonly TerminalSession[];
  /** Opens a session, a shell unless another kind is named; null when there is nothing to connect to. */
  readonly open: (instanceId: InstanceId, kind?: SessionKind) => SessionId | null;
  /** The same for one that was there in the last run: it connects when it is asked to. Null: the instance is gone. */
  readonly restore: (instanceId: InstanceId, kind?: SessionKind) => SessionId | null;
  /** Whose a tab's session is, and on what; null when there is no such session. */
  readonly ownerOf: (sessionId: SessionId) => SessionOwner | null;
  /** Hands a view's port to a session; false when there is no such session. */
  readonly attach: (sessionId: SessionId, port: Port) => boolean;
  readonly close: (sessionId: SessionId) => void;
  /** Adds what a shell prints from now on to a file. Error: `refused` where it cannot be written. */
  readonly startLog: (sessionId: SessionId, path: string, format: LogFormat) => Promise<Result<undefined>>;
  /** Ends the log of a session; resolves once it is on the disk. */
  readonly stopLog: (sessionId: SessionId) => Promise<void>;
  /** Gives an order to a session with files; false where there is none of that id. */
  readonly orderFiles: (sessionId: SessionId, order: FileOrder) => boolean;
  /** Makes a connection for port forwards, which is no session of a tab; null when there is nothing to connect to. */
  readonly openForwards: (instanceId: InstanceId, orders: readonly ForwardOrder[]) => PortConnection | null;
  /** Which ports are to be open on it from now on. */
  readonly orderForwards: (sessionId: SessionId, orders: readonly ForwardOrder[]) => void;
  /** Forgets the host key that was trusted for an instance's address; rejects when it could not. */
  readonly forgetHostKey: (instanceId: InstanceId) => Promise<void>;
  /** Asks the ssh process something besides sessions; where it was not there it goes again. */
  readonly request: <R extends SshRequest>(request: R) => Promise<SshAnswer<R>>;
  /** Sessions of this instance's address are told that one new host key is expected there. */
  readonly expectNewKey: (instanceId: InstanceId) => void;
  /**
   * Both ends of a session that is open to an instance, as the instance sees them; null where it does not say. Undefined
   * where no session is open.
   */
  readonly endsAt: (
    of: Pick<SessionTarget, 'accountId' | 'instanceId'>,
  ) => Promise<SshConnectionEnds | null> | undefined;
  /** The account was signed out: for its sessions, which go on, no new host key is expected any longer. */
  readonly accountGone: (accountId: AccountId) => void;
  /** Views draw with other colours from now on: `start.theme`. */
  readonly themeChanged: () => void;
  /** It is set otherwise whether a session connects again by itself: `start.reconnects`. */
  readonly reconnectsChanged: () => void;
  /** The machine woke, or its network changed. */
  readonly probe: () => void;
  /** Ends the process and all its sessions, once what was logged of them is on the disk. */
  readonly stop: () => void;
  /** What `stop` waits for; null where nothing is left to write. */
  readonly writesDone: () => Promise<void> | null;
}

/** Whose a session is, and on what. */
export interface SessionOwner {
  readonly accountId: AccountId;
  readonly instanceId: InstanceId;
  readonly title: string;
  readonly kind: SessionKind;
}

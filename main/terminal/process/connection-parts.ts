import type { SessionPhase } from '../../../preload/contract/terminal.ts';
import type { ClientChannel } from 'ssh2';
import type { SignInContext } from './auth/sign-in.ts';
import type { Clock } from '../../clock/index.ts';
import type { ConnectionKind } from '../protocol.ts';
import type { MakeUse } from './connection-use.ts';
import type { Ending } from './disconnect-reason.ts';
import type { KeepaliveLimits } from './keepalive.ts';
import type { HostAddress } from './known-hosts.ts';
import type { KnownHosts } from './known-hosts-file.ts';

export type ConnectingPhase = Exclude<SessionPhase['phase'], 'prompting' | 'open' | 'ended'>;

export interface ConnectionLimits {
  readonly connectTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
  /** For each answer while signing in: the server may wait for the user too, who fetches a phone. */
  readonly signInTimeoutMs: number;
  /** For each answer while the shell is opened. */
  readonly answerTimeoutMs: number;
  /**
   * How long a connection is kept while a host key is asked about. OpenSSH 10 shuts an address out for a while that
   * lets its LoginGraceTime of 120 s pass.
   */
  readonly hostKeyQuestionMs: number;
  /** What a server may say before the key exchange is done. */
  readonly greetingBytes: number;
  readonly keepalive: KeepaliveLimits;
}

export const defaultLimits: ConnectionLimits = {
  connectTimeoutMs: 15_000,
  handshakeTimeoutMs: 20_000,
  // LoginGraceTime of sshd is 120 s: the server is to give up first, and says so.
  signInTimeoutMs: 150_000,
  answerTimeoutMs: 30_000,
  hostKeyQuestionMs: 90_000,
  greetingBytes: 32 * 1024,
  keepalive: {
    intervalMs: 15_000,
    maxUnanswered: 3,
    lastAnswerMs: 4_000,
    wakeTimeoutMs: 15_000,
    wakeNoticeMs: 500,
  },
};

/** A host key that the user is asked about. */
export interface ShownHostKey {
  readonly keyType: string;
  readonly fingerprint: string;
  /** It is new because the server was reinstalled from here; the fingerprint that was trusted before, if any. */
  readonly reinstalled: { readonly formerFingerprint: string | null } | null;
  /** Known_hosts has the same key for this host on port 22. */
  readonly isKnownOnPort22: boolean;
  /** Known_hosts trusts a certificate authority for this host, whose certificates are not checked. */
  readonly hasCertAuthority: boolean;
}

/** The server of one connection, and who signs in there. */
export interface ConnectionTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The name under which known_hosts has it. */
  readonly knownAs: HostAddress;
}

/** What a shell gets besides its terminal. */
export interface ShellSurroundings {
  /** Variables; the server may refuse any of them. */
  readonly env: Readonly<Record<string, string>>;
  /** The socket of the SSH agent that its programs may use; null: none is forwarded. */
  readonly agentSocket: string | null;
  /** The server forwards no agent; the shell is opened without. */
  readonly agentRefused: () => void;
}

/** What a connection tells its session. After `ended` it tells nothing more. */
export interface ConnectionListener {
  readonly phase: (phase: ConnectingPhase) => void;
  /** Shows the fingerprint of an unknown host, or of one that was reinstalled; true: trust it. */
  readonly askHostKey: (key: ShownHostKey) => Promise<boolean>;
  /** What the connection is for, once it is signed in. */
  readonly use: MakeUse;
  readonly opened: () => void;
  readonly latency: (latencyMs: number) => void;
  /** The answer to `probe` takes its time; a latency follows, or the end. */
  readonly doubt: () => void;
  /** What the server says before the session, in harmless lines. */
  readonly said: (lines: string) => void;
  /** The connection is over, and the sign-in goes on in another one. */
  readonly reconnect: () => void;
  readonly ended: (ending: Ending) => void;
}

export interface ConnectionParts {
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  /** By way of a jump host that is signed in; absent: over the network. */
  readonly channel?: ClientChannel;
  readonly knownHosts: Pick<KnownHosts, 'read' | 'add' | 'forget'>;
  /** One new host key is expected at this moment: the server was reinstalled from here within the last day. */
  readonly expectsNewKey: () => boolean;
  /** That key was accepted. */
  readonly newKeyTaken: () => void;
  readonly authentication: SignInContext;
  /** What is opened once it is signed in; null: nothing, it leads on from a jump host. */
  readonly kind: ConnectionKind | null;
  /** The socket of the SSH agent that may be forwarded; null: none is. */
  readonly agentSocket: string | null;
}

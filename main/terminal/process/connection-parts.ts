import type { SessionPhase } from '../../../preload/contract/terminal.ts';
import type { SignInContext } from './auth/sign-in.ts';
import type { WallClock } from '../../clock/index.ts';
import type { Ending } from './disconnect-reason.ts';
import type { KeepaliveLimits } from './keepalive.ts';
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
  keepalive: { intervalMs: 15_000, maxUnanswered: 3, wakeTimeoutMs: 15_000 },
};

/** A host key that the user is asked about. */
export interface ShownHostKey {
  readonly keyType: string;
  readonly fingerprint: string;
  /** It is new because the server was reinstalled from here; the fingerprint that was trusted before, if any. */
  readonly reinstalled: { readonly formerFingerprint: string | null } | null;
  /** Known_hosts has the same key for this host on port 22. */
  readonly isKnownOnPort22: boolean;
}

/** What a connection tells its session. After `ended` it tells nothing more. */
export interface ConnectionListener {
  readonly phase: (phase: ConnectingPhase) => void;
  /** Shows the fingerprint of an unknown host, or of one that was reinstalled; true: trust it. */
  readonly askHostKey: (key: ShownHostKey) => Promise<boolean>;
  readonly windowSize: () => { readonly columns: number; readonly rows: number };
  readonly opened: () => void;
  readonly latency: (latencyMs: number) => void;
  /** Only good until it returns: the buffer is used again. */
  readonly output: (chunk: Buffer) => void;
  /** What the server says before the session, in harmless lines. */
  readonly said: (lines: string) => void;
  /** The connection is over, and the sign-in goes on in another one. */
  readonly reconnect: () => void;
  readonly ended: (ending: Ending) => void;
}

export interface ConnectionParts {
  readonly clock: WallClock;
  readonly limits: ConnectionLimits;
  readonly knownHosts: KnownHosts;
  /** One new host key is expected at this moment: the server was reinstalled from here within the last day. */
  readonly expectsNewKey: () => boolean;
  /** That key was accepted. */
  readonly newKeyTaken: () => void;
  readonly authentication: SignInContext;
}

import type { SessionPhase } from '../../../preload/contract/terminal.ts';
import type { AuthenticationContext } from './auth/context.ts';
import type { WallClock } from '../../clock/index.ts';
import type { Ending } from './ending.ts';
import type { KeepaliveLimits } from './keepalive.ts';
import type { KnownHosts } from './known-hosts-file.ts';

export type ConnectingPhase = Exclude<SessionPhase['phase'], 'prompting' | 'open' | 'ended'>;

export interface ConnectionLimits {
  readonly connectTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
  /** For each answer while signing in and opening the shell. */
  readonly answerTimeoutMs: number;
  /** What a server may say before the key exchange is done. */
  readonly greetingBytes: number;
  readonly keepalive: KeepaliveLimits;
}

export const defaultLimits: ConnectionLimits = {
  connectTimeoutMs: 15_000,
  handshakeTimeoutMs: 20_000,
  answerTimeoutMs: 30_000,
  greetingBytes: 32 * 1024,
  keepalive: { intervalMs: 15_000, maxUnanswered: 3, wakeTimeoutMs: 15_000 },
};

/** A host key that a person is asked about. */
export interface ShownHostKey {
  readonly keyType: string;
  readonly fingerprint: string;
  /** It is new because the server was reinstalled from here; the fingerprint that was trusted before, if any. */
  readonly reinstalled: { readonly formerFingerprint: string | null } | null;
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
  readonly ended: (ending: Ending) => void;
}

export interface ConnectionParts {
  readonly clock: WallClock;
  readonly limits: ConnectionLimits;
  readonly knownHosts: KnownHosts;
  /** One new host key is expected: the server was reinstalled from here. */
  readonly expectsNewKey: () => boolean;
  /** That key was accepted. */
  readonly newKeyTaken: () => void;
  readonly authentication: Omit<AuthenticationContext, 'whileAsking' | 'ask'> &
    Pick<AuthenticationContext, 'ask'>;
}

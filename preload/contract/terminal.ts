import * as z from 'zod/mini';
import type { InstanceId, SessionId } from './brands.ts';
import { isHost } from './host.ts';
import { instanceId } from './watch.ts';
import { isJumpHosts, isUser } from './jump-address.ts';

/** How an instance is reached by SSH; remembered per instance. Never holds a secret. */
export const sshSettings = z.object({
  /** Null: the instance's main address. */
  host: z.nullable(z.string().check(z.refine(isHost))),
  /** Null: what ~/.ssh/config says, or `defaultSshPort`. */
  port: z.nullable(z.int().check(z.gte(1), z.lte(65_535))),
  /** Null: what ~/.ssh/config says, or `defaultSshUser`. */
  user: z.nullable(z.string().check(z.refine(isUser))),
  auth: z.discriminatedUnion('method', [
    /** Agent, then the usual key files that exist, then a password. */
    z.object({ method: z.literal('auto') }),
    z.object({ method: z.literal('agent') }),
    z.object({ method: z.literal('key-file'), path: z.string().check(z.minLength(1), z.maxLength(4096)) }),
    z.object({ method: z.literal('password') }),
  ]),
  /** Whether ~/.ssh/config is asked for what is not set here; absent: it is. */
  usesConfig: z.optional(z.boolean()),
  /** Through which other SSH servers; absent: what ~/.ssh/config says, or none. */
  jump: z.optional(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      /** `user@host:port`, several with commas in between, the first one to be reached first. */
      z.object({
        kind: z.literal('hosts'),
        hosts: z.string().check(z.maxLength(1000), z.refine(isJumpHosts)),
      }),
      /** Another instance of the account, as its own SSH settings say. */
      z.object({ kind: z.literal('instance'), instanceId }),
    ]),
  ),
  /** Whether programs on the instance may use this computer's SSH agent; absent: what ~/.ssh/config says, or not. */
  forwardsAgent: z.optional(z.boolean()),
});
/** How an instance is reached by SSH. No secret is among it. */
export type SshSettings = z.infer<typeof sshSettings>;

/** The SSH settings of an account's instances. */
export interface SshSettingsById {
  /** Those that somebody saved, by instance id. */
  readonly byId: Readonly<Record<string, SshSettings>>;
  /** Those of all others. */
  readonly otherwise: SshSettings;
  /** The key file that each typed path among them stands for, as this computer opens it; `~/` is its home folder. */
  readonly keyFiles: Readonly<Record<string, string>>;
}

/** The way that an instance's next session will go, by its SSH settings and ~/.ssh/config as it is now. */
export interface SshRoute {
  readonly user: string;
  /** As in `TerminalSession`; null: there is no way, and `problem` says why. */
  readonly target: string | null;
  readonly problem: string | null;
}

/** The call of ssh(1) for an instance. */
export interface SshCommandText {
  readonly text: string;
  /** In what it will differ from the app, as sentences. */
  readonly remarks: readonly string[];
}

/** The system's terminal was opened. */
export interface OpenedOutside {
  /** The terminal's name. */
  readonly name: string;
  readonly remarks: readonly string[];
}

/** What a session is for: a shell in a terminal, or the files of the instance over SFTP. */
export type SessionKind = 'shell' | 'files';

/** What a log holds: text without control sequences, or the output as it came. */
export type LogFormat = 'text' | 'raw';

/** The log of a session. */
export interface SessionLogState {
  /** The file that it is added to. */
  readonly path: string;
  readonly format: LogFormat;
  /** Why nothing is added any longer, as a sentence; null: what is printed is added. */
  readonly problem: string | null;
}

/** What a session does now. `phase` is shown with its seconds while it connects. */
export type SessionPhase =
  | {
      readonly phase:
        'resolving' | 'connecting' | 'key-exchange' | 'authenticating' | 'opening-shell' | 'opening-files';
      /** The jump host that it is about, `user@host`; absent: the instance itself. */
      readonly jumpHost?: string;
    }
  | { readonly phase: 'prompting'; readonly prompt: SessionPrompt }
  | {
      readonly phase: 'open';
      readonly latencyMs: number | null;
      /** The computer woke, or its network changed, and the server has not answered since. */
      readonly isChecking?: boolean;
    }
  /** Over; Enter connects again unless `retryable` is false (a changed host key). */
  | {
      readonly phase: 'ended';
      readonly reason: SessionEnd;
      /** What happened and what to do, in a sentence. */
      readonly sentence: string;
      readonly retryable: boolean;
      /** It connects again by itself. */
      readonly nextAttempt?: NextAttempt;
    };

/** An attempt to connect again that comes by itself. */
export interface NextAttempt {
  /** When (epoch). */
  readonly atMs: number;
  /** 1 for the first. */
  readonly number: number;
  /** The number of the last. */
  readonly limit: number;
}

/** Why a session is over. */
export type SessionEnd =
  /** It was there in the last run. */
  | 'not-connected'
  | 'exited'
  | 'closed'
  | 'cancelled'
  | 'unreachable'
  | 'refused'
  | 'timeout'
  | 'lost'
  | 'authentication-failed'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'host-key-rejected'
  | 'protocol-error';

/** What the server has just refused: what was typed, or the password that is kept. */
export type RefusedAnswer = 'typed' | 'saved';

/** A question that the session waits for. Answered over the session's port, never through main. */
export type SessionPrompt =
  | {
      readonly kind: 'host-key';
      readonly id: number;
      readonly host: string;
      readonly port: number;
      readonly keyType: string;
      /** `SHA256:…`, as OpenSSH prints it. */
      readonly fingerprint: string;
      /** It is new because the instance was reinstalled from here; the fingerprint that was trusted before, if any. */
      readonly reinstalled: { readonly formerFingerprint: string | null } | null;
      /** Known_hosts has the same key for this host on port 22. */
      readonly isKnownOnPort22: boolean;
      /** Known_hosts trusts a certificate authority for this host, whose certificates are not checked. */
      readonly hasCertAuthority: boolean;
      /** It is a jump host, not the instance. */
      readonly isJumpHost: boolean;
    }
  | {
      readonly kind: 'password';
      readonly id: number;
      readonly user: string;
      readonly host: string;
      /** What the server said before it asked, in lines: a banner, a notice. Empty where it said nothing. */
      readonly said: string;
      readonly refused?: RefusedAnswer | undefined;
    }
  | {
      readonly kind: 'passphrase';
      readonly id: number;
      readonly path: string;
      readonly wrongBefore: boolean;
      /** `user@host` of the jump host that it is for; absent: the instance. */
      readonly jumpHost?: string;
    }
  | {
      readonly kind: 'keyboard-interactive';
      readonly id: number;
      /**
       * The server's own words here and below, whole: they can be long and have several lines. Control and direction
       * characters are taken out. Each may be empty.
       */
      readonly title: string;
      readonly instructions: string;
      readonly fields: readonly { readonly label: string; readonly echo: boolean }[];
      /** What the server said before it asked. Empty where it said nothing. */
      readonly said: string;
      /** It is the account's password that is asked for, which can be kept: not a code that is valid once. */
      readonly canRemember: boolean;
      readonly refused?: RefusedAnswer | undefined;
      /** `user@host` of the jump host that asks; absent: the instance. */
      readonly jumpHost?: string;
    };

/** An SSH session as the dock's tabs show it. Lives in the ssh process; the tab of a view that is gone goes on. */
export interface TerminalSession {
  readonly id: SessionId;
  readonly kind: SessionKind;
  readonly instanceId: InstanceId;
  /** The instance's name when it was opened. */
  readonly title: string;
  /** `root@203.0.113.42`, with the port where it is not 22, and the jump hosts on the way. */
  readonly target: string;
  /** Programs on the instance may use this computer's SSH agent. */
  readonly forwardsAgent: boolean;
  readonly state: SessionPhase;
  /** When this phase began (epoch). */
  readonly sinceMs: number;
  /** Counts the processes that held the sessions: a port that was given to a former one leads nowhere. */
  readonly process: number;
  /** Absent: nothing of it is logged. */
  readonly log?: SessionLogState;
  /** It was there in the last run, and nobody has asked it to connect since. */
  readonly isRestored?: boolean;
}

/**
 * What goes over a session's MessagePort, renderer → ssh process.
 * `data` is what was typed or pasted, UTF-8; `ack` says how many bytes of output xterm has parsed since the
 * last one; where too much is unacknowledged, the view is shown states (`restore`) in place of more. `restored` says that the
 * last one is parsed. `reading`: somebody reads what went by (has scrolled up, selected, searches, or has it read out); then no
 * line is left out, and the ssh process pauses the channel instead.
 */
export type PortToSession =
  | { readonly type: 'data'; readonly text: string }
  | { readonly type: 'binary'; readonly latin1: string }
  | { readonly type: 'ack'; readonly bytes: number }
  | { readonly type: 'restored' }
  | { readonly type: 'reading'; readonly isReading: boolean }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | {
      readonly type: 'answer';
      readonly promptId: number;
      /** Null: cancelled. For a host key: `['yes']`. */
      readonly answers: readonly string[] | null;
      /** Keep the secret in the keychain for this instance. */
      readonly remember: boolean;
    }
  | { readonly type: 'reconnect' }
  | { readonly type: 'cancel' };

/**
 * Ssh process → renderer. After an attach `restore` comes first: what brings an empty terminal of that size to the
 * session's state (nothing of it is a question, and what a terminal says while it parses it goes nowhere); then
 * what is new. It comes again for a view that could not follow.
 */
export type PortFromSession =
  | {
      readonly type: 'restore';
      readonly columns: number;
      readonly rows: number;
      readonly bytes: Uint8Array;
      /** No line that the session keeps is left out. */
      readonly isWhole: boolean;
    }
  | { readonly type: 'output'; readonly bytes: Uint8Array }
  /** Much output came, and now none for a while: what drawing it left behind can be given back. */
  | { readonly type: 'rest' }
  | { readonly type: 'state'; readonly state: SessionPhase; readonly sinceMs: number };

import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { KnownHostList } from '../../preload/contract/known-hosts.ts';
import type { LogFormat, SessionEnd } from '../../preload/contract/terminal.ts';
import type { SshConnectionEnds } from '../ssh/index.ts';
import type { SessionTarget } from './protocol.ts';

/** Something that the ssh process is asked besides sessions, and answers once. */
export type SshRequest =
  | {
      readonly kind: 'list-known-hosts';
      /** The addresses under which instances may be filed. */
      readonly addresses: readonly {
        readonly instanceId: InstanceId;
        readonly host: string;
        readonly port: number;
      }[];
    }
  /** Adds what a session prints to a file. */
  | {
      readonly kind: 'start-log';
      readonly sessionId: SessionId;
      readonly path: string;
      readonly format: LogFormat;
    }
  | { readonly kind: 'stop-log'; readonly sessionId: SessionId }
  /** Ends all logs; answered once they are on the disk. */
  | { readonly kind: 'stop-logs' }
  | { readonly kind: 'forget-known-host'; readonly lineId: string }
  /** Takes back all keys that were trusted for a host in the app's own file. */
  | { readonly kind: 'forget-host-key'; readonly host: string; readonly port: number }
  /** How far does a connection get without anybody? */
  | {
      readonly kind: 'check-sign-in';
      readonly target: SessionTarget;
      /** The server was reinstalled from here. */
      readonly expectsNewKey: boolean;
      /** Of the key file, where the app holds it. */
      readonly passphrase: string | null;
    }
  /** Adds a key to the user's authorized_keys, or takes it out again. */
  | {
      readonly kind: 'change-key';
      readonly target: SessionTarget;
      readonly expectsNewKey: boolean;
      readonly change: KeyChange;
    }
  /** From where does the server of a session see it? */
  | { readonly kind: 'ends'; readonly sessionId: SessionId };

/** How far a connection got by keys alone, without anybody being asked. */
export interface SignInCheck {
  /** Null: no key was shown, or it was refused, and `end` says why. `expected`: the server was reinstalled from here. */
  readonly hostKey:
    | { readonly kind: 'trusted' }
    | { readonly kind: 'unknown' | 'expected'; readonly keyType: string; readonly fingerprint: string }
    | null;
  /** The ways to sign in that the server has, as SSH names them; null where it did not come to that. */
  readonly methods: readonly string[] | null;
  /** How many keys it was offered. */
  readonly keysOffered: number;
  /** What a person would have been asked next. */
  readonly asked:
    | { readonly kind: 'password' | 'keyboard-interactive' }
    | { readonly kind: 'passphrase'; readonly path: string }
    | null;
  /** It let the user in: by this key, or by none. */
  readonly opened: { readonly keyFingerprint: string | null } | null;
  /** How it ended otherwise. */
  readonly end: { readonly reason: SessionEnd; readonly sentence: string } | null;
}

/** What has to be known to leave a server as it was before a key was installed. */
export interface InstallUndo {
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  readonly hadFile: boolean;
  readonly hadFolder: boolean;
}

/** A change of the user's authorized_keys. */
export interface KeyChange {
  /** Its line: type, base64, comment. */
  readonly publicKey: string;
  /** Null: the key is added. Otherwise what adding it left. */
  readonly undo: InstallUndo | null;
  /** What the app holds for the sign-in, where it does. */
  readonly password: string | null;
  readonly passphrase: string | null;
  /** Of a host key that somebody has looked at and trusts. */
  readonly trustedFingerprint: string | null;
}

/** What a change of authorized_keys came to. */
export type KeyInstall =
  | { readonly kind: 'added'; readonly undo: InstallUndo }
  | { readonly kind: 'present' | 'removed' }
  | { readonly kind: 'failed'; readonly what: string; readonly detail: string }
  /** Nothing was sent: the host key is not known, or is not the one that was. */
  | {
      readonly kind: 'host-key';
      readonly keyType: string;
      readonly fingerprint: string;
      readonly isReinstalled: boolean;
    }
  /** The server asks for what nobody has given: a password, a passphrase, a code. */
  | { readonly kind: 'asks'; readonly what: string }
  | { readonly kind: 'no-sign-in'; readonly reason: SessionEnd; readonly sentence: string }
  /** There is no POSIX shell, as on Windows. */
  | { readonly kind: 'no-shell' }
  /** The connection ended while the script ran: it may have done its work. */
  | { readonly kind: 'lost' };

/** What each of them is answered with. */
export interface SshAnswers {
  readonly 'start-log': undefined;
  readonly 'stop-log': undefined;
  readonly 'stop-logs': undefined;
  readonly 'list-known-hosts': KnownHostList;
  readonly 'forget-known-host': undefined;
  readonly 'forget-host-key': undefined;
  readonly 'check-sign-in': SignInCheck;
  readonly 'change-key': KeyInstall;
  readonly ends: SshConnectionEnds | null;
}

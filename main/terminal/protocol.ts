import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { Locales } from '../../preload/contract/locales.ts';
import type { TerminalThemeId } from '../../preload/contract/settings.ts';
import type { SshSettings, SessionKind, SessionPhase } from '../../preload/contract/terminal.ts';
import type { FileProblem, RemotePath } from '../../preload/contract/remote-files.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { ForwardOrder, ForwardReport } from './forward-protocol.ts';
import type { FileVersion } from './process/files/copying.ts';
import type { SshAnswers, SshRequest } from './requests.ts';

/** A jump host that was chosen in the app. */
export interface JumpHost {
  readonly host: string;
  /** Null: what ~/.ssh/config says, or 22. */
  readonly port: number | null;
  /** Null: what ~/.ssh/config says, or `otherwiseUser`. */
  readonly user: string | null;
  /** Null: this computer's user, as with ssh(1). */
  readonly otherwiseUser: string | null;
  readonly auth: SshSettings['auth'];
  readonly usesConfig: boolean;
  /** What ~/.ssh/config says of jump hosts before this one holds, where it is the first. */
  readonly followsOwnJump: boolean;
}

/** By which way a session reaches its instance. */
export interface Routing {
  readonly usesConfig: boolean;
  /** The user has set them: ~/.ssh/config does not change them. */
  readonly isPortSet: boolean;
  readonly isUserSet: boolean;
  /** `unusable`: the way that was chosen leads nowhere, for the reason in the sentence. */
  readonly jump:
    | { readonly kind: 'config' }
    | { readonly kind: 'hosts'; readonly hosts: readonly JumpHost[] }
    | { readonly kind: 'unusable'; readonly sentence: string };
  /** Null: what ~/.ssh/config says, or not. */
  readonly forwardsAgent: boolean | null;
}

/** What ~/.ssh/config and the jump hosts come to, for the tab. */
export interface SessionRoute {
  /** `root@203.0.113.42`. */
  readonly target: string;
  readonly forwardsAgent: boolean;
}

/** To whom a secret is given: the instance, or a jump host on the way. */
export interface SecretPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly isJumpHost: boolean;
}

/** What is opened once a connection is signed in: a session's, or port forwards. */
export type ConnectionKind = SessionKind | 'ports';

/** Everything that the ssh process needs for one session; `host` is as ssh(1) would be given it. Holds no secret. */
export interface SessionTarget {
  readonly sessionId: SessionId;
  readonly kind: ConnectionKind;
  /** Whose instance it is: a session outlives a change of account. */
  readonly accountId: AccountId;
  readonly instanceId: InstanceId;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly auth: SshSettings['auth'];
  /** Fingerprint of the key that opened this instance last time: offered first. */
  readonly preferredKey: string | null;
  readonly routing: Routing;
}

export type EndedState = Extract<SessionPhase, { readonly phase: 'ended' }>;

/** What a kept secret opens: an account on the server, or a key file. */
export type SecretKind = 'password' | 'passphrase';

/** What main asks of a session with files. */
export type FileOrder =
  | { readonly type: 'upload'; readonly localPaths: readonly string[]; readonly folder: RemotePath }
  | { readonly type: 'download'; readonly paths: readonly RemotePath[]; readonly localFolder: string }
  /** Fetches a file into an empty folder of its own; `edit-opened` or `edit-failed` answers. */
  | {
      readonly type: 'edit';
      readonly editId: number;
      readonly path: RemotePath;
      readonly localFolder: string;
    }
  | SavedEdit;

/** A file that is edited here was saved: it is sent back. `edit-uploaded` or `edit-not-uploaded` answers. */
export interface SavedEdit {
  readonly type: 'edit-saved';
  readonly editId: number;
  /** Counts the saves; those of a file that come while one is sent are sent as one, with the number of the last. */
  readonly saveNumber: number;
  readonly localPath: string;
  readonly path: RemotePath;
  /** What is on the server, as far as it is known: where it is something else, the user is asked. */
  readonly version: FileVersion;
}

/** What main hears of a file that is edited here. */
export type EditNews =
  /** It is on this computer: open it, and watch it. `path` is where it really is, behind any links. */
  | {
      readonly type: 'edit-opened';
      readonly editId: number;
      readonly localPath: string;
      readonly path: RemotePath;
      readonly version: FileVersion;
    }
  | { readonly type: 'edit-failed'; readonly editId: number; readonly problem: FileProblem }
  /** A save is on the server whole, under its name; under another one where the user kept both. */
  | {
      readonly type: 'edit-uploaded';
      readonly editId: number;
      readonly saveNumber: number;
      readonly path: RemotePath;
      readonly version: FileVersion;
    }
  /** It is not, and nothing is under way; what the user tries again may still be. */
  | {
      readonly type: 'edit-not-uploaded';
      readonly editId: number;
      readonly saveNumber: number;
      readonly sentence: string;
    };

/** What main hears of a session with files. */
export type FileNews =
  | EditNews
  /** What was downloaded is on this computer, whole. */
  | { readonly type: 'downloaded'; readonly transferId: number; readonly localPath: string };

/** Main → ssh process. An `attach` brings the renderer's MessagePort with it. */
export type ToSshProcess =
  | {
      readonly type: 'start';
      /** Absolute path of the known_hosts file that the app writes; OpenSSH can read it. */
      readonly knownHostsPath: string;
      /** The user's and the system's files; read as well, never written. */
      readonly userKnownHostsPaths: readonly string[];
      readonly systemKnownHostsPaths: readonly string[];
      /** How many lines a terminal keeps above its screen. */
      readonly scrollbackLines: number;
      /** The colours that views draw with. */
      readonly theme: TerminalThemeId;
      /** A session that is lost connects again by itself. */
      readonly reconnects: boolean;
      /** As which system it writes dates. */
      readonly locales: Locales;
    }
  /** Views draw with other colours from now on. */
  | { readonly type: 'theme'; readonly theme: TerminalThemeId }
  /** Whether a session that is lost connects again by itself, from now on. */
  | { readonly type: 'reconnects'; readonly isWanted: boolean }
  /** `endedState` null: connects at once. Otherwise a session of a process that is gone, waiting for Enter. */
  | { readonly type: 'open'; readonly target: SessionTarget; readonly endedState: EndedState | null }
  | { readonly type: 'attach' | 'attach-files' | 'attach-forwards'; readonly sessionId: SessionId }
  /** To a session with files: its paths of this computer were chosen by the user. */
  | { readonly type: 'files'; readonly sessionId: SessionId; readonly order: FileOrder }
  /** To a connection of port forwards: which ports are to be open while it is. */
  | { readonly type: 'forwards'; readonly sessionId: SessionId; readonly orders: readonly ForwardOrder[] }
  | { readonly type: 'close'; readonly sessionId: SessionId }
  /** The instance was reinstalled from here: until then (epoch) one new host key of it may be asked about, once. */
  | {
      readonly type: 'expect-new-key';
      readonly accountId: AccountId;
      readonly host: string;
      readonly port: number;
      readonly untilMs: number;
    }
  /** The account was signed out: its sessions go on, and no new host key is expected for them. */
  | { readonly type: 'account-gone'; readonly accountId: AccountId }
  /** Answers `secret-wanted`; null where none is kept or the keychain is out of reach. */
  | { readonly type: 'secret'; readonly requestId: number; readonly secret: string | null }
  /** Something besides sessions, which is answered once. */
  | { readonly type: 'request'; readonly requestId: number; readonly request: SshRequest }
  /** The machine woke, or its network changed: every session finds out now whether its server is still there. */
  | { readonly type: 'probe' };

/** Ssh process → main. */
export type FromSshProcess =
  | { readonly type: 'ready' }
  | {
      readonly type: 'state';
      readonly sessionId: SessionId;
      readonly state: SessionPhase;
      readonly sinceMs: number;
    }
  /** Asked only when the server takes it, so that the keychain stays closed to those who sign in by key. */
  | {
      readonly type: 'secret-wanted';
      readonly requestId: number;
      readonly sessionId: SessionId;
      readonly kind: SecretKind;
      readonly place: SecretPlace;
    }
  /** The secret worked and the user asked to keep it: into the keychain, then dropped. */
  | {
      readonly type: 'remember-secret';
      readonly sessionId: SessionId;
      readonly kind: SecretKind;
      readonly place: SecretPlace;
      readonly secret: string;
    }
  /** The kept secret was refused: it is wrong now, forget it. */
  | {
      readonly type: 'secret-refused';
      readonly sessionId: SessionId;
      readonly kind: SecretKind;
      readonly place: SecretPlace;
    }
  /** By which way the session connects now. */
  | { readonly type: 'routed'; readonly sessionId: SessionId; readonly route: SessionRoute }
  /** The one new host key that was expected was shown, and accepted. */
  | { readonly type: 'new-key-taken'; readonly sessionId: SessionId }
  /** The log of a session could not be written on; the system's code. */
  | { readonly type: 'log-failed'; readonly sessionId: SessionId; readonly problem: string }
  /** Answers `request`. */
  | {
      readonly type: 'answer';
      readonly requestId: number;
      readonly answer: Result<SshAnswers[SshRequest['kind']]>;
    }
  | (FileNews & { readonly sessionId: SessionId })
  /** How the port forwards of a connection stand that is open. */
  | { readonly type: 'forwards'; readonly sessionId: SessionId; readonly reports: readonly ForwardReport[] }
  /** Signed in; the key that opened it, or null where it was none. */
  | {
      readonly type: 'authenticated';
      readonly sessionId: SessionId;
      readonly keyFingerprint: string | null;
    };
